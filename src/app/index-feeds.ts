import { sql } from 'kysely';
import type { Keys } from '../person-index/keys.ts';
import { startFeeds } from '../person-index/start-feeds.ts';
import type { PolicyStore } from '../sharing/watch.ts';
import type { Store } from '../store/store.ts';
import type { OpenAgency } from './open-agencies.ts';
import type { AppOptions } from './options.ts';

export interface IndexFeeds {
  /** Settles at once where the index was fed before; else when every agency has been tried once. */
  filled: Promise<void>;
  /** One pass of every agency's feed now. */
  refresh(): Promise<unknown>;
  stop(): Promise<void>;
}

/** Keeps the person index fed by every agency, with what its policy lets the index hold. */
export async function startIndexFeeds(
  agencies: ReadonlyMap<string, OpenAgency>,
  policies: PolicyStore,
  { db }: Store,
  keys: Keys,
  { feedIntervalMs, log, now }: AppOptions & { now: () => Date },
): Promise<IndexFeeds> {
  const fed = await sql`select 1 from index_feed limit 1`.execute(db).then(({ rows }) => rows.length > 0);
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
    filled: fed ? Promise.resolve() : feeds.firstPass,
    refresh: () => feeds.refresh(),
    stop: () => feeds.stop(),
  };
}
