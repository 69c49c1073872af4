import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock } from '../../src/store/lock.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sightline-lock-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const lockFile = () => join(directory, 'sightline.lock');

test('a lock is held once, and can be had again after it was let go', async () => {
  const first = await acquireLock(directory);
  await expect(acquireLock(directory)).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_IN_USE',
    message: expect.stringContaining(`process ${process.pid})`),
  });
  await first.release();
  expect(await readdir(directory)).toEqual([]);
  await (await acquireLock(directory)).release();
});

test.for([
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 - 1, born: null })],
  ['of a process whose id is another one by now', JSON.stringify({ pid: process.pid, born: 'boot/1' })],
  ['that was never written whole', '{"pid":'],
] as const)('a lock %s is taken over', async ([, left]) => {
  await writeFile(lockFile(), left);
  const lock = await acquireLock(directory);
  expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid });
  await lock.release();
  expect(await readdir(directory)).toEqual([]);
});

test('of many who find a dead lock at the same moment, one gets it', async () => {
  await writeFile(lockFile(), JSON.stringify({ pid: 2 ** 22 - 1, born: null }));
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(directory)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await readdir(directory)).toEqual(['sightline.lock']);
});

test('a lock that others have taken over meanwhile is not taken from them', async () => {
  const lock = await acquireLock(directory);
  const theirs = JSON.stringify({ pid: 1, born: 'theirs' });
  await writeFile(lockFile(), theirs);
  await lock.release();
  expect(await readFile(lockFile(), 'utf8')).toBe(theirs);
});
