import { expect, test } from 'vitest';
import { endOfWorkingDay } from '../../src/acts/working-days.ts';

test.each([
  ['the day after, on an ordinary day', '2026-11-16T03:00:00Z', 1, '2026-11-17T23:59:59.000Z'],
  ['Monday, on a Friday', '2026-11-20T23:59:59Z', 1, '2026-11-23T23:59:59.000Z'],
  ['Monday, on a Sunday', '2026-11-22T12:00:00Z', 1, '2026-11-23T23:59:59.000Z'],
  ['over Christmas with a substitute day', '2026-12-24T03:00:00Z', 1, '2026-12-29T23:59:59.000Z'],
  ['over Easter, into the summer’s time', '2027-03-25T12:00:00Z', 1, '2027-03-30T22:59:59.000Z'],
  ['over the turn of the year', '2026-12-31T12:00:00Z', 1, '2027-01-04T23:59:59.000Z'],
  ['five days on', '2026-12-24T03:00:00Z', 5, '2027-01-05T23:59:59.000Z'],
  [
    'the day in London, which has begun while it is still yesterday in UTC',
    '2026-06-30T23:30:00Z',
    1,
    '2026-07-02T22:59:59.000Z',
  ],
])('%s', async (_what, after, days, end) => {
  expect((await endOfWorkingDay(new Date(after), days)).toISOString()).toBe(end);
});

test('of a moment that is none there is no day, and none is counted back', async () => {
  await expect(endOfWorkingDay(new Date(Number.NaN), 1)).rejects.toThrow(RangeError);
  await expect(endOfWorkingDay(new Date(), 0)).rejects.toThrow(RangeError);
});
