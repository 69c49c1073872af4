import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { IndexRow, StoreDatabase } from '../../store/tables.ts';
import { matchRecord, recordKey } from '../records/features.ts';
import type { Matcher, MatchRecord } from '../records/matcher.ts';
import type { PersonId } from '../records/types.ts';
import { assignPeople } from './assign-people.ts';
import { loadDecided } from './human-decisions.ts';
import { holdExclusions } from './human-links.ts';
import { currentMatcher } from './linkage-matcher.ts';
import { hangingTogether, type IdPair, pairsToCompare, placeInBlocks } from './near-records.ts';
import { keepApart, protect } from './protect.ts';
import { keepRedirects, loadFormerHolders } from './redirects.ts';

export interface MatchedPart {
  /** Records that were matched, and those that still wait. */
  matched: number;
  pending: number;
  /** Pairs of records that were compared. */
  pairs: number;
}

/** Records of one part: few enough for memory, for one statement's time and for others who wait their turn. */
const PART = 5_000;

/**
 * Matches records that wait, up to `size` of them, with all that hangs together with them: who is whose record, who is
 * whose candidate, who is protected, who is kept apart. For a transaction that holds the index's lock.
 */
export async function matchPart(store: StoreDatabase, { size = PART } = {}): Promise<MatchedPart> {
  const { rows } = await sql<{ id: string }>`
    select id from index_record where pending order by id limit ${size}`.execute(store);
  const { pairs } = await matchRecords(
    store,
    rows.map(({ id }) => id),
  );
  const { rows: left } = await sql<{ pending: number }>`
    select count(*)::int as pending from index_record where pending`.execute(store);
  return { matched: rows.length, pending: left[0]?.pending ?? 0, pairs };
}

/** What matching made of records. */
export interface Matched {
  /** Pairs of records that were compared. */
  pairs: number;
  /** Whose each record was and is, of those that were matched with what hangs together with them. */
  holders: readonly { was: PersonId | null; is: PersonId | null }[];
}

/** The same for these records, whether they wait or not. */
export async function matchRecords(store: StoreDatabase, ids: readonly string[]): Promise<Matched> {
  if (ids.length > 0) {
    const matcher = await currentMatcher(store);
    const decided = await loadDecided(store);
    await placeInBlocks(store, ids);
    const pairs = await pairsToCompare(store, ids);
    const near = await nearOf(store, pairs, matcher);
    const rows = await rowsOf(store, await hangingTogether(store, [...ids, ...near], decided));
    const matching = matcher.match(rows.map(matchRecord), decided);
    const { clusters, candidates } = holdExclusions(matching, decided);
    const known = new Map(rows.map((row) => [recordKey(row.agency, row.record), row.person]));
    const former = await loadFormerHolders(store, rows);
    const people = assignPeople(clusters, known, () => randomUUID(), former);
    await writePeople(store, rows, people);
    await writeCandidates(store, rows, candidates, people);
    await keepRedirects(store, rows, former);
    await sql`update index_record set pending = false where pending and id = any(${ids}::bigint[])`.execute(
      store,
    );
    await protect(store);
    await keepApart(store);
    const holders = rows.map(({ agency, record, person }) => ({
      was: person,
      is: people.get(recordKey(agency, record)) ?? null,
    }));
    return { pairs: pairs.length, holders };
  }
  await protect(store);
  await keepApart(store);
  return { pairs: 0, holders: [] };
}

/** Records whose features are held at once while pairs are compared. */
const HELD = 20_000;

/** Of the pairs, records that are near to another. */
async function nearOf(
  store: StoreDatabase,
  pairs: readonly IdPair[],
  matcher: Matcher,
): Promise<Set<string>> {
  const near = new Set<string>();
  for (let at = 0; at < pairs.length; at += HELD) {
    const some = pairs.slice(at, at + HELD);
    const rows = await rowsOf(store, new Set(some.flat()));
    const records = new Map(rows.map((row: Affected): [string, MatchRecord] => [row.id, matchRecord(row)]));
    for (const [one, other] of some) {
      const [a, b] = [records.get(one), records.get(other)];
      if (a && b && matcher.near(a, b)) near.add(one).add(other);
    }
  }
  return near;
}

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
const AT_ONCE = 10_000;

async function rowsOf(store: StoreDatabase, ids: ReadonlySet<string>): Promise<readonly Affected[]> {
  const all = [...ids];
  const found: Affected[][] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const part = all.slice(at, at + AT_ONCE);
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
async function writePeople(
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
async function writeCandidates(
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
