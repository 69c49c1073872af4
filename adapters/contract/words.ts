import type { CodeList } from './codes.ts';
import { type CodedValue, codedValue } from './codes.ts';
import {
  type BeforeRows,
  type BirthWord,
  birthWord,
  type CodeWord,
  type ColumnWord,
  codeWord,
  type DayForm,
  type DayWord,
  dayWord,
  type FieldFlags,
  type FlagWord,
  flagWord,
  type IdentifierTraits,
  type IdentifierWord,
  identifierWord,
  type MomentWord,
  manyColumns,
  momentWord,
  oneColumn,
  restrictionBy,
  type TextWord,
  textWord,
} from './column-words.ts';
import { instant } from './dates.ts';
import { type DecodeContext, UNREADABLE } from './decoding.ts';
import { type Contact, contactOf, type Desk } from './desk.ts';
import type { Field, ObjectField } from './fields.ts';
import type { IdentifierSystem } from './identifiers.ts';
import type { Protection } from './index-feed.ts';
import { decimal, integer, pence } from './numbers.ts';
import type { ColumnOf, Predicate, TimeColumnOf } from './rows.ts';
import type { ExistsField, ListField, ListsField, ValueField } from './sections.ts';
import type { TableSource } from './source.ts';
import { key, text } from './text.ts';

/** The same word for a column that sorts by itself, and for text, which names the form of its days and tells no `before`. */
interface DayOf<DB> {
  <N extends TimeColumnOf<DB>>(column: N, flags?: FieldFlags): DayWord<N> & BeforeRows<N>;
  <N extends TextColumnOf<DB>>(column: N, form: DayForm, flags?: FieldFlags): DayWord<N>;
}
interface MomentOf<DB> {
  <N extends TimeColumnOf<DB>>(column: N, flags?: FieldFlags): MomentWord<N> & BeforeRows<N>;
  <N extends TextColumnOf<DB>>(column: N, form: DayForm, flags?: FieldFlags): MomentWord<N>;
}
type OwnColumn<DB, T extends keyof DB> = keyof DB[T] & string;
type TextColumnOf<DB> = Exclude<ColumnOf<DB>, TimeColumnOf<DB>>;

