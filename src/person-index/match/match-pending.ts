import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import { learnIfOutgrown, learnModel } from './learn-model.ts';
import { matchPart } from './match-part.ts';

export interface MatchProgress {
  /** Records matched so far, and of how many. */
  done: number;
  of: number;
  /** Pairs of records compared so far. */
  pairs: number;
}

/** Matches all that waits. Rejects where the store cannot answer; what was matched before stays. */
export type MatchAll = (options: {
  now: Date;
  onProgress?: ((progress: MatchProgress) => void) | undefined;
}) => Promise<void>;

/** The index's lock, until the transaction ends: two who matched in one cluster would each write half of it. */
export async function lockIndex(store: StoreDatabase): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('index_record'))`.execute(store);
}

/**
 * Matches all that waits, a part in each transaction: whatever ends it between two, the next goes on from there. Learns a
 * model first where there is none, or where the place has outgrown it.
 */
export async function matchPending(
  store: StoreDatabase,
  { now, onProgress = () => {} }: Parameters<MatchAll>[0],
): Promise<void> {
  await store.transaction().execute(async (within) => {
    await lockIndex(within);
    await learnIfOutgrown(within, now);
  });
  let done = 0;
  let pairs = 0;
  for (let pending = 1; pending > 0; ) {
    const part = await store.transaction().execute(async (within) => {
      await lockIndex(within);
      return matchPart(within);
    });
    done += part.matched;
    pairs += part.pairs;
    pending = part.pending;
    onProgress({ done, of: done + pending, pairs });
  }
}

/** Learns a model from the records there are, and matches every record by it. Gives the model's version. */
export async function learnAndMatch(
  store: StoreDatabase,
  options: { now: Date; onProgress?: (progress: MatchProgress) => void },
): Promise<string> {
  const version = await store.transaction().execute(async (within) => {
    await lockIndex(within);
    return learnModel(within, options.now);
  });
  await matchPending(store, options);
  return version;
}
