import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProvidedContext } from 'vitest';
import type { TestProject } from 'vitest/node';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts';
import { LOCK_FILE } from '../../src/store/lock.ts';
import type {} from './made-once.ts';
import type {} from './postgres.ts';
import { dropAll } from './rows.ts';

const PREFIX = 'sightline-test-run-';

/**
 * Nothing here outlives the run, so nothing waits for the disk; every statement is there to be read, without its values.
 * Gateways of all test files that run at once find connections enough.
 */
const SETTINGS = {
  max_connections: '500',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  log_statement: 'all',
  log_parameter_max_length: '0',
  log_min_messages: 'warning',
  log_error_verbosity: 'default',
  log_line_prefix: '%m|%d|%u|%p|',
};

type Provided = Pick<ProvidedContext, 'postgres' | 'madeOnce'>;
interface Run {
  projects: number;
  started: Promise<{ provided: Provided; end(): Promise<void> }>;
}
/** Each project of a run loads this file for itself. */
const shared = globalThis as typeof globalThis & { sightlineTestRun?: Run };

/** One server for the whole run, of whichever projects: the one named by TEST_POSTGRES_URL, else an embedded one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.sightlineTestRun ??= { projects: 0, started: start() };
  const run = shared.sightlineTestRun;
  run.projects += 1;
  const { provided, end } = await run.started;
  project.provide('postgres', provided.postgres);
  project.provide('madeOnce', provided.madeOnce);
  return async () => {
    run.projects -= 1;
    if (run.projects > 0) return;
    delete shared.sightlineTestRun;
    await end();
  };
}

async function start(): Run['started'] {
  const named = process.env.TEST_POSTGRES_URL;
  if (named !== undefined && named !== '') {
    const logFile = process.env.TEST_POSTGRES_LOG ?? null;
    const once = {
      prefix: `once_${randomBytes(4).toString('hex')}_`,
      dataDir: await mkdtemp(join(tmpdir(), PREFIX)),
    };
    return {
      provided: { postgres: { admin: named, logFile, kind: 'server' }, madeOnce: once },
      async end() {
        await dropAll(named, once.prefix);
        await rm(once.dataDir, { recursive: true, force: true });
      },
    };
  }
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  await chmod(folder, 0o711);
  const server = await startEmbedded({ dataDir: join(folder, 'data'), settings: SETTINGS });
  return {
    provided: {
      postgres: { admin: server.url('postgres'), logFile: server.logFile, kind: 'embedded' },
      madeOnce: { prefix: 'once_', dataDir: join(folder, 'once') },
    },
    async end() {
      await server.stop();
      await removeRun(folder);
    },
  };
}

/**
 * Runs that were killed leave a server and its files. One that still lives holds its lock, and one that is
 * about to start has none yet: both keep theirs.
 */
async function removeAbandoned(): Promise<void> {
  const runs = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  const folders = runs.map((name) => join(tmpdir(), name));
  const started = folders.filter((folder) => existsSync(join(folder, 'data', LOCK_FILE)));
  await Promise.all(started.map((folder) => removeRun(folder).catch(() => {})));
}

async function removeRun(folder: string): Promise<void> {
  await removeEmbedded(join(folder, 'data'));
  await rm(folder, { recursive: true, force: true });
}
