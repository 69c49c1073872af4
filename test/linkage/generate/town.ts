import { nhsNumber } from '../../../fixtures/identifiers.ts';
import { type Random, randomFrom, rankedPick } from '../../../fixtures/random.ts';
import { oneEditApart } from '../../../src/linkage/word-likeness.ts';
import { BLANK, day, type Generated, type Row, slip } from './row.ts';
import { BOYS, FAMILIES, GIRLS, SHORT } from './town-names.ts';

export interface TownOptions {
  readonly seed: number;
  readonly records: number;
  /** Share of families with twins; every second pair of them has names that are alike. */
  readonly twins?: number;
  /** Share of people whose NHS number is known, and of records that carry it. */
  readonly identified?: number;
}

const SOURCES = ['HEALTH', 'EDUCATION', 'COUNCIL'] as const;
const ROADS =
  'Station High London Park Church Victoria Albert Windsor York Queens Kings Mill Manor Grange Springfield Highfield'.split(
    ' ',
  );
const KINDS = ['Road', 'Street', 'Lane', 'Avenue', 'Close'] as const;
const TOWNS = ['Dunholt', 'Stourhay', 'Tarnwick', 'Zedmere', 'Quarne', 'Coldharrow'] as const;
const DISTRICTS = ['QD', 'VK', 'XT', 'ZZ', 'QD', 'ZZ'] as const;

const girl = rankedPick(GIRLS, 30);
const boy = rankedPick(BOYS, 30);
/** Real surnames, and behind them the long tail that every town has. */
const family = rankedPick([
  ...FAMILIES,
  ...FAMILIES.flatMap((name) => ['son', 'ley', 'ton', 'wood', 'field'].map((end) => `${name}${end}`)),
]);

interface Person {
  readonly entity: string;
  readonly row: Row;
}

/**
 * A town as its agencies know it: families with children, twins among them whose names are alike, and records of health,
 * schools and council with the slips of their clerks. Names are real ones, so that one child's name is a letter from another's.
 */
export function town({ seed, records, twins = 0.03, identified = 0.6 }: TownOptions): readonly Generated[] {
  const random = randomFrom(seed, 0, 'town');
  const all: Generated[] = [];
  for (let home = 0; all.length < records; home += 1) {
    for (const person of householdOf(random, home, twins)) {
      const count = random.pick([1, 1, 2, 2, 3]);
      const known = random.chance(identified);
      for (let at = 0; at < count && all.length < records; at += 1)
        all.push({ row: recorded(person, at, random, known), entity: person.entity });
    }
  }
  return all;
}

function householdOf(random: Random, home: number, twins: number): Person[] {
  const at = random.between(0, TOWNS.length - 1);
  const place = {
    street_number: String(random.between(1, 190)),
    address_1: `${random.pick(ROADS)} ${random.pick(KINDS)}`,
    suburb: TOWNS[at] as string,
    postcode: `${DISTRICTS[at]}${random.between(1, 25)} ${random.between(0, 9)}${random.pick([...'ABDEFGHJLNPQRSTUWXYZ'])}${random.pick([...'ABDEFGHJLNPQRSTUWXYZ'])}`,
  };
  const surname = family(random);
  const phone = random.chance(0.6) ? `01134 960${String(random.between(0, 999)).padStart(3, '0')}` : '';
  const people: Person[] = [];
  const add = (born: string, sex: 'F' | 'M', given_name: string) => {
    if (people.some(({ row }) => row.given_name === given_name)) return;
    const number = nhsNumber(home * 12 + people.length + 1_000) ?? '';
    const names = { given_name, surname, date_of_birth: born, sex };
    const identifier = { identifier_type: 'NHS', identifier_value: number };
    people.push({
      entity: `h${home}-${people.length}`,
      row: { ...BLANK, ...place, phone, ...names, ...identifier },
    });
  };
  add(day(random, 1950, 1995), 'F', girl(random));
  if (random.chance(0.7)) add(day(random, 1950, 1995), 'M', boy(random));
  for (let child = random.pick([0, 0, 1, 2, 3]); child > 0; child -= 1) {
    const sex = random.pick(['F', 'M'] as const);
    add(day(random, 2003, 2024), sex, sex === 'F' ? girl(random) : boy(random));
  }
  if (random.chance(twins)) {
    const born = day(random, 2003, 2024);
    const sex = random.pick(['F', 'M'] as const);
    const first = sex === 'F' ? girl(random) : boy(random);
    add(born, sex, first);
    const alike = alikeOf(first, sex === 'F' ? GIRLS : BOYS);
    if (random.chance(0.5) && alike.length > 0) add(born, sex, random.pick(alike));
    else if (random.chance(0.6)) add(born, sex, sex === 'F' ? girl(random) : boy(random));
    else add(born, sex === 'F' ? 'M' : 'F', sex === 'F' ? boy(random) : girl(random));
  }
  return people;
}

/** Names a letter away, or of one beginning. */
function alikeOf(name: string, all: readonly string[]): readonly string[] {
  return all.filter(
    (other) =>
      other !== name &&
      SHORT[other] !== name &&
      SHORT[name] !== other &&
      (oneEditApart(name, other) || name.slice(0, 3) === other.slice(0, 3)),
  );
}

function recorded(person: Person, at: number, random: Random, known: boolean): Row {
  const row: Row = {
    ...person.row,
    record_id: `${person.entity}.${at}`,
    source: SOURCES[at % SOURCES.length] as string,
  };
  if (!known || random.chance(0.4)) row.identifier_value = '';
  if (random.chance(0.4)) row.phone = '';
  if (random.chance(0.03)) row.given_name = SHORT[row.given_name] ?? row.given_name;
  if (random.chance(0.03)) row.given_name = slip(row.given_name, random);
  if (random.chance(0.02)) row.given_name = row.given_name.charAt(0);
  if (random.chance(0.03)) row.surname = slip(row.surname, random);
  if (random.chance(0.02)) row.date_of_birth = slip(row.date_of_birth, random);
  if (random.chance(0.05)) row.address_1 = slip(row.address_1, random);
  if (random.chance(0.04)) Object.assign(row, { street_number: '', address_1: '' });
  if (random.chance(0.02)) Object.assign(row, elsewhere(random));
  if (random.chance(0.2)) row.sex = '';
  if (at === 2)
    Object.assign(row, { given_name: row.given_name.toUpperCase(), surname: row.surname.toUpperCase() });
  return row;
}

function elsewhere(random: Random): Partial<Row> {
  return {
    street_number: String(random.between(1, 190)),
    address_1: `${random.pick(ROADS)} ${random.pick(KINDS)}`,
    postcode: `ZZ${random.between(1, 25)} ${random.between(0, 9)}QQ`,
  };
}
