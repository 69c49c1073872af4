import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../src/store/embedded/start-embedded.ts';
import { kill, killAll, query, startChild } from './embedded-child.ts';

let folder: string;
let dataDir: string;
let project: string;
let server: EmbeddedPostgres | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-embedded-'));
  await chmod(folder, 0o711);
  dataDir = join(folder, 'data');
  project = join(folder, 'project');
  await mkdir(project);
  await symlink(resolve(import.meta.dirname, '../../node_modules'), join(project, 'node_modules'));
  server = undefined;
});

afterEach(async () => {
  await killAll();
  await server?.stop();
  await removeEmbedded(dataDir);
  await removeEmbedded(join(folder, 'other'));
  await rm(folder, { recursive: true, force: true });
});

const postmasterOf = async (directory: string): Promise<number> =>
  Number((await readFile(join(directory, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);

test('a live process is named; after a kill its server is ended, and nothing is lost', async () => {
  const { process: child, said } = await startChild(project, dataDir, 'stay');
  const url = said.url ?? '';
  await query(url, "create table register (entry text); insert into register values ('before the kill')");
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_IN_USE',
    message: expect.stringContaining(`process ${child.pid})`),
  });
  await kill(child);
  // The server does outlive its parent: this is the case at hand, and it holds the directory.
  expect(await query(url, 'select count(*)::int from register')).toEqual([{ count: 1 }]);
  const left = await postmasterOf(dataDir);

  const told: string[] = [];
  server = await startEmbedded({ dataDir, log: (line) => told.push(line) });

  expect(server.fresh).toBe(false);
  expect(told.join()).toContain('left behind');
  expect(await postmasterOf(dataDir)).not.toBe(left);
  expect(await query(server.url('postgres'), 'select entry from register')).toEqual([
    { entry: 'before the kill' },
  ]);
});

test('after a kill of both, the server recovers what was committed', async () => {
  const { process: child, said } = await startChild(project, dataDir, 'stay');
  await query(
    said.url ?? '',
    "create table register (entry text); insert into register values ('committed')",
  );
  process.kill(await postmasterOf(dataDir), 'SIGKILL');
  await kill(child);

  server = await startEmbedded({ dataDir });
  expect(await query(server.url('postgres'), 'select entry from register')).toEqual([{ entry: 'committed' }]);
});

test('a process that exits without stopping takes its server along', async () => {
  const { process: child, said } = await startChild(project, dataDir, 'exit');
  if (child.exitCode === null) await once(child, 'exit');
  await expect
    .poll(() => query(said.url ?? '', 'select 1').catch((error) => error.code), { timeout: 10_000 })
    .toBe('ECONNREFUSED');
});

test('a server of another directory, whose id a stale file names, is left alone', async () => {
  const first = await startEmbedded({ dataDir });
  const file = join(dataDir, 'cluster', 'postmaster.pid');
  const lines = (await readFile(file, 'utf8')).split('\n');
  await first.stop();
  const { said } = await startChild(project, join(folder, 'other'), 'stay');
  lines[0] = String(await postmasterOf(join(folder, 'other')));
  await writeFile(file, lines.join('\n'));

  server = await startEmbedded({ dataDir });

  expect(await query(server.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(await query(said.url ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a start that was killed while it made the database leaves neither half a database nor a password', async () => {
  await mkdir(join(dataDir, 'cluster.part-0a1b2c3d', 'base'), { recursive: true });
  await writeFile(join(dataDir, 'initdb-password'), 'secret');
  server = await startEmbedded({ dataDir });
  expect(server.fresh).toBe(true);
  // Where the install is in a home that the server's account cannot enter, its programs stand here too.
  const left = (await readdir(dataDir)).filter((name) => !name.startsWith('postgresql-'));
  expect(left.sort()).toEqual(['cluster', 'postgresql.log', 'sightline.lock', 'superuser-password']);
});
