import { decodingOf } from './decoder-words.ts';
import type { DecodeContext } from './decoding.ts';
import { type Contact, contactOf, type Desk } from './desk.ts';
import type { Field, ObjectField } from './fields.ts';
import type { ColumnOf, Predicate } from './rows.ts';
import type { ExistsField, ListField, ListsField, ValueField } from './sections.ts';
import type { TableSource } from './source.ts';

/** Helpers bound to one agency's tables, so that every column is checked by the compiler. */
export function fieldsOf<DB>() {
  type C = ColumnOf<DB>;
  return {
    source: (source: TableSource<DB>): TableSource<DB> => source,
    /** One column, one decoder. */
    column: <T>(
      column: C,
      decode: (cell: unknown, context: DecodeContext) => T,
      flags: FieldFlags = {},
    ): Field<T, DB> => ({
      kind: 'field',
      columns: [column],
      decode: (cells, context) => decode(cells[0], naming(column, context)),
      decoding: decodingOf(decode),
      ...flags,
    }),
    /** Several columns, one decoder. */
    columns: <T>(
      columns: readonly C[],
      decode: (cells: readonly unknown[], context: DecodeContext) => T,
      flags: FieldFlags = {},
    ): Field<T, DB> => ({
      kind: 'field',
      columns,
      decode: (cells, context) => decode(cells, naming(columns.join(', '), context)),
      decoding: decodingOf(decode),
      ...flags,
    }),
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
export type FieldFlags = { place?: boolean; freeText?: boolean };
/** Said of text and codes that can tell nobody where a person is: without a word on it the gateway does not start. */
export const noPlace: FieldFlags = { place: false };

/** Notes say which column they speak of, so that decoders need not know. */
export const naming = (column: string, context: DecodeContext): DecodeContext => ({
  now: context.now,
  note: (problem) => context.note(`${column}: ${problem}`),
});

/** The newest row's value, null if there is none. */
export const newest = (values: readonly unknown[]): unknown => values[0] ?? null;
/** True if any row says true; false if rows say only false; null if no row says anything. */
export const anyTrue = (values: readonly unknown[]): boolean | null =>
  values.some((value) => value === true) ? true : values.some((value) => value === false) ? false : null;
/** True if any row says true; null if a row was not understood, for it might; else false, as where there is no row. */
export const someTrueUnlessUnsure = (values: readonly unknown[]): boolean | null =>
  values.includes(true) ? true : values.some((value) => value !== false) ? null : false;
