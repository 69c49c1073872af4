import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { createRegister, type Register, type RegisterOptions } from '../../src/register/register.ts';
import { evidenceIn } from '../../src/register/verify/evidence.ts';
import { verifyRegister } from '../../src/register/verify/verify-register.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { databaseOfRun } from '../support/made-once.ts';
import { SILENT } from '../support/silent-log.ts';

/** Runs when the test has ended, last first. */
export function afterThis(work: () => Promise<unknown>): void {
  onTestFinished(async () => void (await work()));
}

/** A store of its own behind a wire that can be broken, and a data directory of its own. */
export interface World {
  /** Reaches the store past the wire, as its superuser. */
  readonly admin: pg.Client;
  readonly proxy: TcpProxy;
  readonly dataDir: string;
  /** A register over the wire. */
  start(options?: Partial<RegisterOptions>): Promise<Register>;
  /** Addresses of the store, past the wire and over it. */
  readonly url: string;
  readonly wiredUrl: string;
  readonly store: Store;
  verify(): ReturnType<typeof verifyRegister>;
}

/** One database for all files of a process: making one takes longer than most tests. It goes with the run. */
let database: Promise<string> | null = null;

async function emptyRegister(): Promise<string> {
  database ??= databaseOfRun('register');
  const url = await database;
  await migrate(url);
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  for (const table of ['register_entry', 'register_leaf', 'register_checkpoint', 'register_expired'])
    await admin.query(`alter table ${table} disable trigger all; truncate ${table};
      alter table ${table} enable trigger all`);
  await admin.end();
  return url;
}

export async function newWorld(): Promise<World> {
  const url = await emptyRegister();
  const proxy = await startProxy(hostOf(url), Number(new URL(url).port || 5432));
  afterThis(() => proxy.close());
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-register-'));
  afterThis(() => rm(dataDir, { recursive: true, force: true }));
  const store = openStore(url, { connections: 2 });
  afterThis(() => store.close());
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  afterThis(() => admin.end());
  const wired = new URL(url);
  wired.host = `127.0.0.1:${proxy.port}`;
  return {
    admin,
    proxy,
    dataDir,
    url,
    wiredUrl: wired.href,
    store,
    start: (options) => start(wired.href, dataDir, options),
    verify: async () => verifyRegister({ db: store.db, sources: [await evidenceIn(dataDir)] }),
  };
}

async function start(
  url: string,
  dataDir: string,
  options: Partial<RegisterOptions> = {},
): Promise<Register> {
  const store = openStore(url, { connections: 2, connectTimeoutMs: 300, statementTimeoutMs: 1_000 });
  afterThis(() => store.close());
  const register = await createRegister({
    db: store.db,
    dataDir,
    now: () => new Date(),
    log: SILENT,
    storeTimeoutMs: 400,
    drainAfterMs: 20,
    ...options,
  });
  afterThis(() => register.close());
  return register;
}

function hostOf(url: string): string {
  return new URL(url).hostname || '127.0.0.1';
}

/** Request ids in the table, in order of place in the chain. */
export async function requestsIn(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query('select request_id from register_entry order by chain, seq');
  return rows.map((row) => row.request_id);
}

/** Resolves once everything waiting has reached the store. */
export async function drained(register: Register): Promise<void> {
  while (register.status().mode !== 'STORE') await new Promise((resolve) => setTimeout(resolve, 10));
}
