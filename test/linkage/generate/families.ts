import { nhsNumber } from '../../../fixtures/identifiers.ts';
import { type Random, randomFrom } from '../../../fixtures/random.ts';
import { BLANK, day, type Generated, type Row, slip } from './row.ts';
import { forename, street, surname, town } from './values.ts';

/** People of a place who live in households, and the records that agencies have of them. */
export interface FamilyOptions {
  readonly seed: number;
  readonly records: number;
  /** Twins, fathers and sons of one name, people of one name and date of birth: shares of households. */
  readonly twins: number;
  readonly generations: number;
  readonly namesakes: number;
  /** Share of records that carry the person's NHS number. */
  readonly identified: number;
}

const AGENCIES = ['police', 'housing', 'school', 'trust', 'practice'];
const GENERIC = ['4444444444', '1234567890', '9999999999'];

interface Person {
  readonly row: Row;
  readonly entity: string;
}

/** Records in no order of person. Every second person has one record only. */
export function* families(options: FamilyOptions): Generator<Generated> {
  const random = randomFrom(options.seed);
  const made = { records: 0, people: 0 };
  let before: Person | null = null;
  while (made.records < options.records) {
    const home = householdOf(random, options, made);
    if (before && random.chance(options.namesakes)) home.push(namesakeOf(before, home[0] as Person, made));
    for (const person of home) {
      const count = random.pick([1, 1, 1, 2, 2, 3, 4]);
      for (let record = 0; record < count && made.records < options.records; record += 1) {
        made.records += 1;
        yield { row: recorded(person, made.records, record, random, options), entity: person.entity };
      }
    }
    before = home[0] as Person;
  }
}

function householdOf(random: Random, options: FamilyOptions, made: { people: number }): Person[] {
  const family = surname(random);
  const place = town(random);
  const home = {
    street_number: String(random.between(1, 120)),
    address_1: street(random),
    suburb: place,
    postcode: postcodeIn(place, random),
    phone: `07700 900${String(random.between(0, 999)).padStart(3, '0')}`,
  };
  const person = (born: string, given?: string): Person => {
    const sex = random.pick(['F', 'M'] as const);
    made.people += 1;
    return {
      entity: `person-${made.people}`,
      row: {
        ...BLANK,
        ...home,
        surname: family,
        given_name: given ?? forename[sex](random),
        sex: given ? 'M' : sex,
        date_of_birth: born,
        identifier_type: 'NHS_NUMBER',
        identifier_value: nhsOf(made.people),
      },
    };
  };
  const people = Array.from({ length: random.pick([1, 2, 2, 3, 4]) }, (_, at) =>
    person(at < 2 ? day(random, 1955, 1995) : day(random, 2005, 2020)),
  );
  if (random.chance(options.twins)) {
    const born = day(random, 2005, 2020);
    people.push(person(born), person(born));
  }
  if (random.chance(options.generations)) {
    const name = forename.M(random);
    people.push(person(day(random, 1955, 1975), name), person(day(random, 1985, 2005), name));
  }
  return distinct(people);
}

/** Nobody gives two children one name, unless a generation lies between. */
function distinct(people: Person[]): Person[] {
  return people.filter(
    ({ row }, at) =>
      !people
        .slice(0, at)
        .some(
          (other) =>
            other.row.given_name === row.given_name &&
            Math.abs(Number(other.row.date_of_birth.slice(0, 4)) - Number(row.date_of_birth.slice(0, 4))) <
              10,
        ),
  );
}

function namesakeOf(one: Person, at: Person, made: { people: number }): Person {
  made.people += 1;
  const { given_name, surname: family, date_of_birth, sex } = one.row;
  return {
    entity: `person-${made.people}`,
    row: {
      ...at.row,
      given_name,
      surname: family,
      date_of_birth,
      sex,
      phone: '',
      identifier_value: nhsOf(made.people),
    },
  };
}

/** Real postcodes lie in one town: what follows from what. */
function postcodeIn(place: string, random: Random): string {
  const letters = place.replace(/[^a-z]/g, '').toUpperCase();
  return `${letters.slice(0, 2)}${(place.length % 9) + 1} ${random.between(1, 9)}${letters.slice(1, 2)}${'ABDEFGHJLN'.charAt(random.between(0, 9))}`;
}

/** One serial in eleven has no check digit; its owner goes without. */
const nhsOf = (person: number): string => nhsNumber(100_000 + (person % 900_000)) ?? '';

function recorded(person: Person, at: number, record: number, random: Random, options: FamilyOptions): Row {
  const row: Row = {
    ...person.row,
    record_id: `r${at}`,
    source: AGENCIES[record % AGENCIES.length] as string,
  };
  if (random.chance(0.01)) row.identifier_value = slip(row.identifier_value, random);
  if (random.chance(0.01)) row.identifier_value = random.pick(GENERIC);
  if (!random.chance(options.identified)) row.identifier_value = '';
  if (random.chance(0.5)) row.phone = '';
  if (random.chance(0.04)) row.given_name = slip(row.given_name, random);
  if (random.chance(0.03)) row.given_name = row.given_name.charAt(0);
  if (random.chance(0.01)) row.given_name = '';
  if (random.chance(0.05)) row.surname = slip(row.surname, random);
  if (random.chance(0.02)) row.date_of_birth = slip(row.date_of_birth, random);
  if (random.chance(0.02)) row.date_of_birth = '19000101';
  if (random.chance(0.05)) row.address_1 = slip(row.address_1, random);
  if (random.chance(0.06)) Object.assign(row, { address_1: '', street_number: '' });
  if (random.chance(0.03)) Object.assign(row, { address_1: '', street_number: '', suburb: '', postcode: '' });
  if (random.chance(0.3)) row.sex = '';
  return row;
}