/** The words for one agency's tables, so that every column is checked by the compiler. */
export function wordsOf<DB>() {
  type C = ColumnOf<DB>;
  return {
    source: (source: TableSource<DB>): TableSource<DB> => source,
    /** Rows of one table: whose they are, which they are, and when they were last known to be true, by its own columns. */
    rowsOf: <T extends keyof DB & string>(
      table: T,
      person: OwnColumn<DB, T>,
      record: OwnColumn<DB, T> | readonly OwnColumn<DB, T>[],
      {
        asOf,
        ...more
      }: { asOf?: OwnColumn<DB, T> } & Omit<TableSource<DB>, 'table' | 'person' | 'record' | 'asOf'>,
    ): TableSource<DB> => {
      const own = (column: OwnColumn<DB, T>) => `${table}.${column}` as C;
      const records = typeof record === 'string' ? [record] : (record as readonly OwnColumn<DB, T>[]);
      return {
        ...{ table, person: own(person), record: records.map(own), ...more },
        ...(asOf !== undefined && { asOf: oneColumn(own(asOf), instant) }),
      };
    },
    /** Text, without the blanks that pad it. */
    text: <N extends C>(column: N, flags?: FieldFlags): TextWord<N> => textWord(column, text, flags),
    /** Yes or no, however that is written: Y, 1, true, in small letters. */
    flag: <N extends C>(column: N, flags?: FieldFlags): FlagWord<N> => flagWord(column, flags),
    /** A code, by what it means in its list. */
    code: <N extends C, const T>(column: N, list: CodeList<T>, flags?: FieldFlags): CodeWord<T, N> =>
      codeWord(column, list, flags),
    /** A code with its words, under the name of its list. */
    coded: <N extends C>(
      column: N,
      list: CodeList<string>,
      system: string,
      flags: FieldFlags = noPlace,
    ): ColumnWord<CodedValue | null, N> => oneColumn(column, codedValue(list, system), flags),
    /** A day; of a column that is text, with the form in which it is written as a rule. */
    day: ((column: C, form: DayForm | FieldFlags = {}, flags: FieldFlags = {}) =>
      typeof form === 'string' ? dayWord(column, form, flags) : dayWord(column, null, form)) as DayOf<DB>,
    /** A moment, with the offset of London; likewise. */
    moment: ((column: C, form: DayForm | FieldFlags = {}, flags: FieldFlags = {}) =>
      typeof form === 'string'
        ? momentWord(column, form, flags)
        : momentWord(column, null, form)) as MomentOf<DB>,
    /** When a row was last known to be true. */
    instant: <N extends C>(column: N): ColumnWord<Date | null, N> => oneColumn(column, instant),
    /** A day of birth, and the flag that it is an estimate. */
    birth: <N extends C>(column: N, estimated?: C): BirthWord<N> => birthWord(column, estimated),
    integer: <N extends C>(column: N): ColumnWord<number | null, N> => oneColumn(column, integer),
    decimal: <N extends C>(column: N): ColumnWord<number | null, N> => oneColumn(column, decimal),
    /** Pounds as stored, in pence. */
    pence: <N extends C>(column: N): ColumnWord<number | null, N> => oneColumn(column, pence),
    /** The number of another record of this agency. */
    key: <N extends C>(column: N): ColumnWord<string | null, N> => oneColumn(column, key),
    /** A number of the person's in a system; its digits tell of no place unless `place` says so. */
    identifier: <N extends C>(
      system: IdentifierSystem,
      column: N,
      { place = false, ...traits }: IdentifierTraits & { place?: boolean } = {},
    ): IdentifierWord<N> => identifierWord(system, column, traits, { place }),
    /** Who is hidden, by the usual code: P, A, or nothing. */
    restriction: <N extends C>(column: N): ColumnWord<readonly Protection[], N> =>
      oneColumn(column, restrictionBy),
    /** One column by a decoder of the agency's own. */
    column: <T, N extends C>(
      column: N,
      decode: (cell: unknown, context: DecodeContext) => T,
      flags?: FieldFlags,
    ): ColumnWord<T, N> => oneColumn(column, decode, flags),
    /** Several columns by a decoder of the agency's own. */
    columns: <T>(
      columns: readonly C[],
      decode: (cells: readonly unknown[], context: DecodeContext) => T,
      flags?: FieldFlags,
    ): Field<T, DB> => manyColumns(columns, decode, flags),
    /** A value that is the same for every row and needs no column. */
    always: <T>(value: T, flags: FieldFlags = {}): Field<T, DB> => ({
      kind: 'field',
      columns: [],
      decode: () => value,
      ...flags,
    }),
    /** A desk of the agency, the same for every row. */
    contact: (desk: Desk): Field<Contact, DB> => ({
      kind: 'field',
      columns: [],
      decode: (_, { now }) => contactOf(desk, now),
    }),
    object: (fields: ObjectField<DB>['fields']): ObjectField<DB> => ({ kind: 'object', fields }),
    list: (
      source: TableSource<DB>,
      fields: ListField<DB>['fields'],
      options: Omit<ListField<DB>, 'kind' | 'source' | 'fields'> = {},
    ): ListField<DB> => ({ kind: 'list', source, fields, ...options }),
    lists: (...lists: readonly ListField<DB>[]): ListsField<DB> => ({ kind: 'lists', lists }),
    value: (
      source: TableSource<DB>,
      field: ValueField<DB>['field'],
      pick: ValueField<DB>['pick'] = newest,
      where?: Predicate<C>,
    ): ValueField<DB> => ({ kind: 'value', source, field, pick, ...(where && { where }) }),
    exists: (source: TableSource<DB>, where?: Predicate<C>): ExistsField<DB> => ({
      kind: 'exists',
      source,
      ...(where && { where }),
    }),
  };
}
/** Said of text and codes that can tell nobody where a person is: without a word on it the gateway does not start. */
export const noPlace: FieldFlags = { place: false };

/** The value of the row that counts first, null if there is none. */
export const newest = (values: readonly unknown[]): unknown => values[0] ?? null;
/** True if any row says true; false if rows say only false; null if no row says anything. */
export const anyTrue = (values: readonly unknown[]): boolean | null =>
  values.some((value) => value === true) ? true : values.some((value) => value === false) ? false : null;
/** True if any row says true; not known if a row does not say, for it might; else false, as where there is no row. */
export const someTrueUnlessUnsure = (values: readonly unknown[]): boolean | typeof UNREADABLE =>
  values.includes(true) ? true : values.some((value) => value !== false) ? UNREADABLE : false;
/** Of the rows in the order in which they count, the first value that says something; not known where none does and one could not be read. */
export const firstThatSays = (values: readonly unknown[]): unknown =>
  values.find((value) => value !== null && value !== UNREADABLE) ??
  (values.includes(UNREADABLE) ? UNREADABLE : null);
