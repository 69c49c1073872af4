import { openStore, type Store, type StoreOptions } from '../store/store.ts';
import { type Databases, openDatabases } from './databases.ts';

/** Commands read more at once than requests do. */
const OPTIONS: StoreOptions = { connections: 2, connectTimeoutMs: 5_000, statementTimeoutMs: 60_000 };

/**
 * The own store for a command that needs nothing else: the one named, or null, the demo's on the data directory.
 * Throws as `openDatabases` does; a store that is named is first asked when it is used.
 */
export async function openCommandStore(databaseUrl: string | null, dataDir: string): Promise<Store> {
  if (databaseUrl !== null) return openStore(databaseUrl, OPTIONS);
  return storeOn(await openDatabases({ deployment: { kind: 'demo' }, dataDir }));
}

/** The own store, which takes the databases with it when it is closed. */
export function storeOn(databases: Databases): Store {
  const store = openStore(databases.storeUrl, OPTIONS);
  return {
    db: store.db,
    ping: (timeoutMs) => store.ping(timeoutMs),
    async close() {
      await store.close();
      await databases.close();
    },
  };
}
