import type { Keys } from '../person-index/records/keys.ts';
import { refuseUnknownKeys } from '../person-index/records/keys.ts';
import { createRegister, type Register } from '../register/register.ts';
import { migrate } from '../store/migrate.ts';
import { openStore, type Store, type StoreOptions } from '../store/store.ts';
import type { AppOptions } from './options.ts';

/** The gateway's own store and the register in it. */
export interface Stored {
  store: Store;
  /** The same store for the feeds to the person index, which have time. */
  feedStore: Store;
  register: Register;
  /** Whether the store answers within a second. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Connections for the person index, and milliseconds to wait for one: a busy moment makes requests wait, and is not
 * told as a store that is away.
 */
const INDEX_CONNECTIONS = 16;
const INDEX_WAIT_MS = 5_000;
/** The register has connections of its own, so that a busy index never delays a disclosure's record. */
const REGISTER_CONNECTIONS = 2;
/** So have the feeds, whose first pass writes every person of an agency in one transaction. */
export const FEED_CONNECTIONS: StoreOptions = {
  connections: 4,
  connectTimeoutMs: 60_000,
  statementTimeoutMs: 120_000,
};

/**
 * Brings the store up to date and opens it. Rejects where it cannot be reached.
 * @throws IndexKeyError where it is not under these keys, DataDirectoryError where another gateway runs on the data directory
 */
export async function openStored(
  { storeUrl, dataDir, registerSigningKey, registerMetrics: metrics, log }: AppOptions,
  keys: Keys,
  now: () => Date,
): Promise<Stored> {
  await migrate(storeUrl);
  const onConnectionError = () => log.warn({}, 'a connection to the own store was lost');
  const index = { connections: INDEX_CONNECTIONS, connectTimeoutMs: INDEX_WAIT_MS };
  const store = openStore(storeUrl, { ...index, onConnectionError });
  await refuseUnknownKeys(store.db, keys).catch(async (error) => {
    await store.close();
    throw error;
  });
  const registerStore = openStore(storeUrl, { connections: REGISTER_CONNECTIONS, onConnectionError });
  const feedStore = openStore(storeUrl, { ...FEED_CONNECTIONS, onConnectionError });
  const signing = registerSigningKey === undefined ? {} : { signingKey: registerSigningKey };
  const told = metrics === undefined ? {} : { metrics };
  const close = async () => {
    await Promise.all([store.close(), feedStore.close(), registerStore.close()]);
  };
  const opening = createRegister({ db: registerStore.db, dataDir, ...signing, ...told, now, log });
  const register = await opening.catch(async (error) => {
    await close();
    throw error;
  });
  return {
    store,
    feedStore,
    register,
    answers: () =>
      store.ping(1_000).then(
        () => true,
        () => false,
      ),
    close,
  };
}
