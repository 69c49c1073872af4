/** What is over goes: entries of the register shrink to their hashes, and what people wrote of acts is taken out. */
import type { Act } from '../register/chain-writer.ts';
import type { RegisterEntry } from '../register/entry.ts';
import { catchUp } from '../register/reading/catch-up.ts';
import {
  entriesOver,
  entryOfBatch,
  OverNoMore,
  type Periods,
  retentionEntry,
  shrink,
} from '../register/retention/shrink.ts';
import { chainsIn } from '../register/verify/verify-register.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { forgetWords, WORDS_KEPT, wordsOver } from './retention/words.ts';

export interface RetentionRun {
  readonly store: StoreDatabase;
  /** Entry and act in one transaction, or neither; null to look and change nothing. */
  readonly recordWith: ((entries: readonly RegisterEntry[], act: Act) => Promise<void>) | null;
  readonly periods: Periods;
  /** Who runs it: `gateway`, or whoever is at the terminal. */
  readonly by: Pick<RegisterEntry, 'sub' | 'role' | 'policyVersion'>;
  readonly now: Date;
}

/** How much went, or would. */
export interface Over {
  readonly entries: number;
  /** Acts by what they were of. */
  readonly words: Readonly<Record<string, number>>;
}

/**
 * Batch by batch, each with its entry: what is stopped midway has whole batches behind it, and the next run does the rest.
 * @throws RegisterUnavailableError, the driver's errors
 */
export async function runRetention(run: RetentionRun): Promise<Over> {
  await catchUp(run.store);
  return { entries: await shrinkEntries(run), words: await forget(run) };
}

async function shrinkEntries({ store, recordWith, periods, by, now }: RetentionRun): Promise<number> {
  let entries = 0;
  for await (const chain of chainsIn(store)) {
    let after = '0';
    for (;;) {
      const batch = await entriesOver(store, chain, { periods, now, after });
      if (batch === null) break;
      after = batch.entries.at(-1)?.seq ?? after;
      const done =
        recordWith === null ||
        (await unlessChanged(recordWith([entryOfBatch(batch, by, now)], shrink(batch, periods, now))));
      if (done) entries += batch.entries.length;
    }
  }
  return entries;
}

async function forget({ store, recordWith, by, now }: RetentionRun): Promise<Over['words']> {
  const words: Record<string, number> = {};
  for (;;) {
    const over = await (recordWith ? wordsOver(store, now) : wordsOver(store, now, null));
    if (over.length === 0) return words;
    const outcomes = over.flatMap(({ section, agencies }) =>
      agencies.map((agency) => ({
        ...{ section, agency, state: 'WORDS_GONE', level: null, reason: WORDS_KEPT, asOf: null },
      })),
    );
    const done =
      recordWith === null ||
      (await unlessChanged(recordWith([retentionEntry(outcomes, by, now)], forgetWords(over, now))));
    if (!done) return words;
    for (const { section, ids } of over) words[section] = (words[section] ?? 0) + ids.length;
    if (recordWith === null) return words;
  }
}

/** What changed meanwhile is left to the next run. */
async function unlessChanged(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof OverNoMore) return false;
    throw error;
  }
}
