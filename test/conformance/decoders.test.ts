import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bareCode,
  codedValue,
  compact,
  type Decoder,
  date,
  dateAccuracy,
  dateOfBirth,
  dateTime,
  decimal,
  durationBefore,
  emailAddress,
  instant,
  integer,
  isoInLondon,
  isPast,
  joined,
  lines,
  londonInstant,
  londonTime,
  meaning,
  minuteDigits,
  mobileNumber,
  pence,
  staffed,
  text,
  textList,
  yesNo,
} from '../../adapters/contract.ts';

const NOW = new Date('2026-11-22T03:10:00Z');

function decoded<T>(decode: Decoder<T>, cell: unknown): { value: T; notes: string[] } {
  const notes: string[] = [];
  return { value: decode(cell, { now: NOW, note: (problem) => notes.push(problem) }), notes };
}
const DECODERS = {
  bareCode,
  compact,
  date,
  dateOfBirth,
  dateTime,
  decimal,
  emailAddress,
  instant,
  integer,
  isPast,
  joined,
  lines,
  mobileNumber,
  pence,
  text,
  textList,
  yesNo,
  meaning: meaning({ A: 'ONE' }),
  codedValue: codedValue({ A: 'One' }, 'list'),
};

describe('a decoder', () => {
  it.each(Object.entries(DECODERS))(
    '%s never throws, and says what it is about without the value',
    (_, decode) => {
      const cell = fc.oneof(
        fc.anything({ withNullPrototype: true }),
        fc.string(),
        fc.date({ noInvalidDate: false }),
      );
      fc.assert(
        fc.property(cell, (value) => {
          const { notes } = decoded<unknown>(decode, value);
          for (const note of notes) expect(note).toMatch(/^[a-z][a-z -]+$/);
        }),
      );
    },
  );
});

describe('a legacy date', () => {
  it.each([
    ['20020314', '2002-03-14'],
    ['200203140310', '2002-03-14'],
    ['2002-03-14T10:30:00', '2002-03-14'],
    ['2002-03-14 10:30:00.123', '2002-03-14'],
    ['14/03/2002', '2002-03-14'],
    ['14/03/02', '2002-03-14'],
    ['14/03/88', '1988-03-14'],
    [' 20020314 ', '2002-03-14'],
    [20020314, '2002-03-14'],
    [new Date(2002, 2, 14, 23, 59), '2002-03-14'],
    ['20240229', '2024-02-29'],
  ])('%s is the day %s', (cell, day) => {
    expect(decoded(date, cell)).toEqual({ value: day, notes: [] });
  });

  it.each([
    ['19000101', 'placeholder date'],
    ['01/01/1900', 'placeholder date'],
    ['20230229', 'no such date'],
    ['31/02/2020', 'no such date'],
    ['18500101', 'no such date'],
    ['202613450000', 'no such date'],
    ['202607012461', 'no such date'],
    ['not known', 'not a date'],
    ['3/4/2020', 'not a date'],
  ])('%s is null, noted as %s', (cell, note) => {
    expect(decoded(date, cell)).toEqual({ value: null, notes: [note] });
  });

  it.each([[null], [''], ['   '], ['99991231'], ['31/12/2999']])(
    '%s says nothing, and is not noted',
    (cell) => {
      expect(decoded(date, cell)).toEqual({ value: null, notes: [] });
    },
  );

  it('of birth is never guessed from two digits, nor in the future', () => {
    expect(decoded(dateOfBirth, '14/03/02')).toEqual({ value: null, notes: ['year of birth of two digits'] });
    expect(decoded(dateOfBirth, '20261123')).toEqual({ value: null, notes: ['born in the future'] });
    expect(decoded(dateOfBirth, '20261122')).toEqual({ value: '2026-11-22', notes: [] });
    expect(decoded(dateOfBirth, '20020314')).toEqual({ value: '2002-03-14', notes: [] });
  });

  it('of birth is exact, estimated or not known', () => {
    const accuracy = (...cells: unknown[]) => dateAccuracy(cells, { now: NOW, note: () => {} });
    expect(accuracy('20020314', null)).toBe('EXACT');
    expect(accuracy('20020314', 'Y')).toBe('ESTIMATED');
    expect(accuracy('19000101', 'N')).toBe('UNKNOWN');
  });

  it('is past from the day after on, and open-ended where there is none', () => {
    expect(
      [
        null,
        ' ',
        '99991231',
        '31/12/2999',
        'infinity',
        ' Infinity ',
        '19000101',
        '01/01/1901',
        '-infinity',
      ].map((cell) => decoded(isPast, cell).value),
    ).toEqual([false, false, false, false, false, false, false, false, false]);
    expect(
      ['20261122', '20261121', '21/11/26', '20261341', 'soon'].map((cell) => decoded(isPast, cell).value),
    ).toEqual([false, true, true, null, null]);
  });
});

describe('a legacy time', () => {
  it.each([
    ['202607010312', '2026-07-01T03:12:00+01:00'],
    ['202612010312', '2026-12-01T03:12:00+00:00'],
    ['20260701031245', '2026-07-01T03:12:45+01:00'],
    ['202610250030', '2026-10-25T00:30:00+01:00'],
    ['202610250130', '2026-10-25T01:30:00+01:00'],
    ['202610250230', '2026-10-25T02:30:00+00:00'],
    ['202603290059', '2026-03-29T00:59:00+00:00'],
    ['202603290130', '2026-03-29T02:30:00+01:00'],
    ['202603290200', '2026-03-29T02:00:00+01:00'],
    ['2026-03-29 01:00', '2026-03-29T02:00:00+01:00'],
  ])('%s is %s in London', (cell, time) => {
    expect(decoded(dateTime, cell)).toEqual({ value: time, notes: [] });
  });

  it('is the moment at which clocks in London show it', () => {
    const days = { min: new Date('1975-01-01'), max: new Date('2100-01-01'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(days), (moment) => {
        const whole = new Date(Math.floor(moment.getTime() / 1000) * 1000);
        const back = londonInstant(londonTime(whole));
        const lag = whole.getTime() - (back?.getTime() ?? 0);
        expect([0, 3_600_000]).toContain(lag);
        expect(isoInLondon(whole).slice(0, 16).replace(/[-T:]/g, '')).toBe(minuteDigits(whole));
        expect(new Date(isoInLondon(whole))).toEqual(whole);
      }),
    );
  });
});

