import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { DemoDataError } from '../demo/errors.ts';
import { addressFor } from '../demo/login.ts';
import { type DemoState, readState } from '../demo/state.ts';
import { keptPassword } from '../store/embedded/data-directory.ts';
import { DataDirectoryError } from '../store/embedded/errors.ts';
import { clusterIn, existingPlace } from '../store/embedded/place.ts';
import { startEmbedded } from '../store/embedded/start-embedded.ts';

/** Where a command finds what a gateway of the same settings runs on. */
export interface Databases {
  storeUrl: string;
  agencyUrls: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Of the eight lines in which a PostgreSQL server says where it is. */
const PORT_LINE = 3;

/**
 * The databases that are named, else the demo's, whether a demo runs on the data directory or not.
 * Throws DemoDataError if there are none, DataDirectoryError if they cannot be used.
 */
export async function openDatabases({
  deployment,
  dataDir,
}: Pick<Config, 'deployment' | 'dataDir'>): Promise<Databases> {
  if (deployment.kind === 'production') {
    const { databaseUrl, agencyUrls } = deployment;
    return { storeUrl: databaseUrl, agencyUrls, close: async () => {} };
  }
  const state = await readState(dataDir);
  if (!state)
    throw new DemoDataError(`There is no store: give DATABASE_URL, or start the demo once (${dataDir})`);
  const server = await demoServer(dataDir);
  return { ...addressesOf(state, server.url), close: server.stop };
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
