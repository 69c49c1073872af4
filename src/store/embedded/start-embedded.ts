import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock, type Lock } from '../lock.ts';
import { createCluster } from './cluster.ts';
import { keptPassword, LOG_FILE, newPassword, prepareDirectory } from './data-directory.ts';
import { endLeftBehind, endPostmaster, signal } from './end-postmaster.ts';
import { EmbeddedStartError } from './errors.ts';
import { rememberPlace } from './place.ts';
import { type Postmaster, startPostmaster } from './postmaster.ts';
import { type Site, settle } from './site.ts';

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

const RETRY_MS = 200;
/** A busy machine takes its time to end what was killed. */
const PATIENCE_MS = 30_000;

/** Somebody took the port in between; or the last of a killed server's processes are still ending. */
const PASSING = /could not create any TCP\/IP sockets|pre-existing shared memory block/;

/**
 * Starts the server on a port that is free, and again, on another, while what keeps it from starting may pass.
 * @throws EmbeddedStartError
 */
async function startOnFreePort(
  site: Site,
  settings: Readonly<Record<string, string>>,
  logFile: string,
): Promise<{ port: number; postmaster: Postmaster }> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const port = await freePort();
    try {
      const postmaster = await startPostmaster(site, { ...settings, port: String(port) }, logFile);
      return { port, postmaster };
    } catch (error) {
      const passing = error instanceof EmbeddedStartError && PASSING.test(error.message);
      if (!passing || performance.now() > end) throw error;
      await sleep(RETRY_MS);
    }
  }
}

/** A TCP port of the loopback address that nobody listens on at this moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * The way to stop a server that runs: ends it and frees the data directory; further calls wait for the first.
 * Until then, a process that exits without calling it takes the server along.
 * @param onUnasked told if the server ends without having been asked to
 */
function stopServer(
  site: Site,
  { pid, ended }: Postmaster,
  lock: Lock,
  onUnasked: () => void,
): () => Promise<void> {
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
    // The id of a server that is gone may be another program's by now.
    if (!gone) await endPostmaster(site, pid);
    await lock.release();
  };
  return () => {
    stopping ??= stop();
    return stopping;
  };
}

/**
 * Settings of the embedded server: loopback only, nothing lost in a crash, small, quick to start.
 * Statements that fail are not logged, since their texts may hold personal data.
 */
const BASE_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  // One server of one machine: no replicas, and no helpers for each query, which small ones only wait for.
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_checkpoints: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  timezone: 'UTC',
  log_timezone: 'UTC',
};
