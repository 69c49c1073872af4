/**
 * What an agency's system can tell of a field in SQL alone, so that analysts may count people by it and nobody's row
 * leaves the agency: which rows have which value, and which say something that nobody can read. Conformance holds each
 * form against the decoder of the same field.
 */
import { type CodeList, codesMeaning, hasCode, hasOtherCode } from './codes.ts';
import type { PlainDate } from './ids.ts';
import type { ColumnOf, Predicate } from './rows.ts';
import type { TableSource } from './source.ts';

/** ENUM: one of a list. BOOLEAN: so or not. BAND: a span of a measure. MONTH: a calendar month in London. */
export type CountableKind = 'ENUM' | 'BOOLEAN' | 'BAND' | 'MONTH';

/**
 * A condition that SQL decides. Beside those of `Predicate` (of which a decoded one needs its exact form): what stands in
 * a cell for a date, read as `readTime` reads it. `text` where the column is no date or timestamp.
 */
export type CountedRows<C extends string = string> =
  | Predicate<C>
  | { allOf: readonly CountedRows<C>[] }
  | { anyOf: readonly CountedRows<C>[] }
  /** A number above one, or up to and with one. */
  | { number: C; above?: number; upTo?: number }
  /** A day from `from` on, or before `before`; and with `none` what says that no day is known or set: blank, 31/12/2999, 01/01/1900. */
  | { day: C; text: boolean; from?: PlainDate; before?: PlainDate; none?: true }
  /** Neither a date nor one of these. */
  | { day: C; text: boolean; junk: true }
  /** Begins on or before this day and lasts, for the whole days in the other column, beyond it. */
  | { day: C; text: boolean; days: C; lasts: PlainDate };

/** Rows of which each has one of the values, by the first whose condition it meets. */
export interface RowCases<DB = never> {
  source: TableSource<DB>;
  /** Which rows are counted at all, beside those that the source never shows. */
  where?(today: PlainDate): CountedRows<ColumnOf<DB>>;
  /** Value → its rows, at the day of the request in London. */
  cases(today: PlainDate): Readonly<Record<string, CountedRows<ColumnOf<DB>>>>;
  /** Of rows in none of these: those that say something here which nobody can read. They are told of as unreadable. */
  unreadable(today: PlainDate): CountedRows<ColumnOf<DB>>;
}

/** The calendar month of a day, `2026-11`. */
export interface RowMonths<DB = never> {
  source: TableSource<DB>;
  where?(today: PlainDate): CountedRows<ColumnOf<DB>>;
  month: { day: ColumnOf<DB>; text: boolean };
}

/** A share of somebody's rows, in bands: `part` of `of`, in hundredths. Rows that nobody can read may be of either. */
export interface RowShares<DB = never> {
  source: TableSource<DB>;
  where?(today: PlainDate): CountedRows<ColumnOf<DB>>;
  part: CountedRows<ColumnOf<DB>>;
  of: CountedRows<ColumnOf<DB>>;
  unreadable: CountedRows<ColumnOf<DB>>;
  /** From the lowest: each up to `below` (not included) or `upTo` (included) per cent; the last without an end. */
  bands: readonly { value: string; below?: number; upTo?: number }[];
}

export type CountablePart<DB = never> = RowCases<DB> | RowMonths<DB> | RowShares<DB>;

/** A field that can be counted; one that stands in several tables has a part for each. */
export interface CountableField<DB = never> {
  kind: CountableKind;
  /** What is counted, in a sentence: for editors and the agency's page. */
  description: string;
  /** The vocabulary's own enum, by its name, where the values are of one. */
  type?: string;
  /** Every value, in the order in which they are told; none for months. */
  values: readonly string[];
  parts: readonly CountablePart<DB>[];
}

/** Section → the name under which a field of it is counted → how. */
export type CountableFields<DB = never> = Readonly<
  Record<string, Readonly<Record<string, CountableField<DB>>>>
>;

/** The cases of a code by its list, for these values alone or all: as `meaning` reads it. */
export const codeCases = <C extends string, T extends string>(
  column: C,
  list: CodeList<T>,
  values: readonly T[] = [...new Set(Object.values(list) as T[])],
) => ({
  cases: (): Readonly<Record<string, CountedRows<C>>> =>
    Object.fromEntries(values.map((value) => [value, hasCode(column, codesMeaning(list, [value]))])),
  unreadable: (): CountedRows<C> => hasOtherCode(column, ['', ...Object.keys(list)]),
});

/** The columns that such a condition looks at. */
export function countedColumns(
  rows: CountedRows,
  ofPredicate: (one: Predicate) => readonly string[],
): readonly string[] {
  if ('allOf' in rows) return rows.allOf.flatMap((one) => countedColumns(one, ofPredicate));
  if ('anyOf' in rows) return rows.anyOf.flatMap((one) => countedColumns(one, ofPredicate));
  if ('day' in rows) return 'days' in rows ? [rows.day, rows.days] : [rows.day];
  return 'number' in rows ? [rows.number] : ofPredicate(rows);
}
