/** The order of a timeline and its window, whatever events there are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePlaces, type TimelinePlace } from '../../src/gateway/timeline/cursor.ts';
import { windowOf } from '../../src/gateway/timeline/window.ts';

const place: fc.Arbitrary<TimelinePlace> = fc.record({
  time: fc.option(fc.integer({ min: -1e13, max: 1e13 }), { nil: null }),
  section: fc.nat(3),
  agency: fc.nat(2),
  row: fc.constantFrom('0a', '0b', 'ff'),
  nth: fc.nat(2),
});
const sign = Math.sign;

describe('places of events', () => {
  test('stand in one order, of which two are never equal that are not the same', () => {
    fc.assert(
      fc.property(place, place, place, (one, other, third) => {
        expect(sign(comparePlaces(one, other))).toBe(0 - sign(comparePlaces(other, one)));
        if (comparePlaces(one, other) < 0 && comparePlaces(other, third) < 0)
          expect(comparePlaces(one, third)).toBeLessThan(0);
        if (comparePlaces(one, other) === 0) expect(one).toEqual(other);
      }),
    );
  });

  test('of later dates come first, and those without a date last', () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        if (one.time !== null && (other.time === null || one.time > other.time))
          expect(comparePlaces(one, other)).toBeLessThan(0);
      }),
    );
  });

  test('cut any list in two, whatever has come or gone since: nothing stands in both parts, and nothing in neither', () => {
    fc.assert(
      fc.property(fc.array(place), fc.array(place), place, (then, now, cursor) => {
        const all = [...then, ...now];
        const after = all.filter((one) => comparePlaces(one, cursor) > 0);
        const upTo = all.filter((one) => comparePlaces(one, cursor) <= 0);
        expect(after.length + upTo.length).toBe(all.length);
        for (const one of after) for (const other of upTo) expect(comparePlaces(other, one)).toBeLessThan(0);
      }),
    );
  });
});

describe('the window', () => {
  test.each([
    [null, null, '2026-11-30T12:00:00Z', '2025-11-30', '2026-11-30'],
    [null, null, '2026-06-30T23:30:00Z', '2025-07-01', '2026-07-01'],
    [null, '2024-02-29', '2026-11-30T12:00:00Z', '2023-02-28', '2024-02-29'],
    ['2020-01-01', null, '2026-11-30T12:00:00Z', '2020-01-01', '2026-11-30'],
    ['2026-05-01', '2026-05-01', '2026-11-30T12:00:00Z', '2026-05-01', '2026-05-01'],
    [null, '0000-03-01', '2026-11-30T12:00:00Z', '0000-03-01', '0000-03-01'],
  ])('from %s to %s at %s is from %s to %s', (since, until, now, first, last) => {
    expect(windowOf(since, until, new Date(now))).toEqual({ since: first, until: last });
  });

  test('that begins after today, with no end, is refused by what today is', () => {
    expect(() => windowOf('2026-12-01', null, new Date('2026-11-30T12:00:00Z'))).toThrow(
      'since must not be later than until: since is 2026-12-01 and until is today, 2026-11-30',
    );
  });

  test('of any days is twelve months at least where no beginning is asked, and never runs backwards', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true }),
        (date) => {
          const until = date.toISOString().slice(0, 10);
          const { since } = windowOf(null, until, new Date());
          const days = (Date.parse(until) - Date.parse(since)) / 86_400_000;
          expect([365, 366]).toContain(days);
        },
      ),
    );
  });
});
