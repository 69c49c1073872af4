import { type Random, randomFrom } from '../../../fixtures/random.ts';
import { BLANK, type Column, day, type Generated, type Row, slip } from './row.ts';
import { anyForename, house, street, suburb, surname } from './values.ts';

/**
 * How often a column of the second file is blank, has a slip or two, or has another value altogether: about what FEBRL's
 * first set shows.
 */
type Shares = readonly [blank: number, slip: number, slips: number, other: number];
const DIRT: Partial<Record<Column, Shares>> = {
  given_name: [0.03, 0.1, 0.01, 0.05],
  surname: [0.015, 0.15, 0.02, 0.05],
  date_of_birth: [0.03, 0.01, 0, 0.045],
  street_number: [0.03, 0.08, 0.01, 0.06],
  address_1: [0.02, 0.24, 0.02, 0.03],
  address_2: [0.06, 0.24, 0.03, 0.03],
  suburb: [0.01, 0.18, 0.02, 0.06],
  postcode: [0, 0.15, 0.005, 0.008],
  state: [0.01, 0.02, 0, 0.015],
  identifier_value: [0, 0.05, 0, 0.04],
};

/**
 * Two files of people drawn one by one, everybody once in each. The second file is dirty. There are no families, but for
 * so many of the people as are given a twin.
 */
export function pairOfFiles(
  seed: number,
  count: number,
  twins = 0,
): readonly [readonly Generated[], readonly Generated[]] {
  const random = randomFrom(seed);
  const first: Generated[] = [];
  const second: Generated[] = [];
  for (let index = 0; index < count + twins; index += 1) {
    const other = first[index - count]?.row;
    const row = index < count || !other ? clean(index, random) : twinOf(other, index, random);
    const entity = `person-${index}`;
    first.push({ row, entity });
    second.push({ row: { ...dirty(row, random), record_id: `b-${index}`, source: 'second' }, entity });
  }
  return [first, second.toSorted((one, other) => (one.row.surname < other.row.surname ? -1 : 1))];
}

function clean(index: number, random: Random): Row {
  const blank = (share: number, value: string) => (random.chance(share) ? '' : value);
  return {
    ...BLANK,
    record_id: `a-${index}`,
    source: 'first',
    given_name: blank(0.02, anyForename(random)),
    surname: blank(0.01, surname(random)),
    date_of_birth: blank(0.02, day(random, 1900, 1999)),
    street_number: blank(0.03, String(Math.floor(1 + 150 * random.next() * random.next()))),
    address_1: blank(0.02, street(random)),
    address_2: blank(0.1, house(random)),
    suburb: blank(0.01, suburb(random)),
    postcode: String(random.between(2000, 4999)),
    state: blank(0.01, random.pick(['nsw', 'nsw', 'vic', 'vic', 'qld', 'wa', 'sa', 'tas', 'act'])),
    identifier_type: 'SOC_SEC',
    identifier_value: String(random.between(1_000_000, 9_999_999)),
  };
}

/** Of another name: nobody gives two children one. */
function twinOf(row: Row, index: number, random: Random): Row {
  let made = clean(index, random);
  while (made.given_name === row.given_name) made = clean(index, random);
  const { record_id, given_name, identifier_value } = made;
  return { ...row, record_id, given_name, identifier_value };
}

function dirty(row: Row, random: Random): Row {
  const other = clean(0, random);
  const found = { ...row };
  for (const [column, [blank, once, twice, replaced]] of Object.entries(DIRT) as [Column, Shares][]) {
    const at = random.next();
    if (at < blank) found[column] = '';
    else if (at < blank + once) found[column] = slip(row[column], random);
    else if (at < blank + once + twice) found[column] = slip(slip(row[column], random), random);
    else if (at < blank + once + twice + replaced) found[column] = other[column];
  }
  if (random.chance(0.04)) [found.given_name, found.surname] = [found.surname, found.given_name];
  if (random.chance(0.04)) [found.address_1, found.address_2] = [found.address_2, found.address_1];
  return found;
}
