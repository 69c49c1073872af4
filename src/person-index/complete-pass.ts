import { sql } from 'kysely';
import type { RecordId } from '../../adapters/contract.ts';
import { type CompletePass, markFeed } from './feed-progress.ts';
import type { RefreshInput } from './feed-types.ts';
import { forgetOld } from './forget-old.ts';
import { inTurn } from './in-turn.ts';
import { matchPart } from './match-part.ts';
import { matchPending } from './match-pending.ts';
import type { FeedRow } from './read-feed.ts';
import type { Store } from './tables.ts';
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

async function take(within: Store, { agency }: RefreshInput, { rows, removed }: Changes): Promise<void> {
  await removeRecords(within, agency, removed);
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

async function waits(store: Store, agency: string): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from index_record where pending and agency = ${agency}) as waits`.execute(store);
  return rows[0]?.waits === true;
}

const matchAlone = ({ store, now, onProgress = () => {} }: RefreshInput): Promise<void> =>
  matchPending(store, {
    now: now(),
    onProgress: (progress) => onProgress({ step: 'MATCH', ...progress }),
  });
