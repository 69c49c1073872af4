import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCluster } from './cluster.ts';
import { keptPassword, LOG_FILE, newPassword, prepareDirectory } from './data-directory.ts';
import { endLeftBehind, endPostmaster, signal } from './end-postmaster.ts';
import { EmbeddedStartError } from './errors.ts';
import { freePort } from './free-port.ts';
import { acquireLock, type Lock } from './lock.ts';
import { rememberPlace } from './place.ts';
import { type Postmaster, startPostmaster } from './postmaster.ts';
import { BASE_SETTINGS } from './settings.ts';
import { type Site, settle } from './site.ts';

const HOST = '127.0.0.1';
const SUPERUSER = 'postgres';
const ATTEMPTS = 5;
const RETRY_MS = 200;
/** Somebody took the port in between; or the last of a killed server's processes are still ending. */
const PASSING = /could not create any TCP\/IP sockets|pre-existing shared memory block/;

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
  if (site.place !== dataDir) tell(`PostgreSQL may not enter ${dataDir}; its files are in ${site.place}`);
  if (await endLeftBehind(site)) tell('Ended the PostgreSQL that a killed process had left behind');
  const password = site.fresh ? await newPassword(dataDir) : await keptPassword(dataDir);
  if (site.fresh) {
    tell(`Making a new database in ${site.place}`);
    await createCluster(site, SUPERUSER, password);
    await rememberPlace(dataDir, site.place);
  }
  const logFile = join(dataDir, LOG_FILE);
  const { port, postmaster } = await startOnFreePort(site, options.settings ?? {}, logFile);
  return {
    host: HOST,
    port,
    superuser: SUPERUSER,
    password,
    fresh: site.fresh,
    logFile,
    url: (database) =>
      `postgresql://${SUPERUSER}:${password}@${HOST}:${port}/${encodeURIComponent(database)}`,
    stop: stopper(site, postmaster, lock, () => tell(`PostgreSQL ended by itself; see ${logFile}`)),
  };
}

async function startOnFreePort(
  site: Site,
  settings: Readonly<Record<string, string>>,
  logFile: string,
): Promise<{ port: number; postmaster: Postmaster }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      const all = { ...BASE_SETTINGS, ...settings, port: String(port) };
      return { port, postmaster: await startPostmaster(site, all, logFile) };
    } catch (error) {
      const passing = error instanceof EmbeddedStartError && PASSING.test(error.message);
      if (!passing || attempt === ATTEMPTS) throw error;
      await sleep(RETRY_MS);
    }
  }
}

function stopper(site: Site, { pid, ended }: Postmaster, lock: Lock, onUnasked: () => void) {
  // A process that exits without stopping us must not leave the server behind.
  const lastMoment = () => signal(pid, 'SIGINT');
  process.once('exit', lastMoment);
  let stopping: Promise<void> | undefined;
  let gone = false;
  void ended.then(() => {
    gone = true;
    process.off('exit', lastMoment);
    if (stopping === undefined) onUnasked();
  });
  const stop = async () => {
    if (!gone) await endPostmaster(site, pid);
    await lock.release();
  };
  return (): Promise<void> => {
    stopping ??= stop();
    return stopping;
  };
}
