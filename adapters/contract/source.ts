import type { TimeRows } from './column-words.ts';
import type { Field } from './fields.ts';
import type { ColumnOf, Predicate, RowCondition } from './rows.ts';

/** Rows of one legacy table (with what is joined to it), read by one statement for any number of people. */
export interface TableSource<DB = never> {
  table: keyof DB & string;
  /** Left joins, in order: `on: [column of the joined table, column already there]`. */
  join?: readonly { table: keyof DB & string; on: readonly [ColumnOf<DB>, ColumnOf<DB>] }[];
  /** The column that holds the agency's own person id. */
  person: ColumnOf<DB>;
  /** The columns that together name one row. */
  record: readonly ColumnOf<DB>[];
  /** Columns that say when the row was last known to be true, and their decoder. */
  asOf?: Field<Date | null, DB>;
  /**
   * Which rows count before others where one value is taken from several: 0 for what runs, more for what may, and most
   * for what has ended or was superseded. After that the rows known to be true last; see docs/architecture.md.
   */
  precedence?: Field<number, DB>;
  /** Newest first by the day or moment of this word. Rows without one that can be read come last. */
  newestFirst?: Pick<TimeRows<ColumnOf<DB>>, 'column' | 'form'>;
  /** At most so many rows of one person are read, newest first; 500 if not given. What lies beyond is told of as not looked at. */
  mostRows?: number;
  /** Rows that are never shown to anybody (sealed, third party), as what stays. */
  only?: Predicate<ColumnOf<DB>>;
  /** What `only` keeps from everybody, in words for the scope that everybody is told: "notes about third parties". */
  never?: string;
  rows?: Readonly<Record<string, RowCondition<ColumnOf<DB>>>>;
  /** Every row of it is a place: for people under a place shield it is as if there were no row. */
  place?: boolean;
  /** The agency's own record id of another person that the row is about: about one hidden from the caller there is no row. */
  otherPerson?: ColumnOf<DB>;
  /** At level `own`, rows of the caller's own site have the token's `site` in this column. */
  site?: ColumnOf<DB>;
  /** Which service kind a row of involvements speaks of: the same for every row, or by a code in a column. */
  service?: { kind: string } | { column: ColumnOf<DB>; kinds: Readonly<Record<string, readonly string[]>> };
}
