import { join } from 'node:path';
import { createCluster } from './cluster.ts';
import { keptPassword, LOG_FILE, newPassword, prepareDirectory } from './data-directory.ts';
import { endLeftBehind } from './end-postmaster.ts';
import { acquireLock, type Lock } from './lock.ts';
import { rememberPlace } from './place.ts';
import { BASE_SETTINGS } from './settings.ts';
import { settle } from './site.ts';
import { startOnFreePort } from './start-on-free-port.ts';
import { stopServer } from './stop-server.ts';

const HOST = '127.0.0.1';
const SUPERUSER = 'postgres';

export interface EmbeddedOptions {
  /** Folder for the database, its password, lock and log; made where missing. */
  readonly dataDir: string;
  /** Takes what is worth telling whoever started us, a line at a time. */
  readonly log?: (line: string) => void;
  /** PostgreSQL settings over the module's own. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly host: typeof HOST;
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
  /** Whether the data directory was empty before this start. */
  readonly fresh: boolean;
  readonly logFile: string | null;
  /** Address of a database, as the superuser. */
  url(database: string): string;
  /** Ends the server, its clients with it, and frees the data directory. Further calls wait for the first. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL server of our own on the loopback address and waits until it takes connections.
 * @throws DataDirectoryError if the directory cannot be written, is in use or is damaged
 * @throws EmbeddedUnsupportedError where the binaries cannot run
 * @throws EmbeddedStartError with PostgreSQL's own words
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = await prepareDirectory(options.dataDir);
  const lock = await acquireLock(dataDir);
  try {
    return await startLocked(dataDir, lock, options);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startLocked(dataDir: string, lock: Lock, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const tell = options.log ?? (() => {});
  const site = await settle(dataDir);
  if (await endLeftBehind(site)) tell('Ended the PostgreSQL that a killed process had left behind');
  const password = site.fresh ? await newPassword(dataDir) : await keptPassword(dataDir);
  if (site.fresh) {
    const why = site.place === dataDir ? '' : `, since PostgreSQL's account may not enter ${dataDir}`;
    tell(`Making a new database in ${site.place}${why}`);
    await createCluster(site, SUPERUSER, password);
    await rememberPlace(dataDir, site.place);
  }
  const logFile = join(dataDir, LOG_FILE);
  const { port, postmaster } = await startOnFreePort(
    site,
    { ...BASE_SETTINGS, ...options.settings },
    logFile,
  );
  return {
    host: HOST,
    port,
    superuser: SUPERUSER,
    password,
    fresh: site.fresh,
    logFile,
    url: (database) =>
      `postgresql://${SUPERUSER}:${password}@${HOST}:${port}/${encodeURIComponent(database)}`,
    stop: stopServer(site, postmaster, lock, () => tell(`PostgreSQL ended by itself; see ${logFile}`)),
  };
}
