import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';

/** What the run's set-up tells the workers about the server. */
export interface ProvidedServer {
  /** Address of the server's `postgres` database, as the superuser. */
  readonly admin: string;
  readonly logFile: string | null;
  readonly kind: 'embedded' | 'server';
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: ProvidedServer;
  }
}

export interface TestServer {
  /** Address of a database, as the superuser. */
  url(database: string): string;
  /**
   * The server's log, in which every line that starts a message begins `time|database|user|process|`;
   * null where the server's own log cannot be read.
   */
  readonly logFile: string | null;
  readonly kind: 'embedded' | 'server';
}

/** The PostgreSQL of this test run: the server of TEST_POSTGRES_URL, else one embedded for all test files. */
export async function testServer(): Promise<TestServer> {
  const { admin, logFile, kind } = inject('postgres');
  return { url: (database) => addressOf(admin, database), logFile, kind };
}

/** A copy of a database that nobody is connected to, for one test to change as it likes. */
export async function cloneDatabase(template: string): Promise<{ url: string; drop(): Promise<void> }> {
  const { url } = await testServer();
  const name = `clone_${randomBytes(8).toString('hex')}`;
  await createDatabase(url('postgres'), name, { template });
  return { url: url(name), drop: () => dropDatabase(url('postgres'), name) };
}

/** The same server and login, another database. */
export function addressOf(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(database)}`;
  return address.href;
}

/** A pool whose connections may break: a test's database is dropped by force while they say goodbye. */
export function testPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
