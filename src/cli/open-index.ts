import { findAdapters } from '../adapters-found.ts';
import { openAgencies } from '../app/open-agencies.ts';
import type { Config } from '../config.ts';
import { buildCatalogue } from '../gateway/catalogue.ts';
import { readSchemaFiles } from '../gateway/schema-files.ts';
import { loadKeys } from '../person-index/keys.ts';
import { startFeeds } from '../person-index/start-feeds.ts';
import { openPolicyStore } from '../sharing/watch.ts';
import { openDatabases } from './databases.ts';
import type { IndexCommandDeps } from './index-command.ts';
import { createLog } from './log.ts';
import { storeOn } from './open-store.ts';

/** What the person index stands on, for `sightline index`. Throws PolicyError, IndexKeyError and as `openDatabases`. */
export async function openIndex(config: Config, root: string): ReturnType<IndexCommandDeps['open']> {
  const { dataDir, indexKey, agencyTimeoutMs } = config;
  const adapters = await findAdapters(root);
  const agencies = buildCatalogue(readSchemaFiles(root), adapters);
  const policies = openPolicyStore({ root, agencies, onProblem() {}, onChange() {} });
  const keys = loadKeys({ dataDir, env: indexKey ?? undefined });
  const databases = await openDatabases(config);
  const store = storeOn(databases);
  const log = createLog('error');
  const { storeUrl, agencyUrls } = databases;
  const open = openAgencies(adapters, { root, dataDir, storeUrl, agencyUrls, agencyTimeoutMs, log });
  const now = () => new Date();
  const refresh = async () => {
    const feeds = startFeeds({ store: store.db, keys, log, now, feeds: sources });
    return feeds.refresh().finally(() => feeds.stop());
  };
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
    async close() {
      await Promise.all([...open.values()].map(({ database }) => database.close()));
      await store.close();
    },
  };
}
