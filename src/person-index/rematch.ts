import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { assignPeople } from './assign-people.ts';
import { matchRecord, recordKey } from './features.ts';
import type { Matcher } from './matcher.ts';
import type { IndexRow, Store } from './tables.ts';
import type { PersonId } from './types.ts';

type Affected = Pick<
  IndexRow,
  | 'agency'
  | 'record'
  | 'merged_into'
  | 'names'
  | 'date_of_birth'
  | 'sex'
  | 'postcode'
  | 'place'
  | 'identifiers'
  | 'match_keys'
  | 'person'
>;

/** Matches anew every record that could be touched by a change to records with these blocking keys, and no other. */
export async function rematch(store: Store, changedKeys: Iterable<string>, matcher: Matcher): Promise<void> {
  const rows = await affectedRows(store, new Set(changedKeys));
  const { clusters, candidates } = matcher.match(rows.map(matchRecord));
  const known = new Map(rows.map((row) => [recordKey(row.agency, row.record), row.person]));
  const people = assignPeople(clusters, known, () => randomUUID());
  await writePeople(store, rows, people);
  await writeCandidates(store, rows, candidates, people);
}

/** All that hangs together with these keys, however many steps away. */
async function affectedRows(store: Store, keys: Set<string>): Promise<Affected[]> {
  const rows = new Map<string, Affected>();
  let fresh = [...keys];
  while (fresh.length > 0) {
    const found = await sql<Affected>`
      select agency, record, merged_into, names, date_of_birth, sex, postcode, place, identifiers, match_keys, person
      from index_record where match_keys && ${fresh}::text[]`.execute(store);
    fresh = [];
    for (const row of found.rows) {
      rows.set(recordKey(row.agency, row.record), row);
      for (const key of row.match_keys) {
        if (!keys.has(key)) fresh.push(key);
        keys.add(key);
      }
    }
  }
  return [...rows.values()];
}

async function writePeople(
  store: Store,
  rows: readonly Affected[],
  people: ReadonlyMap<string, PersonId>,
): Promise<void> {
  const moved = rows
    .map(({ agency, record, person }) => ({
      agency,
      record,
      was: person,
      person: people.get(recordKey(agency, record)),
    }))
    .filter(({ was, person }) => was !== person);
  await sql`
    update index_record r set person = m.person
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m (agency text, record text, person text)
    where r.agency = m.agency and r.record = m.record`.execute(store);
}

async function writeCandidates(
  store: Store,
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
    delete from index_candidate c
    using jsonb_to_recordset(${JSON.stringify([...records.values()])}::jsonb) as a (agency text, record text)
    where c.agency = a.agency and c.record = a.record`.execute(store);
  await sql`
    insert into index_candidate (agency, record, person)
    select distinct agency, record, person
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l (agency text, record text, person text)`.execute(
    store,
  );
}
