import type { DecodeContext } from './decoding.ts';

/** `TABLE.COLUMN` of the agency's database, checked against its Kysely types. */
export type ColumnOf<DB> = { [T in keyof DB & string]: `${T}.${keyof DB[T] & string}` }[keyof DB & string];
/** A column of date or timestamp type: the tables' types say that a driver may give it as a Date. */
export type TimeColumnOf<DB> = {
  [T in keyof DB & string]: {
    [K in keyof DB[T] & string]: Date extends DB[T][K] ? `${T}.${K}` : never;
  }[keyof DB[T] & string];
}[keyof DB & string];
export type Scalar = string | number | boolean | null;

/**
 * A condition on rows, kept as data so that it becomes SQL in any dialect and its columns can be granted. What a
 * decoder reads (a code, a flag, text, a date) is compared as that decoder reads it: by `code` or `decoded`. The
 * others are for what stands for itself: keys, joins that found nothing, times in columns of a time type.
 */
export type Predicate<C extends string = string> =
  | { column: C; in: readonly Scalar[] }
  | { column: C; notIn: readonly Scalar[] }
  | { column: C; from: Scalar }
  | { column: C; before: Scalar }
  | { column: C; isNull: boolean }
  /** As `bareCode` reads the column: in capitals, without padding. An empty text stands for null and blank. */
  | { code: C; oneOf: readonly string[] }
  | { code: C; noneOf: readonly string[] }
  | { decoded: DecodedCondition<C> }
  /** `any` of nothing is met by no row: what is read under it need not be read at all. */
  | { any: readonly Predicate<C>[] }
  /** `all` of nothing is met by every row. */
  | { all: readonly Predicate<C>[] };

/** A condition that is decided on decoded values, after SQL and before rows are counted, cut or picked from. */
export interface DecodedCondition<C extends string = string> {
  columns: readonly C[];
  /** In words, after the column's name. Two conditions on the same columns differ in their words. */
  as: string;
  /**
   * Whether the row belongs, of the columns' cells in order. Null where that cannot be read, which is noted: the row
   * is left out, and a single value or an existence that it might have changed is not known.
   */
  meets(cells: readonly unknown[], context: DecodeContext): boolean | null;
  /** The same in SQL, where SQL can tell exactly the rows that are met. */
  exact?: Predicate<C>;
  /** What SQL may leave out beforehand: every row is kept that is met or cannot be read. */
  narrow?: Predicate<C>;
}

export type RowConditionValue = string | boolean | readonly string[];

/** One word of the policy file's `rows:` for a section, such as `category` or `within`. */
export interface RowCondition<C extends string = string> {
  description: string;
  /** Values the policy may name; `duration` takes ISO 8601 of whole days such as P12M; `flag` takes `true`. */
  takes: 'duration' | 'flag' | { values: readonly string[] };
  /** `now` is the time of the request. */
  predicate(value: RowConditionValue, now: Date): Predicate<C>;
  /** Conditions on text mask the values and leave the row, so that they never change whether a record exists. */
  masksOnly?: boolean;
}
