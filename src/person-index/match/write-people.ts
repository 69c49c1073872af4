import { sql } from 'kysely';
import type { IndexRow, StoreDatabase } from '../../store/tables.ts';
import { recordKey } from '../records/features.ts';
import type { PersonId } from '../records/types.ts';

/** A record as it is matched. */
export type Affected = Pick<
  IndexRow,
  | 'agency'
  | 'record'
  | 'merged_into'
  | 'names'
  | 'date_of_birth'
  | 'sex'
  | 'postcode'
  | 'place'
  | 'place_was'
  | 'identifiers'
  | 'person'
> & {
  /** The store's own number of the row; a bigint, so the driver hands it out as text. */
  id: string;
};

/** Records of one statement. */
const PART = 10_000;

export async function rowsOf(store: StoreDatabase, ids: ReadonlySet<string>): Promise<readonly Affected[]> {
  const all = [...ids];
  const found: Affected[][] = [];
  for (let at = 0; at < all.length; at += PART) {
    const part = all.slice(at, at + PART);
    found.push(
      await store
        .selectFrom('index_record')
        .select(['id', 'agency', 'record', 'merged_into', 'names', 'date_of_birth', 'sex', 'postcode'])
        .select(['place', 'place_was', 'identifiers', 'person'])
        .where('id', '=', sql<string>`any(${part}::bigint[])`)
        .execute(),
    );
  }
  return found.flat();
}

/** Writes whose record each is, of those for whom it has changed. */
export async function writePeople(
  store: StoreDatabase,
  rows: readonly Affected[],
  people: ReadonlyMap<string, PersonId>,
): Promise<void> {
  const moved = rows
    .map(({ id, agency, record, person }) => ({
      id,
      was: person,
      person: people.get(recordKey(agency, record)),
    }))
    .filter(({ was, person }) => was !== person)
    .map(({ id, person }) => ({ id, person }));
  if (moved.length === 0) return;
  await sql`
    update index_record r set person = m.person, pending = false
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m (id bigint, person text)
    where r.id = m.id`.execute(store);
}

/** Writes whose candidates these records are, in place of what was known of them. */
export async function writeCandidates(
  store: StoreDatabase,
  rows: readonly Affected[],
  pairs: readonly (readonly [string, string])[],
  people: ReadonlyMap<string, PersonId>,
): Promise<void> {
  const records = new Map(rows.map(({ agency, record }) => [recordKey(agency, record), { agency, record }]));
  const links = pairs.flatMap(([one, other]) => [
    { ...records.get(one), person: people.get(other) },
    { ...records.get(other), person: people.get(one) },
  ]);
  await sql`
    with wanted as (
      select distinct agency, record, person
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l (agency text, record text, person text)
    ), gone as (
      delete from index_candidate c
      using jsonb_to_recordset(${JSON.stringify([...records.values()])}::jsonb) as a (agency text, record text)
      where c.agency = a.agency and c.record = a.record
        and not exists (
          select from wanted w where w.agency = c.agency and w.record = c.record and w.person = c.person)
    )
    insert into index_candidate (agency, record, person) select agency, record, person from wanted
    on conflict do nothing`.execute(store);
}
