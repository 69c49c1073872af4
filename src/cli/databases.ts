import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppOptions } from '../app/options.ts';
import { agenciesAt } from '../config/agency-settings.ts';
import type { Config } from '../config.ts';
import { addressFor, DemoDataError, type DemoState, readState } from '../demo/state.ts';
import { keptPassword } from '../store/embedded/data-directory.ts';
import { DataDirectoryError } from '../store/embedded/errors.ts';
import { clusterIn, existingPlace } from '../store/embedded/place.ts';
import { startEmbedded } from '../store/embedded/start-embedded.ts';
import { openStore, type Store, type StoreOptions } from '../store/store.ts';

/** The databases of a gateway with the same settings. */
interface Databases {
  storeUrl: string;
  agencies: AppOptions['agencies'];
  close(): Promise<void>;
}

/** Of the eight lines in which a PostgreSQL server says where it is. */
const PORT_LINE = 3;

/** Of the settings, what says where the databases are. */
type Named = Pick<Config, 'deployment' | 'agencies' | 'dataDir'>;

/**
 * The databases that the settings name, else the demo's, whether or not a demo is running on the data directory. Throws
 * DemoDataError if there are none, DataDirectoryError if they cannot be used.
 */
export async function openDatabases({ deployment, agencies, dataDir }: Named): Promise<Databases> {
  if (deployment.kind === 'production') {
    const { databaseUrl } = deployment;
    return { storeUrl: databaseUrl, agencies: agenciesAt(agencies, {}), close: async () => {} };
  }
  const state = await readState(dataDir);
  if (!state)
    throw new DemoDataError(`There is no store: give DATABASE_URL, or start the demo once (${dataDir})`);
  const server = await demoServer(dataDir);
  const { storeUrl, agencyUrls } = addressesOf(state, server.url);
  return { storeUrl, agencies: agenciesAt(agencies, agencyUrls), close: server.stop };
}

function addressesOf({ store, agencies }: DemoState, url: (database: string) => string) {
  const readers = Object.entries(agencies).map(([agency, login]) => {
    return [agency, addressFor(url(`agency_${agency.replaceAll('-', '_')}`), login)];
  });
  return { storeUrl: addressFor(url('sightline'), store), agencyUrls: Object.fromEntries(readers) };
}

async function demoServer(dataDir: string) {
  try {
    const server = await startEmbedded({ dataDir });
    return { url: (database: string) => server.url(database), stop: () => server.stop() };
  } catch (error) {
    const running = error instanceof DataDirectoryError && error.code === 'DATA_DIRECTORY_IN_USE';
    const url = running ? await runningServer(dataDir) : null;
    if (url === null) throw error;
    return { url, stop: async () => {} };
  }
}

/** Addresses on the server that a running demo has on its data directory; null if it has none yet. */
async function runningServer(dataDir: string): Promise<((database: string) => string) | null> {
  const place = await existingPlace(dataDir);
  if (place === null) return null;
  const lines = await readFile(join(clusterIn(place), 'postmaster.pid'), 'utf8').catch(() => '');
  const port = Number(lines.split('\n')[PORT_LINE]);
  if (!Number.isInteger(port) || port <= 0) return null;
  const password = await keptPassword(dataDir);
  return (database) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

/** Commands read more at once than requests do. */
const OPTIONS: StoreOptions = { connections: 2, connectTimeoutMs: 5_000, statementTimeoutMs: 60_000 };

/**
 * The gateway's own store, for a command that needs nothing else: at the address given, or for null the demo's on the
 * data directory. Throws as `openDatabases` does. A store given by its address is connected to only when it is used.
 */
export async function openCommandStore(databaseUrl: string | null, dataDir: string): Promise<Store> {
  if (databaseUrl !== null) return openStore(databaseUrl, OPTIONS);
  return storeOn(await openDatabases({ deployment: { kind: 'demo' }, agencies: new Map(), dataDir }));
}

/** The own store; closing it closes the databases too. */
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
