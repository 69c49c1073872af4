import { type Random, randomFrom, rankedPick } from '../../../fixtures/random.ts';
import { BLANK, day, type Generated, type Row } from './row.ts';
import { BOYS, FAMILIES, GIRLS, SHORT } from './town-names.ts';

/**
 * Records of people drawn one by one, with much dirt and little to go by. `scruffy`: name, date of birth, city and a number of
 * the customer's own choice. `archive`: names that change with titles, dates of which often only the year is right, a
 * place of birth and a postcode. No house, no families: nothing to tell a twin by, and no twins.
 */
export type Style = 'scruffy' | 'archive';

const CITIES = rankedPick(
  'London Birmingham Leeds Glasgow Sheffield Bradford Liverpool Edinburgh Manchester Bristol Wakefield Cardiff Coventry Nottingham Leicester Sunderland Belfast Newcastle Brighton Hull Plymouth Stoke Wolverhampton Derby Swansea Southampton Salford Aberdeen Westminster Portsmouth York Peterborough Dundee Lancaster Oxford Newport Preston Norwich Chester Cambridge'.split(
    ' ',
  ),
  2,
);
const COUNTIES = rankedPick(
  'london devon kent surrey sussex norfolk suffolk essex york dublin edinburgh glasgow bath exeter bristol cornwall somerset cumbria durham lancaster warwick leicester derby lincoln oxford cambridge'.split(
    ' ',
  ),
  3,
);
const given = { F: rankedPick(GIRLS, 25), M: rankedPick(BOYS, 25) };
const TAILS = ['', '', 's', 'son', 'ley', 'ton', 'worth', 'ham', 'field', 'wood', 'man', 'er', 'by', 'den'];
const family = rankedPick(
  TAILS.flatMap((tail) => FAMILIES.map((name) => `${name}${tail}`)),
  20,
);

export function scruffy(seed: number, records: number, style: Style): readonly Generated[] {
  const random = randomFrom(seed, 0, style);
  const all: Generated[] = [];
  for (let person = 0; all.length < records; person += 1) {
    const truth = style === 'scruffy' ? customer(random) : notable(random);
    const count = style === 'scruffy' ? random.between(1, 7) : random.between(1, 19);
    for (let at = 0; at < count && all.length < records; at += 1) {
      const row = style === 'scruffy' ? scrawled(truth, random) : copied(truth, random);
      all.push({ row: { ...row, record_id: `${style}-${all.length}` }, entity: `p${person}` });
    }
  }
  return all;
}

function customer(random: Random): Row {
  const sex = random.pick(['F', 'M'] as const);
  const [given_name, surname] = [given[sex](random), family(random)];
  const mail = random.chance(0.5) ? `${given_name}${random.between(10, 99)}` : `${given_name}.${surname}`;
  return {
    ...BLANK,
    ...{ given_name, surname, date_of_birth: dashed(day(random, 1940, 2012)), suburb: CITIES(random) },
    ...{ identifier_type: 'EMAIL', identifier_value: `${mail}@${family(random)}.com`.toLowerCase() },
  };
}

function scrawled(truth: Row, random: Random): Row {
  const row = { ...truth };
  const dirt = (column: keyof Row, blank: number, noise: number) => {
    if (random.chance(blank)) row[column] = '';
    else while (random.chance(noise)) row[column] = jumbled(row[column], random);
  };
  if (random.chance(0.04)) row.given_name = SHORT[row.given_name] ?? row.given_name;
  dirt('given_name', 0.17, 0.12);
  dirt('surname', 0.18, 0.14);
  dirt('suburb', 0.19, 0.15);
  dirt('identifier_value', 0.2, 0.15);
  if (random.chance(0.3)) row.date_of_birth = otherDay(row.date_of_birth, random);
  if (random.chance(0.04)) [row.given_name, row.surname] = [row.surname, row.given_name];
  return row;
}

function notable(random: Random): Row {
  const sex = random.chance(0.85) ? 'M' : 'F';
  const year = random.between(1600, 1920);
  return {
    ...BLANK,
    source: 'archive',
    given_name: given[sex](random) + (random.chance(0.3) ? ` ${given[sex](random)}` : ''),
    surname: family(random),
    date_of_birth: random.chance(0.2) ? `${year}-01-01` : dashed(day(random, year, year)),
    sex: sex === 'M' ? 'male' : 'female',
    suburb: COUNTIES(random),
    postcode: `${random.pick(['tq', 'pl', 'ex', 'ba', 'sw', 'ec', 'yo', 'ox', 'cb', 'nr', 'le', 'de'])}${random.between(1, 40)} ${random.between(1, 9)}${random.pick([...'abdefghjlnpqrst'])}${random.pick([...'abdefghjlnpqrst'])}`,
  };
}

/** Copied by many hands: titles for names, one name of two, births of which the year is right. */
function copied(truth: Row, random: Random): Row {
  const row = { ...truth };
  const dirt = (column: keyof Row, blank: number, noise: number) => {
    if (random.chance(blank)) row[column] = '';
    else while (random.chance(noise)) row[column] = jumbled(row[column], random);
  };
  const [first = '', second] = truth.given_name.split(' ');
  if (second && random.chance(0.4)) row.given_name = random.chance(0.8) ? first : second;
  if (random.chance(0.08)) row.given_name = SHORT[first] ?? given.M(random);
  if (random.chance(0.05)) row.given_name = `sir ${row.given_name}`;
  if (random.chance(0.07)) row.surname = family(random);
  dirt('given_name', 0.04, 0.1);
  dirt('surname', 0.03, 0.12);
  dirt('date_of_birth', 0.15, 0);
  if (row.date_of_birth && random.chance(0.12)) row.date_of_birth = `${row.date_of_birth.slice(0, 4)}-01-01`;
  if (row.date_of_birth && random.chance(0.15)) row.date_of_birth = otherDay(row.date_of_birth, random);
  dirt('suburb', 0.2, 0.05);
  if (row.suburb && random.chance(0.15)) row.suburb = COUNTIES(random);
  dirt('postcode', 0.2, 0.25);
  if (random.chance(0.15)) row.postcode = row.postcode && notable(random).postcode;
  if (random.chance(0.25)) row.sex = '';
  return row;
}

const dashed = (digits: string): string => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;

/** Two letters swapped, one put in or left out, one for another: more than one may befall a word. */
function jumbled(text: string, random: Random): string {
  if (text.length < 2) return text;
  const at = random.between(0, text.length - 2);
  const letter = text.charAt(random.between(0, text.length - 1));
  return random.pick([
    text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at + 1),
  ]);
}

/** One of year, month and day is another, or a digit of it. */
function otherDay(date: string, random: Random): string {
  const [year = '', month = '', last = ''] = date.split('-');
  const two = (number: number) => String(number).padStart(2, '0');
  return random.pick([
    `${Number(year) + random.between(-9, 9)}-${month}-${last}`,
    `${year}-${two(random.between(1, 12))}-${last}`,
    `${year}-${month}-${two(random.between(1, 28))}`,
    `${year}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`,
  ]);
}
