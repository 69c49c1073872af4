import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { DENIALS_COUNT_FOR_MS } from '../admit/settle.ts';
import { SHIFT_MS } from '../admit/standing.ts';
import { matchPart } from '../match/match-part.ts';
import { lockIndex, matchPending } from '../match/match-pending.ts';
import { type CompletePass, markFeed } from './feed-progress.ts';
import type { RefreshInput } from './feed-types.ts';
import type { FeedRow } from './read-feed.ts';

/** Few enough for one transaction's time, and for others who wait for the lock. */
const AT_ONCE = 5_000;

/** Records that are written, matched and protected in one transaction. */
export const atOnceOf = ({ atOnce = AT_ONCE }: RefreshInput): number => atOnce;

export interface Changes {
  rows: readonly FeedRow[];
  removed: readonly RecordId[];
}
const NONE: Changes = { rows: [], removed: [] };

/**
 * Takes changes, at most `atOnceOf`, and matches them in the same transaction, so that no new record is ever seen before
 * the protections that follow it.
 */
export async function takeChanges(input: RefreshInput, changes: Changes): Promise<void> {
  await settleIfMany(input, atOnceOf(input));
  await inTurn(input.store, (within) => take(within, input, changes));
}

/** Takes a pass's last changes and says that the feed is complete, once nothing of the agency waits to be matched. */
export async function completePass(
  input: RefreshInput,
  pass: CompletePass,
  changes: Changes = NONE,
): Promise<void> {
  await settleIfMany(input, atOnceOf(input));
  await inTurn(input.store, async (within) => {
    await take(within, input, changes);
    await markFeed(within, input, pass);
    await forgetOld(within, pass.asOf);
  });
}

async function take(
  within: StoreDatabase,
  { agency, now }: RefreshInput,
  { rows, removed }: Changes,
): Promise<void> {
  await removeRecords(within, agency, removed, now());
  await writeRecords(within, rows);
  if (rows.length + removed.length > 0 || (await waits(within, agency)))
    while ((await matchPart(within)).pending > 0);
}

/** What waits beyond so many is matched beforehand, a part a transaction: none is held for minutes. */
export async function settleIfMany(input: RefreshInput, many: number): Promise<void> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from (select from index_record where pending limit ${many + 1}) waiting_row`.execute(
    input.store,
  );
  if ((rows[0]?.waiting ?? 0) > many) await (input.match ?? (() => matchAlone(input)))();
}

async function waits(store: StoreDatabase, agency: string): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from index_record where pending and agency = ${agency}) as waits`.execute(store);
  return rows[0]?.waits === true;
}

const matchAlone = ({ store, now, onProgress = () => {} }: RefreshInput): Promise<void> =>
  matchPending(store, {
    now: now(),
    onProgress: (progress) => onProgress({ step: 'MATCH', ...progress }),
  });

/** Removes what no longer counts: refusals of days ago and references verified in an earlier shift. */
async function forgetOld(store: StoreDatabase, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await store.deleteFrom('index_denial').where('at', '<=', before(DENIALS_COUNT_FOR_MS)).execute();
  await store.deleteFrom('index_standing').where('verified_at', '<=', before(SHIFT_MS)).execute();
}

const underWay = new WeakMap<StoreDatabase, Promise<unknown>>();

/**
 * Does work in a transaction that holds the index's lock, whichever agency and replica: two that met in one cluster
 * would each write half of it. Those of this process wait here, where it costs no connection and no statement runs out
 * of time.
 */
export function inTurn<T>(store: StoreDatabase, work: (within: StoreDatabase) => Promise<T>): Promise<T> {
  const locked = () =>
    store.transaction().execute(async (within) => {
      await lockIndex(within);
      return work(within);
    });
  const mine = (underWay.get(store) ?? Promise.resolve()).then(locked, locked);
  underWay.set(store, mine);
  return mine;
}

/**
 * Writes records as the agency gives them now. Each is pending until it is matched: one that is new is nobody's and
 * cannot be seen, one that has changed keeps its person until then.
 */
export async function writeRecords(store: StoreDatabase, rows: readonly FeedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into index_record (agency, record, content, merged_into, names, date_of_birth, sex, postcode, place, place_was, key_id,
      identifiers, block_keys, search_keys, place_keys, protections, relatives, household, adverse, excluded_staff)
    select agency, record, content, merged_into, names, date_of_birth, sex, postcode, place, place_was, key_id,
      identifiers, block_keys, search_keys, place_keys, protections, relatives, household, adverse, excluded_staff
    from jsonb_populate_recordset(null::index_record, ${JSON.stringify(rows)}::jsonb)
    on conflict (agency, record) do update set
      content = excluded.content, merged_into = excluded.merged_into, names = excluded.names,
      date_of_birth = excluded.date_of_birth, sex = excluded.sex, postcode = excluded.postcode,
      place = excluded.place, place_was = excluded.place_was, key_id = excluded.key_id, identifiers = excluded.identifiers, block_keys = excluded.block_keys,
      search_keys = excluded.search_keys, place_keys = excluded.place_keys, protections = excluded.protections,
      relatives = excluded.relatives, household = excluded.household, adverse = excluded.adverse,
      excluded_staff = excluded.excluded_staff, pending = true`.execute(store);
  const fed = rows.map(({ agency, record }) => ({ agency, record }));
  await sql`
    delete from index_gone g using jsonb_to_recordset(${JSON.stringify(fed)}::jsonb) as f (agency text, record text)
    where g.agency = f.agency and g.record = f.record`.execute(store);
}

/**
 * Takes records out that the agency feeds no longer, so that nobody is found, linked or answered for by them. What they
 * said to hide is kept until `endRetention`, or until they are fed again. Whoever they were linked to, or kept apart,
 * waits to be matched anew.
 */
export async function removeRecords(
  store: StoreDatabase,
  agency: AgencyId,
  records: readonly RecordId[],
  goneAt: Date,
): Promise<void> {
  if (records.length === 0) return;
  await sql`
    insert into index_gone (agency, record, person, candidates, gone_at, place, place_was, protections, relatives,
      household, adverse, excluded_staff)
    select agency, record, person,
      array(select c.person from index_candidate c where c.agency = r.agency and c.record = r.record),
      ${goneAt}::timestamptz, place, place_was, protections, relatives, household, adverse, excluded_staff
    from index_record r where agency = ${agency} and record = any(${records}::text[])
    on conflict (agency, record) do nothing`.execute(store);
  await dropRecords(store, agency, records);
}

/** Takes records out, and all that they said with them. */
export async function dropRecords(
  store: StoreDatabase,
  agency: AgencyId,
  records: readonly RecordId[],
): Promise<void> {
  await sql`
    with gone as (
      select agency, record, person from index_record where agency = ${agency} and record = any(${records}::text[])
    ), touched as (
      select person from gone
      union select c.person from gone g join index_candidate c using (agency, record)
      union select r.person from gone g join index_candidate c on c.person = g.person
        join index_record r on r.agency = c.agency and r.record = c.record
    )
    update index_record set pending = true where person in (select person from touched)`.execute(store);
  await sql`
    delete from index_candidate where agency = ${agency} and record = any(${records}::text[])`.execute(store);
  await sql`
    delete from index_record where agency = ${agency} and record = any(${records}::text[])`.execute(store);
}
