import { describe, expect, it, test } from 'vitest';
import {
  ageInWords,
  askedInWords,
  dayInWords,
  isOld,
  isStale,
  yearsOf,
} from '../../src/pages/app/person/ages.ts';

const NOW = Date.parse('2026-11-30T03:00:00Z');
const [MINUTE, DAY] = [60_000, 86_400_000];

test.each([
  [0, 'today'],
  [1, '1 day old'],
  [59, '59 days old'],
  [61, '2 months old'],
  [400, '13 months old'],
  [800, '2 years old'],
])('what was true %i days ago is %s', (days, words) => {
  expect(ageInWords(new Date(NOW - days * DAY).toISOString(), NOW)).toBe(words);
});

test.each([
  [0, 'just now', false],
  [1, '1 minute ago', false],
  [9, '9 minutes ago', false],
  [10, '10 minutes ago', true],
  [61, '1 hour ago', true],
  [60 * 72, '3 days ago', true],
])('what was asked %i minutes ago was asked %s', (minutes, words, stale) => {
  expect(askedInWords(NOW - minutes * MINUTE, NOW)).toBe(words);
  expect(isStale(NOW - minutes * MINUTE, NOW)).toBe(stale);
});

describe('a day', () => {
  it('is the day of London', () => {
    expect(dayInWords('2026-07-01T23:30:00Z')).toBe('2 Jul 2026');
    expect(dayInWords('2002-03-14')).toBe('14 Mar 2002');
  });

  it('of more than a year ago is old', () => {
    expect(isOld('2025-11-29T00:00:00Z', NOW)).toBe(true);
    expect(isOld('2025-12-01T00:00:00Z', NOW)).toBe(false);
  });
});

test.each([
  ['2002-03-14', 24],
  ['2002-11-30', 24],
  ['2002-12-01', 23],
  ['2026-12-24', null],
  ['unknown', null],
])('somebody born %s is %s years', (born, years) => expect(yearsOf(born, NOW)).toBe(years));
