import { setTimeout as sleep } from 'node:timers/promises';
import type { AgencyId, AnyAgencyDatabase } from '../../../adapters/contract.ts';
import type { Logger } from '../../logger.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { learningState } from '../match/learn-model.ts';
import { type MatchAll, matchPending } from '../match/match-pending.ts';
import { loadFeedStates } from '../records/feed-states.ts';
import type { Keys } from '../records/keys.ts';
import { endRetention, type Retention } from './end-retention.ts';
import {
  FeedCollapsedError,
  type FeedProgress,
  type FeedSource,
  type FullEvery,
  type Refreshed,
} from './feed-types.ts';
import { matchTogether } from './match-together.ts';
import { refreshIndex } from './refresh-index.ts';

/** One agency's feed, and its own database, each statement within a time limit of milliseconds and until the signal. */
export interface AgencyFeed extends FeedSource {
  within(limits: { statementMs: number; signal: AbortSignal }): AnyAgencyDatabase;
}

/**
 * How patient feeds are. A statement has `statementMs`, twice as long after each failure, up to `longestMs`: a busy
 * machine or a large table needs more, and only trying tells how much. After `attempts` failures in a row the feed is
 * named as missing; it is tried on.
 */
export interface Patience {
  statementMs: number;
  longestMs: number;
  attempts: number;
}
const PATIENCE: Patience = { statementMs: 15_000, longestMs: 480_000, attempts: 3 };

export interface FeedsInput {
  store: StoreDatabase;
  keys: Keys;
  log: Logger;
  now: () => Date;
  intervalMs?: number;
  fullEvery?: FullEvery | undefined;
  patience?: Patience | undefined;
  /** Asked before every pass, so that a change of policy is taken up by the next. */
  feeds: () => readonly AgencyFeed[];
  /** How long what is no longer fed is kept; without end where it is not said. */
  retention?: Retention | undefined;
  /** How all that waits is matched, where not in this thread. */
  matchAll?: MatchAll | undefined;
  /** Told how far passes are, often: after every page and every part that was matched. */
  onProgress?: ((progress: FeedProgress) => void) | undefined;
  /** Told after every pass, and after everything was matched anew: what is remembered of the index may be another. */
  onIndexed?: (() => void) | undefined;
}
export interface Feeds {
  /**
   * Settles when every agency's feed is in the index and not overdue or, after retries, is missing: gives those that are.
   * At once for an agency whose stored feed is not overdue, though a pass is made of it too. Never rejects.
   */
  filled: Promise<readonly AgencyId[]>;
  /** Settles when every agency has been passed through once, or has failed and been tried again. Never rejects. */
  firstPass: Promise<void>;
  /** One pass of every agency now. Never rejects: an agency that is down keeps what it gave before. */
  refresh(): Promise<ReadonlyMap<string, Refreshed | null>>;
  /** Ends the feeds: what reads is cancelled, what is being written is written. */
  stop(): Promise<void>;
}

const THIRTY_SECONDS = 30_000;
/** Milliseconds before the second retry of a pass that failed, twice as long before each further one, up to this. */
const BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 30_000;
/** Passes that may follow each other because each took so long that its feed was overdue when it ended. */
const CATCHING_UP = 5;

/**
 * Keeps the person index fed. Agencies are independent: one that is down or slow delays no other, but that agencies
 * which are read for the first time are matched together, when each has been read or has failed once.
 */
