import type { AgencyFeed, FeedProgress, FullEvery, IndexLog, Refreshed, RefreshInput } from './feed-types.ts';
import type { Keys } from './keys.ts';
import { learningState } from './learn-model.ts';
import { type MatchAll, matchPending } from './match-pending.ts';
import { matchTogether } from './match-together.ts';
import { refreshIndex } from './refresh-index.ts';
import type { Store } from './tables.ts';

export interface FeedsInput {
  store: Store;
  keys: Keys;
  log: IndexLog;
  now: () => Date;
  intervalMs?: number;
  fullEvery?: FullEvery | undefined;
  /** Asked before every pass, so that a change of policy is taken up by the next. */
  feeds: () => readonly AgencyFeed[];
  /** How all that waits is matched, where not in this thread. */
  matchAll?: MatchAll | undefined;
  /** Told how far passes are, often: after every page and every part that was matched. */
  onProgress?: ((progress: FeedProgress) => void) | undefined;
}
export interface Feeds {
  /** Settles when every agency has been tried once. Never rejects. */
  firstPass: Promise<void>;
  /** One pass of every agency now. Never rejects: an agency that is down keeps what it gave before. */
  refresh(): Promise<ReadonlyMap<string, Refreshed | null>>;
  /** Ends the feeds once the pass that runs is over. */
  stop(): Promise<void>;
}

const THIRTY_SECONDS = 30_000;
/** Milliseconds after which a pass that failed is made again, if the interval is longer. */
const RETRY_MS = 5_000;

/**
 * Keeps the person index fed. Agencies are independent: one that is down or slow delays no other, but that agencies
 * which are read for the first time are matched together, when each has been read or has failed.
 */
export function startFeeds({ intervalMs = THIRTY_SECONDS, feeds, ...common }: FeedsInput): Feeds {
  const running = new Map<string, Promise<Refreshed | null>>();
  const retries = new Set<string>();
  const together = matchTogether(() => matchAll(common));
  const pass = (feed: AgencyFeed): Promise<Refreshed | null> => {
    const inProgress = running.get(feed.agency);
    if (inProgress) return inProgress;
    const next = together
      .pass((match) => onePass({ ...common, ...feed, intervalMs, match }))
      .finally(() => running.delete(feed.agency));
    running.set(feed.agency, next);
    void next.then((done) => done === null && retries.add(feed.agency));
    return next;
  };
  const retry = async () => {
    const failed = current(feeds, common.log).filter(({ agency }) => retries.delete(agency));
    await Promise.all(failed.map(pass));
  };
  const refresh = async () => {
    const passes = current(feeds, common.log).map(
      async (feed) => [feed.agency as string, await pass(feed)] as const,
    );
    const refreshed = new Map(await Promise.all(passes));
    const changed = [...refreshed.values()].some((one) => one && one.changed + one.removed > 0);
    if (changed) await matchIfOutgrown(common);
    return refreshed;
  };
  const timers = [setInterval(() => void refresh(), intervalMs)];
  if (intervalMs > RETRY_MS) timers.push(setInterval(() => void retry(), RETRY_MS));
  for (const timer of timers) timer.unref();
  return {
    firstPass: refresh().then(() => undefined),
    refresh,
    async stop() {
      timers.forEach(clearInterval);
      await Promise.all(running.values());
    },
  };
}

function matchAll({ store, now, matchAll, onProgress = () => {} }: Omit<FeedsInput, 'feeds'>): Promise<void> {
  const match: MatchAll = matchAll ?? ((options) => matchPending(store, options));
  return match({ now: now(), onProgress: (progress) => onProgress({ step: 'MATCH', ...progress }) });
}

/** Where the place has outgrown the model, one is learnt and everything is matched by it. */
async function matchIfOutgrown(common: Omit<FeedsInput, 'feeds'>): Promise<void> {
  try {
    if (!(await learningState(common.store)).enough) await matchAll(common);
  } catch (error) {
    common.log.warn({ kind: kindOf(error) }, 'matching by a new model failed');
  }
}

function current(feeds: () => readonly AgencyFeed[], log: IndexLog): readonly AgencyFeed[] {
  try {
    return feeds();
  } catch (error) {
    log.warn({ kind: kindOf(error) }, 'the feeds of the person index are not known');
    return [];
  }
}

async function onePass(input: RefreshInput): Promise<Refreshed | null> {
  try {
    return await refreshIndex(input);
  } catch (error) {
    // The error of a driver may quote values: only its kind is said.
    const code = (error as { code?: unknown } | null)?.code;
    input.log.warn({ agency: input.agency, kind: kindOf(error), code }, 'a feed of the person index failed');
    return null;
  }
}

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
