import { findAdapters } from '../adapters-found.ts';
import { matchInWorker } from '../app/match-in-worker.ts';
import { openAgencies } from '../app/open-agencies.ts';
import type { Config } from '../config.ts';
import { buildCatalogue } from '../gateway/catalogue.ts';
import { readSchemaFiles } from '../gateway/schema-files.ts';
import { loadKeys } from '../person-index/keys.ts';
import { learnAndMatch } from '../person-index/match-pending.ts';
import { startFeeds } from '../person-index/start-feeds.ts';
import type { Store } from '../person-index/tables.ts';
import { openPolicyStore } from '../sharing/watch.ts';
import { migrate } from '../store/migrate.ts';
import { openStore, type StoreOptions } from '../store/store.ts';
import { openDatabases } from './databases.ts';
import type { IndexCommandDeps, OpenedIndex } from './index-command.ts';
import { createLog } from './log.ts';
import { storeOn } from './open-store.ts';
import { recordFromTerminal } from './operator-register.ts';

const FEEDS: StoreOptions = { connections: 4, connectTimeoutMs: 60_000, statementTimeoutMs: 120_000 };

/** What the person index stands on, for `sightline index`. Throws PolicyError, IndexKeyError and as `openDatabases`. */
export async function openIndex(config: Config, root: string): ReturnType<IndexCommandDeps['open']> {
  const { dataDir, indexKey, indexKeyPrevious, agencyTimeoutMs, registerSigningKey } = config;
  const adapters = await findAdapters(root);
  const agencies = buildCatalogue(readSchemaFiles(root), adapters);
  const policies = openPolicyStore({ root, agencies, onProblem() {}, onChange() {} });
  const keys = loadKeys({
    dataDir,
    env: indexKey ?? undefined,
    previousEnv: indexKeyPrevious ?? undefined,
  });
  const databases = await openDatabases(config);
  const store = storeOn(databases);
  const log = createLog('error');
  const { storeUrl, agencyUrls } = databases;
  const open = openAgencies(adapters, { root, dataDir, storeUrl, agencyUrls, agencyTimeoutMs, log });
  const now = () => new Date();
  // Feeds and matching have connections of their own, and time: a part that is matched holds others up.
  const withTime = async <T>(work: (db: Store) => Promise<T>): Promise<T> => {
    await migrate(storeUrl);
    const fed = openStore(storeUrl, FEEDS);
    return work(fed.db).finally(() => fed.close());
  };
  const refresh: OpenedIndex['refresh'] = (onProgress) =>
    withTime((db) => {
      const matchAll = matchInWorker(root, storeUrl)?.matchAll;
      const feeds = startFeeds({ store: db, keys, log, now, feeds: sources, matchAll, onProgress });
      return feeds.refresh().finally(() => feeds.stop());
    });
  const learn: OpenedIndex['learn'] = (onProgress) =>
    withTime((db) =>
      learnAndMatch(db, { now: now(), onProgress: (done) => onProgress({ step: 'MATCH', ...done }) }),
    );
  const sources = () =>
    [...open.values()].map(({ adapter, database }) => ({
      agency: adapter.id,
      source: adapter.index,
      db: database.kysely,
      share: policies.current().agencies.get(adapter.id)?.index.share ?? [],
    }));
  return {
    store: store.db,
    agencies: adapters.map(({ id }) => id),
    refresh,
    learn,
    changesBy: new Map(
      adapters.flatMap(({ id, index }) => (index.changes ? [[id, index.changes.by] as const] : [])),
    ),
    keys,
    policyVersion: () => policies.current().version,
    record: (entries) => recordFromTerminal({ db: store.db, dataDir, registerSigningKey, log, now }, entries),
    async close() {
      await Promise.all([...open.values()].map(({ database }) => database.close()));
      await store.close();
    },
  };
}
