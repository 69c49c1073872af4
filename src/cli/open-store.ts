import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DemoDataError } from '../demo/errors.ts';
import { addressFor } from '../demo/login.ts';
import { readState } from '../demo/state.ts';
import { keptPassword } from '../store/embedded/data-directory.ts';
import { DataDirectoryError } from '../store/embedded/errors.ts';
import { clusterIn, existingPlace } from '../store/embedded/place.ts';
import { startEmbedded } from '../store/embedded/start-embedded.ts';
import { openStore, type Store, type StoreOptions } from '../store/store.ts';

/** Commands read more at once than requests do. */
const OPTIONS: StoreOptions = { connections: 2, connectTimeoutMs: 5_000, statementTimeoutMs: 60_000 };
const STORE = 'sightline';
/** Of the eight lines in which a PostgreSQL server says where it is. */
const PORT_LINE = 3;

/**
 * The own store for a command: the one named, else the demo's, whether a demo runs on the data directory or not.
 * Throws DemoDataError if there is none.
 */
export async function openCommandStore(databaseUrl: string | null, dataDir: string): Promise<Store> {
  if (databaseUrl !== null) return openStore(databaseUrl, OPTIONS);
  const state = await readState(dataDir);
  if (!state)
    throw new DemoDataError(`There is no store: give DATABASE_URL, or start the demo once (${dataDir})`);
  const server = await demoServer(dataDir);
  const store = openStore(addressFor(server.url, state.store), OPTIONS);
  return {
    db: store.db,
    ping: (timeoutMs) => store.ping(timeoutMs),
    async close() {
      await store.close();
      await server.stop();
    },
  };
}

async function demoServer(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  try {
    const server = await startEmbedded({ dataDir });
    return { url: server.url(STORE), stop: () => server.stop() };
  } catch (error) {
    const running = error instanceof DataDirectoryError && error.code === 'DATA_DIRECTORY_IN_USE';
    const url = running ? await runningUrl(dataDir) : null;
    if (url === null) throw error;
    return { url, stop: async () => {} };
  }
}

/** Of the server that a running demo has on its data directory; null if it has none yet. */
async function runningUrl(dataDir: string): Promise<string | null> {
  const place = await existingPlace(dataDir);
  if (place === null) return null;
  const lines = await readFile(join(clusterIn(place), 'postmaster.pid'), 'utf8').catch(() => '');
  const port = Number(lines.split('\n')[PORT_LINE]);
  if (!Number.isInteger(port) || port <= 0) return null;
  return `postgresql://postgres:${await keptPassword(dataDir)}@127.0.0.1:${port}/${STORE}`;
}
