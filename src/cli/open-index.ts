import { matchInWorker } from '../app/match-in-worker.ts';
import { feedsOf, loadAgencies, openAgencies } from '../app/open-agencies.ts';
import { openHosts } from '../app/open-hosts.ts';
import { FEED_CONNECTIONS } from '../app/open-stored.ts';
import { hostsAt } from '../config/agency-settings.ts';
import type { Config } from '../config.ts';
import { startFeeds } from '../person-index/feed/start-feeds.ts';
import { learnAndMatch } from '../person-index/match/match-pending.ts';
import { loadKeys } from '../person-index/records/keys.ts';
import { openPolicyStore } from '../sharing/files/watch.ts';
import { migrate } from '../store/migrate.ts';
import { openStore } from '../store/store.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { openDatabases, storeOn } from './databases.ts';
import type { IndexCommandDeps, OpenedIndex } from './index-command.ts';
import { createLog } from './log.ts';
import { recordFromTerminal } from './operator-register.ts';

/** What the person index stands on, for `sightline index`. Throws PolicyError, IndexKeyError and as `openDatabases`. */
export async function openIndex(config: Config, root: string): ReturnType<IndexCommandDeps['open']> {
  const { dataDir, indexKey, indexKeyPrevious, registerSigningKey } = config;
  const enabled = [...config.agencies.keys()];
  const { adapters, apis, catalogue } = await loadAgencies(root, enabled, config.agencies);
  const policies = openPolicyStore({ root, agencies: catalogue, onProblem() {}, onChange() {} });
  const keys = loadKeys({
    dataDir,
    env: indexKey ?? undefined,
    previousEnv: indexKeyPrevious ?? undefined,
  });
  const databases = await openDatabases(config);
  const store = storeOn(databases);
  const log = createLog('error');
  const { storeUrl } = databases;
  const now = () => new Date();
  const policyVersion = () => policies.current().version;
  const connections = hostsAt(config.agencies, dataDir);
  const hosts = openHosts({ adapters, catalogue, connections, policyVersion, log, now });
  const open = openAgencies(adapters, { agencies: databases.agencies, log }, { apis, hosts: hosts.of });
  // Feeds and matching have connections of their own, and time: a part that is matched holds others up.
  const withTime = async <T>(work: (db: StoreDatabase) => Promise<T>): Promise<T> => {
    await migrate(storeUrl);
    const fed = openStore(storeUrl, FEED_CONNECTIONS);
    return work(fed.db).finally(() => fed.close());
  };
  const refresh: OpenedIndex['refresh'] = (onProgress) =>
    withTime((db) => {
      const matchAll = matchInWorker(root, storeUrl)?.matchAll;
      const feeds = startFeeds({
        store: db,
        keys,
        log,
        now,
        feeds: () => feedsOf(open, policies, hosts.policies()),
        matchAll,
        onProgress,
      });
      return feeds.refresh().finally(() => feeds.stop());
    });
  const learn: OpenedIndex['learn'] = (onProgress) =>
    withTime((db) =>
      learnAndMatch(db, { now: now(), onProgress: (done) => onProgress({ step: 'MATCH', ...done }) }),
    );
  return {
    store: store.db,
    agencies: adapters.map(({ id }) => id),
    refresh,
    learn,
    changesBy: new Map(
      adapters.flatMap(({ id, index }) => (index.changes ? [[id, index.changes.by] as const] : [])),
    ),
    keys,
    policyVersion,
    record: (entries) => recordFromTerminal({ db: store.db, dataDir, registerSigningKey, log, now }, entries),
    async close() {
      await Promise.all([...open.values()].map(({ source }) => source.close()));
      await store.close();
    },
  };
}
