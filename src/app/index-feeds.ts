import { setTimeout } from 'node:timers/promises';
import { loadFeedStates } from '../person-index/feed-states.ts';
import type { Keys } from '../person-index/keys.ts';
import { startFeeds } from '../person-index/start-feeds.ts';
import type { PolicyStore } from '../sharing/watch.ts';
import type { Store } from '../store/store.ts';
import { howFar } from './how-far.ts';
import { matchInWorker } from './match-in-worker.ts';
import type { OpenAgency } from './open-agencies.ts';
import type { AppOptions } from './options.ts';

export interface IndexFeeds {
  /**
   * Settles when every agency has been tried once, or the time that a start may wait for it is over; at once where no
   * stored feed is overdue, which is as fresh as a feed is between two passes.
   */
  filled: Promise<void>;
  /** One pass of every agency's feed now. */
  refresh(): Promise<unknown>;
  stop(): Promise<void>;
}

/** Milliseconds that a start waits for a pass; what an agency has not fed by then is told as unavailable. */
const PASS_MS = 5_000;
/** The same where an agency has never been fed, and nobody of it is known yet. */
const FIRST_PASS_MS = 15_000;
/** Milliseconds between lines on how far first passes are. */
const TELL_EVERY_MS = 3_000;

/** Keeps the person index fed by every agency, with what its policy lets the index hold. */
export function startIndexFeeds(
  agencies: ReadonlyMap<string, OpenAgency>,
  policies: PolicyStore,
  { db }: Store,
  keys: Keys,
  { feedIntervalMs, log, now, root, storeUrl, tell = () => {} }: AppOptions & { now: () => Date },
): IndexFeeds {
  const far = howFar();
  const thread = matchInWorker(root, storeUrl);
  const feeds = startFeeds({
    onProgress: far.note,
    matchAll: thread?.matchAll,
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
  let over = false;
  const done = feeds.firstPass.finally(() => {
    over = true;
  });
  const fed = async () => [...(await loadFeedStates(db, now()).catch(() => new Map())).values()];
  const filled = async () => {
    const before = await fed();
    if (before.length === agencies.size && before.every(({ overdue }) => !overdue)) return;
    const first = before.length < agencies.size;
    if (first) void tellHowFar();
    await Promise.race([done, setTimeout(first ? FIRST_PASS_MS : PASS_MS, undefined, { ref: false })]);
    if (!over) tell('The person index is still being filled: some people cannot be found yet');
  };
  const tellHowFar = async () => {
    const waiting = () => Promise.race([done, setTimeout(TELL_EVERY_MS, undefined, { ref: false })]);
    for (await waiting(); !over; await waiting()) tell(`Filling the person index: ${far.said()}`);
  };
  return {
    filled: filled(),
    refresh: () => feeds.refresh(),
    async stop() {
      await thread?.stop();
      await feeds.stop();
    },
  };
}
