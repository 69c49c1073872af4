import { expect, it } from 'vitest';
import { refreshProgress } from '../../src/cli/index/refresh-progress.ts';
import type { FeedProgress } from '../../src/person-index/feed/feed-types.ts';

/** What is written of progress at these milliseconds. */
function written(columns: number | null, told: readonly (readonly [number, FeedProgress])[]): string[] {
  const texts: string[] = [];
  let at = 0;
  const progress = refreshProgress({ write: (text) => void texts.push(text), columns }, () => at);
  for (const [milliseconds, one] of told) {
    at = milliseconds;
    progress.tell(one);
  }
  progress.end();
  return texts;
}
const read = (agency: string, records: number, done = false): FeedProgress => ({
  ...{ step: 'READ', agency, records, done },
});
const matched = (done: number, of: number, pairs: number): FeedProgress => ({
  step: 'MATCH',
  done,
  of,
  pairs,
});

it('says of each agency how many records were read, and how fast, no more than once a second', () => {
  expect(
    written(null, [
      [0, read('police', 250)],
      [400, read('police', 1_250)],
      [1_000, read('police', 5_250)],
      [1_100, read('housing', 250)],
      [1_200, read('police', 5_500)],
      [1_500, read('police', 5_600, true)],
    ]),
  ).toEqual([
    'police: 5,250 records read so far, 5,000 a second\n',
    'police: 5,600 records read, 3,567 a second\n',
  ]);
});

it('says how many records are matched, pairs a second, and the time left', () => {
  expect(
    written(null, [
      [0, matched(0, 60_000, 0)],
      [10_000, matched(10_000, 60_000, 400_000)],
      [20_000, matched(30_000, 60_000, 900_000)],
      [40_000, matched(60_000, 60_000, 1_000_000)],
    ]),
  ).toEqual([
    'matching: 10,000 of 60,000 records, 40,000 pairs a second, 50 s left\n',
    'matching: 30,000 of 60,000 records, 45,000 pairs a second, 20 s left\n',
    'matching: 60,000 of 60,000 records, 25,000 pairs a second\n',
  ]);
});

it('is one line on a terminal, no longer than it is wide, and gone at the end', () => {
  expect(
    written(30, [
      [0, read('police', 250)],
      [100, read('police', 500)],
    ]),
  ).toEqual(['\r\u001b[2Kpolice: 500 records read so f', '\r\u001b[2K']);
});
