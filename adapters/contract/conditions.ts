import { isSince } from './dates.ts';
import { readDuration } from './durations.ts';
import type { PlainDate } from './ids.ts';
import { type LocalTime, localText, londonInstant, londonTime } from './london.ts';
import { readAs } from './read-as.ts';
import type { Predicate, RowCondition, RowConditionValue } from './rows.ts';

/** Met by every row. */
export const EVERY_ROW: Predicate<never> = { all: [] };
/** Met by no row: what is read under it need not be read at all. */
export const NO_ROW: Predicate<never> = { any: [] };

/**
 * `within: P12M`: rows whose date is not older than that. A row without a date, or with one that cannot be read, is left
 * out and noted.
 */
export const within = <C extends string>(column: C): RowCondition<C> => ({
  description:
    'Rows not older than this, counted back from the request. One whose date cannot be read is left out.',
  takes: 'duration',
  predicate: (value, now) => {
    const start = typeof value === 'string' ? durationBefore(now, value) : null;
    return start === null ? NO_ROW : since(column, start);
  },
});

/** Rows of a day or later, as `since:` of a list asks for them. */
export const sinceDay =
  <C extends string>(column: C) =>
  (day: PlainDate): Predicate<C> => {
    const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
    const midnight = londonInstant({ year, month, day: date, hour: 0, minute: 0, second: 0 });
    return midnight === null ? NO_ROW : since(column, midnight);
  };

const since = <C extends string>(column: C, moment: Date): Predicate<C> => {
  const isYoung = isSince(moment);
  return readAs(
    [column],
    ([cell], context) => isYoung(cell, context) === true,
    `is ${localText(moment).replace('T', ' ')} or later`,
  );
};

/** Rows before a moment, as `before:` of a list asks for them; of a column of timestamp type, so that the database can cut the list. */
export const beforeMoment =
  <C extends string>(column: C) =>
  (moment: Date): Predicate<C> => ({
    all: [...A_DATE.map((condition) => condition(column)), { column, before: firstNotBefore(moment) }],
  });

/** Of a column of time type, the rows in which decoders read a date. */
const A_DATE = [
  <C extends string>(column: C): Predicate<C> => ({ column, from: '1900-01-02' }),
  <C extends string>(column: C): Predicate<C> => ({
    any: [
      { column, before: '1901-01-01' },
      { column, from: '1901-01-02' },
    ],
  }),
] as const;

/**
 * The first local time that is not read as before this moment. Local times are read to the second, and those of the hour
 * that autumn repeats as of its first round: in the second round all of them lie before.
 */
function firstNotBefore(moment: Date): string {
  const second = new Date(Math.ceil(moment.getTime() / 1000) * 1000);
  const shown = londonTime(second);
  const read = londonInstant(shown);
  if (read === null || read.getTime() === second.getTime()) return localText(second);
  return localText(new Date(second.getTime() + (3600 - shown.minute * 60 - shown.second) * 1000));
}

/** A condition that is either made or not: `current: true`. */
export const onlyWhere = <C extends string>(description: string, met: Predicate<C>): RowCondition<C> => ({
  description,
  takes: 'flag',
  predicate: (value) => (value === true ? met : NO_ROW),
});

/** A condition that names kinds of row: `category: [MENTAL_HEALTH]`. `meets` gives the rows of one kind. */
export const kinds = <K extends string, C extends string>(
  description: string,
  values: readonly K[],
  meets: (kind: K) => Predicate<C>,
): RowCondition<C> => ({
  description,
  takes: { values },
  predicate: (value) => ({ any: values.filter((kind) => names(value, kind)).map(meets) }),
});

/** A condition on kinds, of a list all of whose items are of one kind. */
export const onlyOf = <K extends string>(
  description: string,
  values: readonly K[],
  own: K,
): RowCondition<never> => ({
  description,
  takes: { values },
  predicate: (value) => (names(value, own) ? EVERY_ROW : NO_ROW),
});

const names = (value: RowConditionValue, kind: string): boolean =>
  Array.isArray(value) ? value.includes(kind) : value === kind;

/** The moment that lies this ISO 8601 duration of whole days before another, at the same time of day in London. Null if it is not one. */
export function durationBefore(moment: Date, duration: string): Date | null {
  const length = readDuration(duration);
  if (length === null) return null;
  const { years, months, weeks, days } = length;
  const local = londonTime(moment);
  const month = local.year * 12 + local.month - 1 - years * 12 - months;
  const lastDay = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
  const start = new Date(Date.UTC(Math.floor(month / 12), month % 12, Math.min(local.day, lastDay)));
  start.setUTCDate(start.getUTCDate() - weeks * 7 - days);
  return londonInstant({ ...local, ...dayIn(start) });
}

const dayIn = (day: Date): Pick<LocalTime, 'year' | 'month' | 'day'> => ({
  year: day.getUTCFullYear(),
  month: day.getUTCMonth() + 1,
  day: day.getUTCDate(),
});
