import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import type { MadeDemo } from '../fixtures/demo-databases.ts';
import { testServer } from '../support/postgres.ts';
import { BIN } from '../support/running-program.ts';

/** `sightline index refresh` as a process of its own, over the databases of a demo and a store of its own. */
export interface RefreshedStore {
  /** Starts it, and kills it (SIGKILL) as soon as a question to the store is answered with true. False if it ended before. */
  killWhen(question: string): Promise<boolean>;
  /** Lets it run to its end. */
  run(): Promise<{ code: number | null; out: string; err: string }>;
  query<T>(sql: string): Promise<T[]>;
  drop(): Promise<void>;
}

export async function refreshedStore(name: string, demo: MadeDemo, dataDir: string): Promise<RefreshedStore> {
  const { url } = await testServer();
  const database = `${name}_${process.pid}`;
  await createDatabase(url('postgres'), database);
  const store = new pg.Client({ connectionString: url(database) });
  await store.connect();
  const env = environment(url(database), demo, dataDir);
  const start = () => spawn(process.execPath, [BIN, 'index', 'refresh'], { env });
  return {
    async killWhen(question) {
      const child = start();
      const closed = once(child, 'close');
      while (running(child) && !(await isTrue(store, question))) await setTimeout(2);
      const killed = running(child) && child.kill('SIGKILL');
      await closed;
      return killed && child.signalCode === 'SIGKILL';
    },
    async run() {
      const child = start();
      let [out, err] = ['', ''];
      child.stdout.on('data', (text) => {
        out += text;
      });
      child.stderr.on('data', (text) => {
        err += text;
      });
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, out, err };
    },
    query: async <T>(text: string) => (await store.query(text)).rows as T[],
    async drop() {
      await store.end();
      await dropDatabase(url('postgres'), database);
    },
  };
}

/** All that a place's own gateway is told; nobody signs in to it. */
function environment(storeUrl: string, { agencies }: MadeDemo, dataDir: string): NodeJS.ProcessEnv {
  const agencyUrls = Object.entries(agencies).map(([agency, { url }]) => [
    `${agency.toUpperCase().replaceAll('-', '_')}_DATABASE_URL`,
    url,
  ]);
  return {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir, DATABASE_URL: storeUrl },
    ...{ OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'sightline' },
    ...{ AGENCY_TIMEOUT_MS: '20000', INDEX_KEY: Buffer.alloc(32, 7).toString('base64') },
    ...Object.fromEntries(agencyUrls),
  };
}

const running = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

/** A store that has no tables yet answers with no. */
async function isTrue(store: pg.Client, question: string): Promise<boolean> {
  try {
    return (
      (await store.query<{ answer: boolean }>(`select (${question}) as answer`)).rows[0]?.answer === true
    );
  } catch (error) {
    if ((error as { code?: string }).code === '42P01') return false;
    throw error;
  }
}
