/** What every request asks of the index alike is kept for a second, and not when it may be another. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { IndexMemory } from '../../src/person-index/records/memory.ts';

const counted = () => {
  let count = 0;
  return async () => {
    count += 1;
    return count;
  };
};

it('who asks within the second is told what the one before was, and after it what is so then', async () => {
  const memory = new IndexMemory();
  const load = counted();
  expect(await Promise.all([memory.keep('feeds', load), memory.keep('feeds', load)])).toEqual([1, 1]);
  await wait(1_050);
  expect(await memory.keep('feeds', load)).toBe(2);
});

it('one caller is never told of whom another is kept', async () => {
  const memory = new IndexMemory();
  expect(await memory.keep('PC1', async () => ['Maya'])).toEqual(['Maya']);
  expect(await memory.keep('PC2', async () => [])).toEqual([]);
});

it('when the index has changed, the next request asks it, though another still waits for an older answer', async () => {
  const memory = new IndexMemory();
  let answer = (_kept: string[]) => {};
  const slow = memory.keep('PC1', () => new Promise<string[]>((resolve) => (answer = resolve)));
  memory.forget();
  expect(await memory.keep('PC1', async () => ['Maya'])).toEqual(['Maya']);
  answer([]);
  expect(await slow).toEqual([]);
  expect(await memory.keep('PC1', async () => ['nobody asks'])).toEqual(['Maya']);
});

it('a store that could not answer is asked again by the next', async () => {
  const memory = new IndexMemory();
  await expect(memory.keep('feeds', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await memory.keep('feeds', async () => 'there')).toBe('there');
});