export function startFeeds({
  intervalMs = THIRTY_SECONDS,
  patience = PATIENCE,
  feeds,
  ...common
}: FeedsInput): Feeds {
  const { store, log, now } = common;
  const running = new Map<AgencyId, Promise<Refreshed | null>>();
  const failures = new Map<AgencyId, number>();
  const retries = new Map<AgencyId, NodeJS.Timeout>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const together = matchTogether(() => matchAll(common));
  const failed = (agency: AgencyId) => failures.get(agency) ?? 0;

  const pass = (feed: AgencyFeed): Promise<Refreshed | null> => {
    const { agency, within, ...source } = feed;
    const inProgress = running.get(agency);
    if (inProgress) return inProgress;
    clearTimeout(retries.get(agency));
    const before = failed(agency);
    const statementMs = Math.min(patience.longestMs, patience.statementMs * 2 ** before);
    const db = within({ statementMs, signal });
    const next = together
      .pass((match) => refreshIndex({ ...common, ...source, agency, db, intervalMs, match }), before === 0)
      .then(
        (refreshed) => {
          failures.delete(agency);
          if (before >= patience.attempts) log.info({ agency }, 'a feed of the person index is back');
          return refreshed;
        },
        (error: unknown) => {
          failures.set(agency, before + 1);
          if (!signal.aborted) tellFailure(log, agency, error, before + 1, patience);
          return null;
        },
      )
      .finally(() => {
        running.delete(agency);
        common.onIndexed?.();
      });
    running.set(agency, next);
    void next.then((done) => {
      if (done === null && !signal.aborted) retries.set(agency, later(agency, failed(agency)));
    });
    return next;
  };
  const later = (agency: AgencyId, times: number) =>
    setTimeout(
      () => {
        const feed = current(feeds, log).find((one) => one.agency === agency);
        if (feed) void pass(feed);
      },
      Math.min(intervalMs, backoff(times)),
    ).unref();

  const refresh = async () => {
    const passes = current(feeds, log).map(async (feed) => {
      const inProgress = running.get(feed.agency);
      // A pass that had begun before may have failed for what is mended now.
      const done = inProgress ? ((await inProgress) ?? (await pass(feed))) : await pass(feed);
      return [feed.agency as string, done] as const;
    });
    const refreshed = new Map(await Promise.all(passes));
    const changed = [...refreshed.values()].some((one) => one && one.changed + one.removed > 0);
    if (changed) await matchIfOutgrown(common);
    await letGo(common);
    return refreshed;
  };

  /** Tries until the feed is in the index and not overdue; gives whether it is. */
  const fill = async (feed: AgencyFeed): Promise<boolean> => {
    for (let passes = 1; !signal.aborted; ) {
      const done = await pass(feed);
      if (done && (passes >= CATCHING_UP || (await isCurrent(store, feed.agency, now())))) return true;
      if (!done && failed(feed.agency) >= patience.attempts) return false;
      if (done) passes += 1;
      else await sleep(backoff(failed(feed.agency)), undefined, { signal }).catch(() => {});
    }
    return false;
  };
  const first = current(feeds, log).map((feed) => {
    const before = isCurrent(store, feed.agency, now());
    const tried = fill(feed);
    const filled = before.then(async (is) => is || (await tried));
    return { agency: feed.agency, tried, filled };
  });
  const timer = setInterval(() => void refresh(), intervalMs).unref();
  return {
    filled: Promise.all(first.map(async ({ agency, filled }) => ((await filled) ? [] : [agency]))).then(
      (missing) => missing.flat(),
    ),
    firstPass: Promise.all(first.map(({ tried }) => tried))
      .then(() => matchIfOutgrown(common))
      .then(() => letGo(common)),
    refresh,
    async stop() {
      clearInterval(timer);
      stopping.abort();
      for (const retry of retries.values()) clearTimeout(retry);
      await Promise.all(running.values());
    },
  };
}

/** The first retry is at once. */
const backoff = (failures: number): number =>
  failures <= 1 ? 0 : Math.min(LONGEST_BACKOFF_MS, BACKOFF_MS * 2 ** (failures - 2));

async function isCurrent(store: StoreDatabase, agency: AgencyId, now: Date): Promise<boolean> {
  const states = await loadFeedStates(store, now).catch(() => null);
  return states?.get(agency)?.overdue === false;
}

/**
 * What a retry may mend is told once, when it has not. A feed that lost most of its records is told each time: no retry
 * mends that. The error of a driver may quote values: only its kind and code are told.
 */
function tellFailure(
  log: Logger,
  agency: AgencyId,
  error: unknown,
  failures: number,
  { attempts }: Patience,
): void {
  const { why, cause, code } = (error ?? {}) as { why?: unknown; cause?: unknown; code?: unknown };
  const fields = {
    agency,
    ...(typeof why === 'string' && { why }),
    kind: kindOf(error),
    code: code === 'SOURCE_UNAVAILABLE' ? (cause as { code?: unknown } | null | undefined)?.code : code,
  };
  if (error instanceof FeedCollapsedError)
    log.warn(fields, 'a feed of the person index lost most of its records at once, and was not taken');
  else if (failures === attempts)
    log.warn({ ...fields, attempts }, 'a feed of the person index cannot be read; it is tried on');
}

function matchAll({ store, now, matchAll, onProgress = () => {} }: Omit<FeedsInput, 'feeds'>): Promise<void> {
  const match: MatchAll = matchAll ?? ((options) => matchPending(store, options));
  return match({ now: now(), onProgress: (progress) => onProgress({ step: 'MATCH', ...progress }) });
}

/** Where the place has outgrown the model, one is learnt and everything is matched by it. */
async function matchIfOutgrown(common: Omit<FeedsInput, 'feeds'>): Promise<void> {
  try {
    if ((await learningState(common.store)).enough) return;
    await matchAll(common);
    common.onIndexed?.();
  } catch (error) {
    common.log.warn({ kind: kindOf(error) }, 'matching by a new model failed');
  }
}

/** What has not been fed for as long as its agency lets it be kept leaves the index. */
async function letGo(common: Omit<FeedsInput, 'feeds'>): Promise<void> {
  const { store, retention, now, log } = common;
  if (!retention) return;
  try {
    const left = await endRetention(store, retention, now());
    if (left === 0) return;
    await matchAll(common);
    common.onIndexed?.();
    log.info({ records: left }, 'records that are no longer fed left the person index');
  } catch (error) {
    log.warn(
      { kind: kindOf(error) },
      'what is no longer fed could not leave the person index; it is tried again',
    );
  }
}

function current(feeds: () => readonly AgencyFeed[], log: Logger): readonly AgencyFeed[] {
  try {
    return feeds();
  } catch (error) {
    log.warn({ kind: kindOf(error) }, 'the feeds of the person index are not known');
    return [];
  }
}

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
