import { changesPass, MarkRejected } from './changes-pass.ts';
import { completePass } from './complete-pass.ts';
import { feedDigest } from './feed-digest.ts';
import { type FedBefore, fedBefore } from './feed-progress.ts';
import type { FullEvery, Refreshed, RefreshInput } from './feed-types.ts';
import { firstPass } from './first-pass.ts';
import { fullPass } from './full-pass.ts';
import { type FeedReader, feedReader } from './read-feed.ts';

const SIX_HOURS = 6 * 3_600_000;
const FULL_EVERY: FullEvery = { passes: 60, ms: SIX_HOURS };

/**
 * One complete pass over an agency's records, or over those that it tells to have changed; goes on where an interrupted
 * one was. When it resolves, all that was read is matched. Rejects when either database cannot answer, and with
 * FeedCollapsedError when most records are gone at once; the feed is then as old as it was.
 */
export async function refreshIndex(input: RefreshInput): Promise<Refreshed> {
  const reader = feedReader(input);
  const before = await fedBefore(input.store, input.agency);
  const refreshed = before ? await laterPass(input, reader, before) : await firstPass(input, reader);
  // What was said when a record came in is not said again with every pass.
  if (refreshed.changed > 0) noteProblems(input, reader.problems);
  return refreshed;
}

async function laterPass(input: RefreshInput, reader: FeedReader, before: FedBefore): Promise<Refreshed> {
  const { agency, log, source } = input;
  if (source.changes === undefined || before.mark === null || isCheckDue(input, reader, before))
    return checkAll(input, reader, before);
  try {
    return await changesPass(input, reader, source.changes, before.mark, before.digest);
  } catch (error) {
    if (!(error instanceof MarkRejected)) throw error;
    log.warn({ agency, why: error.message }, 'everything of a feed is read again');
    return fullPass(input, reader, await feedDigest(input));
  }
}

/**
 * Everything is read and compared, unless the agency's own database says that all is as when it last was. The index is
 * what is not compared then: now and then everything is read all the same.
 */
async function checkAll(input: RefreshInput, reader: FeedReader, before: FedBefore): Promise<Refreshed> {
  const { db, source, now } = input;
  const asOf = now();
  const mark = (await source.changes?.mark(db)) ?? null;
  const digest = await feedDigest(input);
  const same = digest !== null && digest === before.digest;
  if (!same || isFullDue(input, reader, before)) return fullPass(input, reader, digest);
  await completePass(input, { asOf, mark, madeOf: reader.madeOf, read: 'NOTHING', digest });
  return { records: 0, changed: 0, removed: 0 };
}

function isFullDue({ now, fullEvery = FULL_EVERY }: RefreshInput, { madeOf }: FeedReader, before: FedBefore) {
  const since = now().getTime() - (before.fullAt?.getTime() ?? 0);
  return before.madeOf !== madeOf || since >= fullEvery.ms;
}

function isCheckDue(input: RefreshInput, reader: FeedReader, before: FedBefore): boolean {
  const { passes } = input.fullEvery ?? FULL_EVERY;
  return isFullDue(input, reader, before) || before.passesSinceFull + 1 >= passes;
}

function noteProblems({ agency, log }: RefreshInput, problems: ReadonlyMap<string, number>): void {
  if (problems.size === 0) return;
  log.info(
    { agency, problems: Object.fromEntries(problems) },
    'data quality in the feed of the person index',
  );
}