describe('a duration back from the request', () => {
  it.each([
    ['P12M', '2025-11-22T03:10:00.000Z'],
    ['P1Y', '2025-11-22T03:10:00.000Z'],
    ['P90D', '2026-08-24T02:10:00.000Z'],
    ['P2W', '2026-11-08T03:10:00.000Z'],
    ['P9M', '2026-02-22T03:10:00.000Z'],
  ])('%s starts at %s, at the same time of day', (duration, start) => {
    expect(durationBefore(NOW, duration)?.toISOString()).toBe(start);
  });

  it('ends on the last day of a shorter month, by the clock on the wall', () => {
    expect(durationBefore(new Date('2026-03-31T12:00:00Z'), 'P1M')?.toISOString()).toBe(
      '2026-02-28T13:00:00.000Z',
    );
  });

  it.each([['P'], ['12M'], ['PT1H'], ['P-1D'], ['']])('is none when written %s', (duration) => {
    expect(durationBefore(NOW, duration)).toBeNull();
  });
});

describe('codes, flags and numbers', () => {
  it('reads padded codes of either case, and says which it does not know', () => {
    const list = meaning({ A: 'ONE' });
    expect(decoded(list, 'a ')).toEqual({ value: 'ONE', notes: [] });
    expect(decoded(list, ' ')).toEqual({ value: null, notes: [] });
    expect(decoded(list, 'B')).toEqual({ value: null, notes: ['unknown code'] });
    expect(decoded(list, 'constructor')).toEqual({ value: null, notes: ['unknown code'] });
  });

  it.each([
    ['Y', true],
    ['y ', true],
    ['1', true],
    [1, true],
    [true, true],
    ['N', false],
    ['0', false],
    [false, false],
    ['', null],
    [null, null],
    ['M', null],
  ])('reads the flag %s as %s', (cell, value) => {
    expect(decoded(yesNo, cell).value).toBe(value);
  });

  it.each([
    ['1240.00', 124000],
    [1240, 124000],
    ['-12.5', -1250],
    ['0.29', 29],
    ['-0.00', 0],
    ['1,240', null],
    ['99999999999', null],
  ])('reads %s pounds as %s pence', (cell, value) => {
    expect(decoded(pence, cell).value).toBe(value);
  });

  it('keeps area codes out of mobile numbers', () => {
    expect(decoded(mobileNumber, '07700 900123').value).toBe('07700 900123');
    expect(decoded(mobileNumber, '+44 7700 900123').value).toBe('+44 7700 900123');
    expect(decoded(mobileNumber, '01632 960123')).toEqual({ value: null, notes: ['not a mobile number'] });
  });
});

describe('a desk', () => {
  const days = [1, 2, 3, 4, 5];
  it.each([
    ['2026-07-01T07:29:00Z', '08:30', '17:00', false],
    ['2026-07-01T07:30:00Z', '08:30', '17:00', true],
    ['2026-07-01T16:00:00Z', '08:30', '17:00', false],
    ['2026-07-04T10:00:00Z', '08:30', '17:00', false],
    ['2026-07-03T21:00:00Z', '17:00', '09:00', true],
    ['2026-07-04T05:00:00Z', '17:00', '09:00', true],
    ['2026-07-05T05:00:00Z', '17:00', '09:00', false],
  ])('at %s with hours %s–%s on working days is staffed: %s', (time, from, to, there) => {
    expect(staffed({ desk: 'Desk', open: { days, from, to } }, new Date(time))).toBe(there);
  });

  it.each<[string, string, boolean | null]>([
    ['2026-03-02T09:00:00Z', '24 hours', true],
    ['2026-03-02T09:00:00Z', 'Mon–Fri 09:00–17:00', true],
    ['2026-03-02T17:00:00Z', 'Mon–Fri 09:00–17:00', false],
    ['2026-03-01T12:00:00Z', 'Mon–Fri 09:00–17:00', false],
    ['2026-03-01T12:00:00Z', 'Mon–Sun 07:00–23:00', true],
    ['2026-03-02T03:00:00Z', 'Mon–Sun 17:00–08:30', true],
    ['2026-03-02T12:00:00Z', 'Fri–Mon 09:00–17:00', true],
    ['2026-03-03T12:00:00Z', 'Fri–Mon 09:00–17:00', false],
    ['2026-03-02T20:00:00Z', 'Mon–Fri 17:00–09:00, and all day at weekends', null],
    ['2026-03-02T12:00:00Z', 'weekdays', null],
  ])('at %s with the words “%s” is staffed: %s', (time, hours, there) => {
    expect(staffed({ desk: 'Desk', hours }, new Date(time))).toBe(there);
  });

  it('is staffed always, or nobody knows', () => {
    expect(staffed({ desk: 'Desk', open: 'always' }, NOW)).toBe(true);
    expect(staffed({ desk: 'Desk' }, NOW)).toBeNull();
  });
});
