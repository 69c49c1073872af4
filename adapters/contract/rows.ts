/** `TABLE.COLUMN` of the agency's database, checked against its Kysely types. */
export type ColumnOf<DB> = { [T in keyof DB & string]: `${T}.${keyof DB[T] & string}` }[keyof DB & string];
export type Scalar = string | number | boolean | null;

/** A condition on rows, kept as data so that it becomes SQL in any dialect and its columns can be granted. */
export type Predicate<C extends string = string> =
  | { column: C; in: readonly Scalar[] }
  | { column: C; notIn: readonly Scalar[] }
  | { column: C; from: Scalar }
  | { column: C; before: Scalar }
  | { column: C; isNull: boolean }
  /** `any` of nothing is met by no row: what is read under it need not be read at all. */
  | { any: readonly Predicate<C>[] }
  /** `all` of nothing is met by every row. */
  | { all: readonly Predicate<C>[] };

export type RowConditionValue = string | boolean | readonly string[];

/** One word of the policy file's `rows:` for a section, such as `category` or `within`. */
export interface RowCondition<C extends string = string> {
  description: string;
  /** Values the policy may name; `duration` takes ISO 8601 such as P12M; `flag` takes `true`. */
  takes: 'duration' | 'flag' | { values: readonly string[] };
  /** `now` is the time of the request. */
  predicate(value: RowConditionValue, now: Date): Predicate<C>;
  /** Conditions on text mask the values and leave the row, so that they never change whether a record exists. */
  masksOnly?: boolean;
}
