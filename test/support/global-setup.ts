import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { LOCK_FILE } from '../../src/store/embedded/lock.ts';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts';
import type {} from './made-once.ts';
import type {} from './postgres.ts';
import { dropAll } from './rows.ts';

const PREFIX = 'sightline-test-run-';

/** Nothing here outlives the run, so nothing waits for the disk; every statement is there to be read, without its values. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  log_statement: 'all',
  log_parameter_max_length: '0',
  log_min_messages: 'warning',
  log_error_verbosity: 'default',
  log_line_prefix: '%m|%d|%u|%p|',
};

/** One server for the whole run: the one named by TEST_POSTGRES_URL, else an embedded one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env.TEST_POSTGRES_URL;
  if (named !== undefined && named !== '') {
    const logFile = process.env.TEST_POSTGRES_LOG ?? null;
    project.provide('postgres', { admin: named, logFile, kind: 'server' });
    const once = {
      prefix: `once_${randomBytes(4).toString('hex')}_`,
      dataDir: await mkdtemp(join(tmpdir(), PREFIX)),
    };
    project.provide('madeOnce', once);
    return async () => {
      await dropAll(named, once.prefix);
      await rm(once.dataDir, { recursive: true, force: true });
    };
  }
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  await chmod(folder, 0o711);
  const server = await startEmbedded({ dataDir: join(folder, 'data'), settings: SETTINGS });
  project.provide('postgres', {
    admin: server.url('postgres'),
    logFile: server.logFile,
    kind: 'embedded',
  });
  project.provide('madeOnce', { prefix: 'once_', dataDir: join(folder, 'once') });
  return async () => {
    await server.stop();
    await removeRun(folder);
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
