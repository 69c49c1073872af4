import type { Keys } from './keys.ts';
import type { AgencyFeed, IndexLog, Refreshed } from './refresh-index.ts';
import { refreshIndex } from './refresh-index.ts';
import type { Store } from './tables.ts';

export interface FeedsInput {
  store: Store;
  keys: Keys;
  log: IndexLog;
  now: () => Date;
  intervalMs?: number;
  /** Asked before every pass, so that a change of policy is taken up by the next. */
  feeds: () => readonly AgencyFeed[];
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

/** Keeps the person index fed. Agencies are independent: one that is down or slow delays no other. */
export function startFeeds({ intervalMs = THIRTY_SECONDS, feeds, ...common }: FeedsInput): Feeds {
  const running = new Map<string, Promise<Refreshed | null>>();
  const retries = new Set<string>();
  const pass = (feed: AgencyFeed): Promise<Refreshed | null> => {
    const inProgress = running.get(feed.agency);
    if (inProgress) return inProgress;
    const next = onePass({ ...common, ...feed, intervalMs }).finally(() => running.delete(feed.agency));
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
    return new Map(await Promise.all(passes));
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

function current(feeds: () => readonly AgencyFeed[], log: IndexLog): readonly AgencyFeed[] {
  try {
    return feeds();
  } catch (error) {
    log.warn({ kind: kindOf(error) }, 'the feeds of the person index are not known');
    return [];
  }
}

async function onePass(input: Parameters<typeof refreshIndex>[0]): Promise<Refreshed | null> {
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
