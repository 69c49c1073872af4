import type { DecodeContext, Decoder } from './decoding.ts';
import { yesNo } from './flags.ts';
import type { PlainDate } from './ids.ts';
import { isoInLondon, type LocalTime, localText, londonInstant } from './london.ts';
import { text } from './text.ts';

/** A day, from any legacy form. */
export const date: Decoder<PlainDate | null> = (cell, context) => {
  const time = legacyTime(cell, context);
  return time && dayOf(time);
};

/** A day of birth: not in the future, and never from a year of two digits, which could be of either century. */
export const dateOfBirth: Decoder<PlainDate | null> = (cell, context) => {
  const time = legacyTime(cell, context);
  if (time === null) return null;
  if (time.shortYear) return refused(context, 'year of birth of two digits');
  const day = dayOf(time);
  return day > localText(context.now).slice(0, 10) ? refused(context, 'born in the future') : day;
};

export type DateAccuracy = 'EXACT' | 'ESTIMATED' | 'UNKNOWN';

/** How exact a day of birth is: of the two cells, the day and the flag that it is an estimate. */
export function dateAccuracy([day, estimated]: readonly unknown[], { now }: DecodeContext): DateAccuracy {
  const quiet = { now, note: () => {} };
  if (dateOfBirth(day, quiet) === null) return 'UNKNOWN';
  return yesNo(estimated, quiet) === true ? 'ESTIMATED' : 'EXACT';
}

/** A moment, with the offset of London at that time. */
export const dateTime: Decoder<string | null> = (cell, context) => {
  const moment = instant(cell, context);
  return moment && isoInLondon(moment);
};

/** A moment. In the hour that autumn repeats the first; in the one that spring leaves out, by a clock not yet put forward. */
export const instant: Decoder<Date | null> = (cell, context) => {
  const time = legacyTime(cell, context);
  return time && (londonInstant(time) ?? refused(context, 'no such date'));
};

/**
 * Whether something is of that moment or later; where a day alone is written, of that day in London or later. Null
 * where there is no date, or none that can be read, which are noted alike.
 */
export function isSince(moment: Date): Decoder<boolean | null> {
  const day = localText(moment).slice(0, 10);
  return (cell, context) => {
    const time = legacyTime(cell, context, 'no date');
    if (time === null) return null;
    return time.clock ? (londonInstant(time) ?? moment) >= moment : dayOf(time) >= day;
  };
}

/** A date as it is written. */
export type LegacyTime = LocalTime & {
  /** The year was written with two digits. */
  shortYear: boolean;
  /** A time of day is written too. */
  clock: boolean;
};

/** YYYYMMDD, YYYYMMDDHHMM[SS], YYYY-MM-DD[ T]HH:MM:SS, DD/MM/YYYY and DD/MM/YY; columns of date type as the driver gives them. */
const FORMS = [
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?:(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)?)?$/,
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?)?$/,
  /^(?<day>\d\d)\/(?<month>\d\d)\/(?<year>\d{4})$/,
  /^(?<day>\d\d)\/(?<month>\d\d)\/(?<short>\d\d)$/,
];
/** What clerks and conversions enter for "not known". */
const FILLERS = ['1900-01-01', '1901-01-01'];
/** … and for "no end", beside what PostgreSQL has a word for. */
const NO_END_YEARS = [2999, 9999];
/** No record here is older than the systems that hold them: 70 to 99 are of the last century. */
const FIRST_SHORT_YEAR = 70;
const FIRST_YEAR = 1900;
const YEARS_END = 2200;

/**
 * What stands in a cell for a date: a date, or BLANK, NO_END (31/12/2999, infinity), FILLER (01/01/1900, which is
 * written where no date is known) or JUNK, which is noted.
 */
export function readTime(
  cell: unknown,
  context: DecodeContext,
): LegacyTime | 'BLANK' | 'NO_END' | 'FILLER' | 'JUNK' {
  const isDate = cell instanceof Date;
  const words = isDate ? null : text(cell, context);
  if (!isDate && words === null)
    return cell === null || cell === undefined || typeof cell === 'string' ? 'BLANK' : 'JUNK';
  if (words !== null && /^\+?infinity$/i.test(words)) return 'NO_END';
  if (words !== null && /^-infinity$/i.test(words)) return 'FILLER';
  const time = isDate ? driverTime(cell) : writtenTime(words ?? '');
  if (time === null) return junk(context, 'not a date');
  if (NO_END_YEARS.includes(time.year)) return 'NO_END';
  if (FILLERS.includes(dayOf(time))) return 'FILLER';
  const exists = time.year >= FIRST_YEAR && time.year < YEARS_END && londonInstant(time) !== null;
  return exists ? time : junk(context, 'no such date');
}

function legacyTime(cell: unknown, context: DecodeContext, none?: string): LegacyTime | null {
  const time = readTime(cell, context);
  if (typeof time === 'object') return time;
  if (time === 'FILLER') return refused(context, 'placeholder date', 'FILLER');
  return none !== undefined && time !== 'JUNK' ? refused(context, none) : null;
}

function writtenTime(written: string): LegacyTime | null {
  const parts = FORMS.map((form) => form.exec(written)?.groups).find((groups) => groups !== undefined);
  if (!parts) return null;
  const { year, short, month, day, hour, minute, second } = parts;
  const rest = { month: Number(month), day: Number(day), ...clock(hour, minute, second) };
  if (short === undefined) return { ...rest, year: Number(year), shortYear: false };
  return { ...rest, year: Number(short) + (Number(short) < FIRST_SHORT_YEAR ? 2000 : 1900), shortYear: true };
}

const clock = (hour?: string, minute = '0', second = '0') => ({
  hour: Number(hour ?? 0),
  minute: Number(minute),
  second: Number(second),
  clock: hour !== undefined,
});

/** The driver reads columns without time zone in the zone of this process; what they held is what its clock shows. */
const driverTime = (value: Date): LegacyTime => ({
  year: value.getFullYear(),
  month: value.getMonth() + 1,
  day: value.getDate(),
  ...{ hour: value.getHours(), minute: value.getMinutes(), second: value.getSeconds() },
  shortYear: false,
  clock: true,
});

/** `YYYY-MM-DD`. */
export const dayOf = ({ year, month, day }: LocalTime): PlainDate =>
  [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');

function refused(context: DecodeContext, problem: string, filler?: 'FILLER'): null {
  context.note(problem, filler);
  return null;
}

function junk(context: DecodeContext, problem: string): 'JUNK' {
  context.note(problem);
  return 'JUNK';
}
