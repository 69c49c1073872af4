/** People as the person index links them, each under a number of this count's own: by confirmed links, and nobody who is hidden. */
import { sql } from 'kysely';
import type { StoreDatabase } from '../store/tables.ts';
import { AGE_BANDS, type CountableWord, SEXES } from './countables.ts';
import type { District } from './districts.ts';

/** People of one count, each under a number from 0. */
export interface Numbered {
  readonly size: number;
  /** -1 for somebody who is in no count. */
  number(person: string): number;
  /** Whose number it is. */
  person(number: number): string;
}

/** Numbers people, without those who are hidden. */
export function numbered(people: readonly string[], hidden: ReadonlySet<string>): Numbered {
  const shown = people.filter((person) => !hidden.has(person));
  const numbers = new Map(shown.map((person, number) => [person, number]));
  return {
    size: numbers.size,
    number: (person) => numbers.get(person) ?? -1,
    person: (number) => shown[number] ?? '',
  };
}

/** Everybody who is hidden: whom any agency protects or says to be at a hidden place, and whom the index takes for them. */
export async function hiddenPeople(store: StoreDatabase): Promise<string[]> {
  const { rows } = await sql<{ person: string }>`
    select person from index_protection
    union select c.person from index_candidate c join index_record r on r.agency = c.agency and r.record = c.record
      join index_protection p on p.person = r.person
    union select r.person from index_candidate c join index_protection p on p.person = c.person
      join index_record r on r.agency = c.agency and r.record = c.record where r.person is not null`.execute(
    store,
  );
  return rows.map(({ person }) => person);
}

/** Records of one look-up. */
const PART = 10_000;

/** Whose records these are, in the order given; null of a record that is linked to nobody. */
export async function peopleOf(
  store: StoreDatabase,
  agency: string,
  records: readonly string[],
): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (let at = 0; at < records.length; at += PART) {
    const part = records.slice(at, at + PART);
    const { rows } = await sql<{ person: string | null }>`
      select r.person from unnest(${part}::text[]) with ordinality as k (record, at)
        left join index_record r on r.agency = ${agency} and r.record = k.record
      order by k.at`.execute(store);
    for (const { person } of rows) found.push(person);
  }
  return found;
}

/** Everybody of whom one of these agencies has a record. */
export async function everybody(store: StoreDatabase, agencies: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ person: string }>`
    select distinct person from index_record where agency = any(${[...agencies]}::text[]) and person is not null`.execute(
    store,
  );
  return rows.map(({ person }) => person);
}

/**
 * What the index holds of everybody, by one of its features: of the first of these agencies that gives it. Null where none
 * gives a value, and for what is no value here.
 */
export async function personValues(
  store: StoreDatabase,
  word: CountableWord,
  agencies: readonly string[],
  { today, districts }: { today: string; districts: readonly District[] },
): Promise<{ person: string; value: string }[]> {
  const own = [...agencies];
  const feature = sql.ref({ ageBand: 'date_of_birth', sex: 'sex', district: 'postcode' }[word.field] ?? '');
  const { rows } = await sql<{ person: string; value: string | null }>`
    select person, ${valueIn(word.field, today, districts)} as value from (
      select distinct on (person) person, ${feature} as feature from index_record
      where agency = any(${own}::text[]) and person is not null and ${feature} is not null
      order by person, array_position(${own}::text[], agency), record) as one`.execute(store);
  return rows.flatMap(({ person, value }) => (value === null ? [] : [{ person, value }]));
}

function valueIn(field: string, today: string, districts: readonly District[]) {
  if (field === 'sex') return sql`case when feature = any(${[...SEXES]}::text[]) then feature end`;
  if (field === 'district') {
    const lines = districts.map(
      ({ id, postcodes }) => sql`when left(feature, -3) = any(${[...postcodes]}::text[]) then ${id}::text`,
    );
    return lines.length === 0 ? sql`null::text` : sql`case ${sql.join(lines, sql` `)} end`;
  }
  const oldestFirst = [...AGE_BANDS].reverse();
  const lines = oldestFirst.map(
    ([band, from]) => sql`when feature collate "C" <= ${yearsBefore(today, from)} then ${band}::text`,
  );
  return sql`case when feature !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then null ${sql.join(lines, sql` `)} end`;
}

/** Whoever was born on that day or before is that old today. */
const yearsBefore = (today: string, years: number): string =>
  `${String(Number(today.slice(0, 4)) - years).padStart(4, '0')}${today.slice(4)}`;
