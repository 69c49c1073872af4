import { setTimeout } from 'node:timers/promises';
import type { Keys } from '../person-index/keys.ts';
import { startFeeds } from '../person-index/start-feeds.ts';
import type { PolicyStore } from '../sharing/watch.ts';
import type { Store } from '../store/store.ts';
import type { OpenAgency } from './open-agencies.ts';
import type { AppOptions } from './options.ts';

export interface IndexFeeds {
  /** Settles when every agency has been tried once, or the time that a start may wait for it is over. */
  filled: Promise<void>;
  /** One pass of every agency's feed now. */
  refresh(): Promise<unknown>;
  stop(): Promise<void>;
}

/** Milliseconds that a start waits for the first pass; what an agency has not fed by then is told as unavailable. */
const FIRST_PASS_MS = 5_000;

/** Keeps the person index fed by every agency, with what its policy lets the index hold. */
export function startIndexFeeds(
  agencies: ReadonlyMap<string, OpenAgency>,
  policies: PolicyStore,
  { db }: Store,
  keys: Keys,
  { feedIntervalMs, log, now }: AppOptions & { now: () => Date },
): IndexFeeds {
  const feeds = startFeeds({
    store: db,
    keys,
    log,
    now,
    ...(feedIntervalMs !== undefined && { intervalMs: feedIntervalMs }),
    feeds: () =>
      [...agencies.values()].map(({ adapter, database }) => ({
        agency: adapter.id,
        source: adapter.index,
        db: database.kysely,
        share: policies.current().agencies.get(adapter.id)?.index.share ?? [],
      })),
  });
  return {
    filled: Promise.race([feeds.firstPass, setTimeout(FIRST_PASS_MS, undefined, { ref: false })]),
    refresh: () => feeds.refresh(),
    stop: () => feeds.stop(),
  };
}
