import { type LocalTime, localText, londonInstant, londonTime } from './london.ts';
import type { Predicate, RowCondition, RowConditionValue, Scalar } from './rows.ts';

/** Met by every row. */
export const EVERY_ROW: Predicate<never> = { all: [] };
/** Met by no row: what is read under it need not be read at all. */
export const NO_ROW: Predicate<never> = { any: [] };

const BLANKS = ['', ' '];
/** Rows whose column says something. Blanks at the end of padded columns count for nothing. */
export const isFilled = <C extends string>(column: C): Predicate<C> => ({
  all: [
    { column, isNull: false },
    { column, notIn: BLANKS },
  ],
});
/** Rows whose column is null or blank. */
export const isBlank = <C extends string>(column: C): Predicate<C> => ({
  any: [
    { column, isNull: true },
    { column, in: BLANKS },
  ],
});

/** `within: P12M`: rows whose column is not older than that. `toColumn` gives a moment as the column writes it. */
export const within = <C extends string>(column: C, toColumn: (moment: Date) => Scalar): RowCondition<C> => ({
  description: 'Rows not older than this, counted back from the request.',
  takes: 'duration',
  predicate: (value, now) => {
    const start = typeof value === 'string' ? durationBefore(now, value) : null;
    return start === null ? NO_ROW : { column, from: toColumn(start) };
  },
});

/** A condition that is either made or not: `current: true`. */
export const flag = <C extends string>(description: string, met: Predicate<C>): RowCondition<C> => ({
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

const DURATION = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/** The moment that lies this ISO 8601 duration of whole days before another, at the same time of day in London. Null if it is not one. */
export function durationBefore(moment: Date, duration: string): Date | null {
  const [match, years, months, weeks, days] = DURATION.exec(duration) ?? [];
  if (match === undefined) return null;
  const local = londonTime(moment);
  const month = local.year * 12 + local.month - 1 - Number(years ?? 0) * 12 - Number(months ?? 0);
  const lastDay = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
  const start = new Date(Date.UTC(Math.floor(month / 12), month % 12, Math.min(local.day, lastDay)));
  start.setUTCDate(start.getUTCDate() - Number(weeks ?? 0) * 7 - Number(days ?? 0));
  return londonInstant({ ...local, ...dayIn(start) });
}

const dayIn = (day: Date): Pick<LocalTime, 'year' | 'month' | 'day'> => ({
  year: day.getUTCFullYear(),
  month: day.getUTCMonth() + 1,
  day: day.getUTCDate(),
});

/** For columns of timestamp type: local time, as they hold it. */
export const timestampColumn = (moment: Date): Scalar => localText(moment);
