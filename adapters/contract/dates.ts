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

/** A moment. */
export const instant: Decoder<Date | null> = (cell, context) => {
  const time = legacyTime(cell, context);
  return time && (londonInstant(time) ?? refused(context, 'no such date'));
};

/** Whether the end of something lies before today. False where no end is set, null where it cannot be read. */
export const isPast: Decoder<boolean | null> = (cell, context) => {
  const written = parsed(cell, context);
  if (written === 'BLANK' || written === 'NO_END') return false;
  const time = written === 'JUNK' ? null : sound(written, context);
  return time && dayOf(time) < localText(context.now).slice(0, 10);
};

type LegacyTime = LocalTime & { shortYear?: boolean };

/** YYYYMMDD, YYYYMMDDHHMM[SS], YYYY-MM-DD[ T]HH:MM:SS, DD/MM/YYYY and DD/MM/YY; columns of date type as the driver gives them. */
const FORMS = [
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?:(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)?)?$/,
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?)?$/,
  /^(?<day>\d\d)\/(?<month>\d\d)\/(?<year>\d{4})$/,
  /^(?<day>\d\d)\/(?<month>\d\d)\/(?<short>\d\d)$/,
];
/** What clerks and conversions enter for "not known". */
const FILLERS = ['1900-01-01', '1901-01-01'];
/** … and for "no end". */
const NO_END_YEARS = [2999, 9999];
/** No record here is older than the systems that hold them: 70 to 99 are of the last century. */
const FIRST_SHORT_YEAR = 70;

function legacyTime(cell: unknown, context: DecodeContext): LegacyTime | null {
  const written = parsed(cell, context);
  return typeof written === 'string' ? null : sound(written, context);
}

function parsed(cell: unknown, context: DecodeContext): LegacyTime | 'BLANK' | 'JUNK' | 'NO_END' {
  const isDate = cell instanceof Date;
  const words = isDate ? null : text(cell, context);
  if (!isDate && words === null)
    return cell === null || cell === undefined || typeof cell === 'string' ? 'BLANK' : 'JUNK';
  const time = isDate ? driverTime(cell) : writtenTime(words ?? '');
  if (time && NO_END_YEARS.includes(time.year)) return 'NO_END';
  if (time === null) context.note('not a date');
  return time ?? 'JUNK';
}

function sound(time: LegacyTime, context: DecodeContext): LegacyTime | null {
  if (FILLERS.includes(dayOf(time))) return refused(context, 'placeholder date');
  const exists = time.year >= 1900 && time.year < 2200 && londonInstant(time) !== null;
  return exists ? time : refused(context, 'no such date');
}

function writtenTime(written: string): LegacyTime | null {
  const parts = FORMS.map((form) => form.exec(written)?.groups).find((groups) => groups !== undefined);
  if (!parts) return null;
  const { year, short, month, day, hour, minute, second } = parts;
  const time = { month: Number(month), day: Number(day), ...clock(hour, minute, second) };
  if (short === undefined) return { ...time, year: Number(year) };
  return { ...time, year: Number(short) + (Number(short) < FIRST_SHORT_YEAR ? 2000 : 1900), shortYear: true };
}

const clock = (hour = '0', minute = '0', second = '0') => ({
  hour: Number(hour),
  minute: Number(minute),
  second: Number(second),
});

/** The driver reads columns without time zone in the zone of this process; what they held is what its clock shows. */
const driverTime = (value: Date): LegacyTime => ({
  year: value.getFullYear(),
  month: value.getMonth() + 1,
  day: value.getDate(),
  ...{ hour: value.getHours(), minute: value.getMinutes(), second: value.getSeconds() },
});

const dayOf = ({ year, month, day }: LocalTime): PlainDate =>
  [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');

function refused(context: DecodeContext, problem: string): null {
  context.note(problem);
  return null;
}
