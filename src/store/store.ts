import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { OurClient, oursInPool, schemaOf } from '../session.ts';
import { guardedPool } from './guarded-pool.ts';
import { StoreUnreachableError } from './outage.ts';
import type { StoreDatabase, StoreTables } from './tables.ts';

export interface StoreOptions {
  /** Most connections open at once; statements beyond wait. */
  readonly connections?: number;
  /** Milliseconds to wait for a connection, a free one or a new one. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds a statement may take, at the server; the connection is given up half a second later. */
  readonly statementTimeoutMs?: number;
  /** Told of connections that break while idle, until the store is closed; the message has no data in it. */
  readonly onConnectionError?: (error: Error) => void;
}

/** The gateway's own database. Never holds case data. */
export interface Store {
  readonly db: StoreDatabase;
  /** Resolves if the store answers within so many milliseconds, else throws StoreUnreachableError. */
  ping(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds between the server's time limit and giving up on its answer. */
const ANSWER_GRACE_MS = 500;
/** Milliseconds in which connections may say goodbye before they are cut. */
const GOODBYE_MS = 1_000;

/**
 * Opens the own store. Connects when first asked, so it never throws here.
 * @param url a `postgres://` address
 */
export function openStore(url: string, options: StoreOptions = {}): Store {
  const pool = poolOf(url, options);
  const clients = watch(pool, options.onConnectionError ?? (() => {}));
  const db = new Kysely<StoreTables>({ dialect: new PostgresDialect({ pool: guardedPool(pool) }) });
  return {
    db,
    ping: (timeoutMs) => ping(db, timeoutMs),
    close: () => close(db, clients),
  };
}

function poolOf(url: string, options: StoreOptions): pg.Pool {
  const statementTimeout = options.statementTimeoutMs ?? 5_000;
  return new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 1_000,
    statement_timeout: statementTimeout,
    ...oursInPool({ schema: schemaOf(url), readOnly: false, statementMs: statementTimeout }),
    query_timeout: statementTimeout + ANSWER_GRACE_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'sightline',
  });
}

/** Without listeners a connection that breaks, idle or in use, would end the process. */
function watch(pool: pg.Pool, onError: (error: Error) => void): Set<pg.PoolClient> {
  const clients = new Set<pg.PoolClient>();
  pool.on('error', (error) => {
    // A goodbye that the server did not wait for is no loss.
    if (!pool.ending) onError(error);
  });
  pool.on('connect', (client) => {
    clients.add(client);
    client.on('error', () => {});
  });
  pool.on('remove', (client) => clients.delete(client));
  return clients;
}

async function ping(db: StoreDatabase, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([sql`select 1`.execute(db), late]);
  } catch (cause) {
    throw cause instanceof StoreUnreachableError ? cause : new StoreUnreachableError(cause);
  } finally {
    clearTimeout(timer);
  }
}

/** Says goodbye, but never waits for a server that has stopped listening. */
async function close(db: StoreDatabase, clients: ReadonlySet<pg.PoolClient>): Promise<void> {
  const cut = setTimeout(() => {
    for (const client of clients) if (client instanceof OurClient) client.cut();
  }, GOODBYE_MS);
  await db.destroy();
  clearTimeout(cut);
}
