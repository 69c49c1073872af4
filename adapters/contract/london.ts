/** A moment as clocks in London show it. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** What clocks in London show at this moment. */
export function londonTime(instant: Date): LocalTime {
  const shown = new Date(instant.getTime() + offsetAt(instant.getTime()));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  };
}

/**
 * The moment at which clocks in London show this. In the hour that autumn repeats, the first. In the hour that spring
 * leaves out no clock shows it: it is taken for that of a clock not yet put forward, so that 01:30 is 02:30 by the
 * others (as RFC 5545 has it). Null if no calendar has the day.
 */
export function londonInstant(local: LocalTime): Date | null {
  const asUtc = utc(local);
  return asUtc === null ? null : new Date(asUtc - offsetAt(asUtc - HOUR));
}

/** `2026-07-01T03:12:00+01:00`. */
export function isoInLondon(instant: Date): string {
  const minutes = offsetAt(instant.getTime()) / 60_000;
  const offset = `+${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${localText(instant)}${offset}`;
}

/** `2026-07-01T03:12:00`, as columns of local time hold it. */
export function localText(instant: Date): string {
  const { year, month, day, hour, minute, second } = londonTime(instant);
  return `${four(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}

/** `20260701`, today in London. */
export const dayDigits = (instant: Date): string => localText(instant).slice(0, 10).replaceAll('-', '');
/** `202607010312`, to the minute in London. */
export const minuteDigits = (instant: Date): string => localText(instant).slice(0, 16).replace(/[-T:]/g, '');

const HOUR = 3_600_000;
const two = (value: number): string => String(value).padStart(2, '0');
const four = (value: number): string => String(value).padStart(4, '0');

/** Clocks change on whole hours, so an hour has one offset; asking the time-zone tables each time is slow. */
const offsets = new Map<number, number>();
const MOST_OFFSETS = 20_000;

function offsetAt(time: number): number {
  const hour = Math.floor(time / HOUR);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const offset = (utc(clockAt(new Date(hour * HOUR))) ?? hour * HOUR) - hour * HOUR;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(hour, offset);
  return offset;
}

function clockAt(instant: Date): LocalTime {
  const parts = Object.fromEntries(
    CLOCK.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

/** The milliseconds of a local time read as UTC; null if there is no such day or time of day. */
function utc({ year, month, day, hour, minute, second }: LocalTime): number | null {
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(time);
  const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCHours() === hour;
  return same && minute < 60 && second < 60 ? time : null;
}
