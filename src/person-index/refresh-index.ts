import { changesPass, MarkRejected } from './changes-pass.ts';
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
  if (source.changes === undefined || before.mark === null || isFullDue(input, reader, before))
    return fullPass(input, reader);
  try {
    return await changesPass(input, reader, source.changes, before.mark);
  } catch (error) {
    if (!(error instanceof MarkRejected)) throw error;
    log.warn({ agency, why: error.message }, 'everything of a feed is read again');
    return fullPass(input, reader);
  }
}

function isFullDue(
  { now, fullEvery = FULL_EVERY }: RefreshInput,
  { madeOf }: FeedReader,
  before: FedBefore,
): boolean {
  const since = now().getTime() - (before.fullAt?.getTime() ?? 0);
  return before.madeOf !== madeOf || before.passesSinceFull + 1 >= fullEvery.passes || since >= fullEvery.ms;
}

function noteProblems({ agency, log }: RefreshInput, problems: ReadonlyMap<string, number>): void {
  if (problems.size === 0) return;
  log.info(
    { agency, problems: Object.fromEntries(problems) },
    'data quality in the feed of the person index',
  );
}
