import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { LeavingRecord } from '../person-index/feed/end-retention.ts';
import type { FeedProgress } from '../person-index/feed/feed-types.ts';
import { startFeeds } from '../person-index/feed/start-feeds.ts';
import type { Keys } from '../person-index/records/keys.ts';
import type { IndexMemory } from '../person-index/records/memory.ts';
import type { RegisterEntry } from '../register/entry.ts';
import type { PolicyStore } from '../sharing/files/watch.ts';
import { type HostPolicies, shorterPeriod } from '../sharing/stricter.ts';
import { matchInWorker } from './match-in-worker.ts';
import { feedsOf, type OpenAgency } from './open-agencies.ts';
import type { Stored } from './open-stored.ts';
import type { AppOptions } from './options.ts';

export interface IndexFeeds {
  /**
   * Settles when every agency's feed is in the index and not overdue or, after retries, is named as missing; gives
   * those. At once where that is so of what is stored.
   */
  filled: Promise<readonly string[]>;
  /** How far that is, in words for anybody; null once it is so. */
  filling(): string | null;
  /** One pass of every agency's feed now. */
  refresh(): Promise<unknown>;
  /** Cancels what is being read; the next start goes on from there. */
  stop(): Promise<void>;
}

/** Milliseconds between two states of what a start tells of the filling. */
const TELL_EVERY_MS = 500;

/** Keeps the person index fed by every agency, with what its policy lets the index hold. */
export function startIndexFeeds(
  agencies: ReadonlyMap<string, OpenAgency>,
  policies: PolicyStore,
  { feedStore: { db }, register }: Pick<Stored, 'feedStore' | 'register'>,
  keys: Keys,
  memory: IndexMemory,
  hosts: () => HostPolicies,
  { feedIntervalMs, log, now, root, storeUrl, tell = () => {} }: AppOptions & { now: () => Date },
): IndexFeeds {
  const far = howFar(agencies.size);
  const thread = matchInWorker(root, storeUrl);
  const feeds = startFeeds({
    onProgress: far.note,
    onIndexed: () => memory.forget(),
    matchAll: thread?.matchAll,
    store: db,
    keys,
    log,
    now,
    retention: {
      periods: () =>
        new Map(
          [...agencies.keys()].flatMap((agency) => {
            const period = policies.current().agencies.get(agency)?.index.retain;
            if (period === undefined) return [];
            const atHost = hosts().get(agency)?.policy.agencies.get(agency)?.index.retain;
            return [[agency, (atHost && shorterPeriod(period, atHost, now())) ?? period] as const];
          }),
        ),
      register: (leaving, at) => register.record(retentionEntries(leaving, at, policies.current().version)),
    },
    ...(feedIntervalMs !== undefined && { intervalMs: feedIntervalMs }),
    feeds: () => feedsOf(agencies, policies, hosts()),
  });
  let over = false;
  const filled = feeds.filled.finally(() => {
    over = true;
  });
  const tellHowFar = async () => {
    const waiting = () => Promise.race([filled, setTimeout(TELL_EVERY_MS, undefined, { ref: false })]);
    for (await waiting(); !over; await waiting()) tell(`Filling the person index: ${far.inWords()}`);
  };
  void tellHowFar();
  return {
    filled,
    filling: () => (over ? null : far.inWords()),
    refresh: () => feeds.refresh(),
    async stop() {
      await thread?.stop();
      await feeds.stop();
    },
  };
}

/** Keeps how far the filling of the person index is, and says it in few words. */
function howFar(agencies: number): { note(progress: FeedProgress): void; inWords(): string } {
  const read = new Map<string, { records: number; done: boolean }>();
  let matched: { done: number; of: number } | null = null;
  return {
    note(progress) {
      if (progress.step === 'READ') read.set(progress.agency, progress);
      else matched = progress;
    },
    inWords() {
      if (matched) return `${matched.done} of ${matched.of} records matched`;
      const all = [...read.values()];
      const records = all.reduce((sum, one) => sum + one.records, 0);
      const whole = all.filter(({ done }) => done).length;
      return `${records} records read, ${whole} of ${agencies} agencies to the end`;
    },
  };
}

/** Nobody asked for it: the gateway itself takes out what agencies let it keep no longer. */
function retentionEntries(
  leaving: readonly LeavingRecord[],
  now: Date,
  policyVersion: string,
): RegisterEntry[] {
  const requestId = randomUUID();
  return leaving.map(({ agency, person, period, goneAt }) => ({
    requestId,
    at: now.toISOString(),
    kind: 'RETENTION',
    sub: 'gateway',
    name: null,
    role: null,
    organisation: null,
    site: null,
    purpose: null,
    reference: null,
    regime: null,
    relationship: null,
    person,
    policyVersion,
    outcomes: [
      {
        section: 'index',
        agency,
        state: 'LEFT',
        level: null,
        reason: period,
        asOf: goneAt.toISOString(),
      },
    ],
  }));
}
