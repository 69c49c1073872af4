import { sql } from 'kysely';
import type { RecordId } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { DENIALS_COUNT_FOR_MS } from '../admit/settle.ts';
import { SHIFT_MS } from '../admit/shift.ts';
import { matchPart } from '../match/match-part.ts';
import { lockIndex, matchPending } from '../match/match-pending.ts';
import type { FeedRow } from '../records/features.ts';
import { type CompletePass, markFeed } from './feed-progress.ts';
import type { RefreshInput } from './feed-types.ts';
import { removeRecords, writeRecords } from './write-changes.ts';

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
