/**
 * Statements of the person index and of references, made from what is declared: one for each table, with the columns
 * that are read and the joins that these need, keyed by the records or references asked about.
 */
import { CompiledQuery, type ExpressionBuilder, type Kysely } from 'kysely';
import type { DialectName } from './adapter.ts';
import type { DecodeContext } from './decoding.ts';
import { dialectIn } from './dialect-in.ts';
import type { Field } from './fields.ts';
import { type RowReader, readerOf } from './row-reader.ts';
import type { TableSource } from './source.ts';

// biome-ignore lint/suspicious/noExplicitAny: one reader for any agency's tables
type Any = any;
type Join = NonNullable<TableSource<Any>['join']>[number];

/** A row by the names of its columns, `TABLE.COLUMN`. */
export type NamedRow = ReadonlyMap<string, unknown>;

/** Rows of one table with what is joined to it, the column by which they are found, and those that name one of them. */
export type RowsOf<DB> = Pick<TableSource<DB>, 'table' | 'join' | 'person' | 'record'>;

/** What is read of one table, whoever asks for it. */
export class TableReading {
  readonly table: string;
  readonly columns = new Set<string>();
  readonly keys = new Set<string>();
  readonly order = new Set<string>();
  readonly #joins: Join[] = [];
  /** By dialect and the column that is compared; an adapter's words are whole before anything is read by them. */
  readonly #texts = new Map<DialectName, Map<string, CompiledQuery>>();

  constructor(table: string) {
    this.table = table;
  }

  need(
    joins: readonly Join[],
    keys: readonly string[],
    order: readonly string[],
    columns: readonly string[],
  ): void {
    for (const join of joins)
      if (!this.#joins.some((one) => one.table === join.table)) this.#joins.push(join);
    for (const key of keys) this.keys.add(key);
    for (const column of order) this.order.add(column);
    for (const column of [...keys, ...columns]) this.columns.add(column);
  }

  /** Everything that the statement names. */
  get reads(): readonly string[] {
    return [...new Set([...this.columns, ...this.order, ...this.#used().flatMap(({ on }) => on)])];
  }

  /** Rows that `where` finds, in an order that is always the same. */
  async rows(
    db: Kysely<Any>,
    where: (eb: ExpressionBuilder<Any, Any>) => Any,
    { limit }: { limit?: number } = {},
  ): Promise<readonly NamedRow[]> {
    if (readerOf(db)) throw new TypeError(`${this.table} is asked by statements that an API does not take`);
    const query = this.#query(db).where(where);
    const found: Record<string, unknown>[] = await (limit === undefined
      ? query
      : query.limit(limit)
    ).execute();
    return found.map((row) => this.#named(row));
  }

  /**
   * Rows that have the value in the column, in the same order. The statement is written once for each column: every
   * request sends it, and writing it takes longer than reading its rows.
   */
  async rowsWith(db: Kysely<Any>, column: string, value: string): Promise<readonly NamedRow[]> {
    const reader = readerOf(db);
    if (reader) return this.#asked(reader, [column], [value]);
    const { sql: text, parameters } = this.#textFor(db, column);
    const statement = CompiledQuery.raw(
      text,
      parameters.map(() => value),
    );
    const { rows } = await db.executeQuery<Record<string, unknown>>(statement);
    return rows.map((row) => this.#named(row));
  }

  /** Takes the value wherever it names a parameter. */
  #textFor(db: Kysely<Any>, column: string): Pick<CompiledQuery, 'sql' | 'parameters'> {
    const dialect = dialectIn(db);
    const texts = this.#texts.get(dialect) ?? new Map<string, CompiledQuery>();
    this.#texts.set(dialect, texts);
    const text: CompiledQuery = texts.get(column) ?? this.#query(db).where(column, '=', '').compile();
    texts.set(column, text);
    return text;
  }

  #query(db: Kysely<Any>): Any {
    let query = db.selectFrom(this.table as Any) as Any;
    for (const { table, on } of this.#used()) query = query.leftJoin(table, on[0], on[1]);
    query = query.select([...this.columns].map((name, at) => `${name} as c${at}`));
    for (const column of this.order) query = query.orderBy(column);
    return query;
  }

  #named(row: Readonly<Record<string, unknown>>): NamedRow {
    return new Map([...this.columns].map((name, at) => [name, row[`c${at}`]]));
  }

  /** Rows that any of the key columns ties to one of these. */
  async about(db: Kysely<Any>, keys: readonly string[]): Promise<readonly NamedRow[]> {
    if (keys.length === 0) return [];
    const reader = readerOf(db);
    if (reader) return this.#asked(reader, [...this.keys], keys);
    return this.rows(db, (eb) => eb.or([...this.keys].map((column) => eb(column, 'in', keys))));
  }

  /** The same of an API: a question for each column by which rows are found. */
  async #asked(
    reader: RowReader,
    by: readonly string[],
    keys: readonly string[],
  ): Promise<readonly NamedRow[]> {
    const { table } = this;
    const columns = [...new Set([...this.columns, ...this.order])];
    const found = await Promise.all(by.map((column) => reader.rows({ table, columns, by: column, keys })));
    // A row that two of the columns find is one row.
    const rows = found.flat().map((cells) => new Map(columns.map((name) => [name, cells[name] ?? null])));
    const once = new Map(rows.map((row) => [JSON.stringify([...row.values()]), row]));
    const place = (row: NamedRow) => [...this.order].map((column) => String(row.get(column)));
    return [...once.values()].sort((one, other) => inOrder(place(one), place(other)));
  }

  /** Joins whose tables are read, and those that these hang on. */
  #used(): readonly Join[] {
    const used = new Set([...this.columns, ...this.order].map(tableOf));
    return this.#joins
      .toReversed()
      .filter(({ table, on: [, earlier] }) => {
        if (!used.has(table)) return false;
        used.add(tableOf(earlier));
        return true;
      })
      .toReversed();
  }
}

function inOrder(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((text, place) => text !== other[place]);
  return at < 0 ? 0 : (one[at] ?? '') < (other[at] ?? '') ? -1 : 1;
}

/** One reading for each table, in the order in which they were first asked for. */
export class Readings {
  readonly #tables = new Map<string, TableReading>();

  of(
    { table, join = [], person, record }: RowsOf<Any>,
    columns: readonly string[],
    moreKeys: readonly string[] = [],
  ): TableReading {
    const reading = this.#tables.get(table) ?? new TableReading(table);
    this.#tables.set(table, reading);
    reading.need(join, [person, ...moreKeys], record, columns);
    return reading;
  }

  get all(): readonly TableReading[] {
    return [...this.#tables.values()];
  }

  get reads(): readonly string[] {
    return [...new Set(this.all.flatMap(({ reads }) => reads))];
  }
}

/** A word's value in a row. */
export const valueIn = <T>(row: NamedRow, field: Field<T, Any>, context: DecodeContext): T =>
  field.decode(
    field.columns.map((column) => row.get(column)),
    context,
  );

/** A record's number as its column has it, as text; null for a blank. */
export const numberIn = (row: NamedRow, column: string): string | null => {
  const cell = row.get(column);
  const number = cell === null || cell === undefined ? '' : String(cell);
  return number.trim() === '' ? null : number;
};

/** `T_NOMINAL.DOB` → `T_NOMINAL`; `care.CLIENT.DOB` → `care.CLIENT`. */
export const tableOf = (column: string): string => column.slice(0, column.lastIndexOf('.'));
