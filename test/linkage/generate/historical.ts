import { type Random, randomFrom } from '../../../fixtures/random.ts';
import { BLANK, day, type Generated, type Row, slip } from './row.ts';
import { forename, suburb, surname, town } from './values.ts';

const TITLES = ['sir ', 'lord ', 'dr '];
const OTHER_SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/y/, 'ie'],
  [/ck/, 'k'],
  [/ll/, 'l'],
  [/ea/, 'ee'],
  [/son$/, 'sen'],
  [/ton$/, 'tone'],
  [/er/, 'ar'],
  [/ley$/, 'leigh'],
  [/i/, 'y'],
];

/** Records of people of the past: few fields, no identifier, much dirt. Some ten records to a person. */
export function historical(seed: number, count: number): readonly Generated[] {
  const random = randomFrom(seed);
  const all: Generated[] = [];
  for (let person = 0; all.length < count; person += 1) {
    const truth = personOf(random);
    const records = 1 + Math.floor(20 * random.next() * random.next() * 2);
    for (let record = 0; record < records && all.length < count; record += 1) {
      const row = { ...(record === 0 ? truth : dirty(truth, random)), record_id: `h${all.length}` };
      all.push({ row, entity: `person-${person}` });
    }
  }
  return all;
}

function personOf(random: Random): Row {
  const sex = random.chance(0.8) ? 'M' : 'F';
  const given = forename[sex](random) + (random.chance(0.35) ? ` ${forename[sex](random)}` : '');
  const born = day(random, 1800, 1899);
  return {
    ...BLANK,
    source: 'archive',
    given_name: given,
    surname: surname(random),
    date_of_birth: `${born.slice(0, 4)}-${random.chance(0.25) ? '01-01' : `${born.slice(4, 6)}-${born.slice(6)}`}`,
    sex: sex === 'M' ? 'male' : 'female',
    suburb: town(random),
    postcode: `${suburb(random).slice(0, 2)}${random.between(1, 30)} ${random.between(1, 9)}${suburb(random).slice(0, 2)}`,
  };
}

function dirty(truth: Row, random: Random): Row {
  const row = { ...truth };
  const blank = (column: keyof Row, share: number) => {
    if (random.chance(share)) row[column] = '';
  };
  if (random.chance(0.3)) row.given_name = truth.given_name.split(' ')[0] as string;
  if (random.chance(0.08)) row.given_name = forename.M(random);
  if (random.chance(0.12)) row.given_name = slip(row.given_name, random);
  if (random.chance(0.05)) row.given_name = random.pick(TITLES) + row.given_name;
  if (random.chance(0.08)) row.surname = surname(random);
  else if (random.chance(0.2)) row.surname = respelt(row.surname, random);
  if (random.chance(0.15)) row.surname = slip(row.surname, random);
  row.date_of_birth = otherDate(truth.date_of_birth, random);
  if (random.chance(0.3)) row.postcode = slip(row.postcode, random);
  if (random.chance(0.2)) row.postcode = personOf(random).postcode;
  if (random.chance(0.15)) row.suburb = town(random);
  if (random.chance(0.05)) [row.given_name, row.surname] = [row.surname, row.given_name];
  blank('given_name', 0.05);
  blank('surname', 0.02);
  blank('date_of_birth', 0.18);
  blank('postcode', 0.22);
  blank('suburb', 0.3);
  blank('sex', 0.25);
  return row;
}

function respelt(name: string, random: Random): string {
  const [pattern, other] = random.pick(OTHER_SPELLINGS);
  return name.replace(pattern, other);
}

function otherDate(date: string, random: Random): string {
  const kind = random.next();
  if (kind < 0.1) return `${date.slice(0, 4)}-01-01`;
  if (kind < 0.2) return `${Number(date.slice(0, 4)) + random.between(-3, 3)}${date.slice(4)}`;
  if (kind < 0.28)
    return `${date.slice(0, 5)}${String(random.between(1, 12)).padStart(2, '0')}${date.slice(7)}`;
  if (kind < 0.32) return date.slice(0, 4);
  return date;
}
