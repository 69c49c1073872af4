import { orderOf, predicateColumns } from '../../../adapters/contract.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { type Field, isPlaced, type Predicate, type Source } from './any-table.ts';
import { conjuncts, isDecoded } from './predicate.ts';
import { RequestedKeys } from './requested-keys.ts';
import { columnKey, RowResult } from './row-result.ts';

/** Of one person and table, where the adapter names no other number. */
const MOST_ROWS = 500;

/** One column of a result; `placed` columns are read for people without a place shield only. */
export interface Column {
  name: string;
  placed: boolean;
}

/**
 * Rows of one source that fulfil one condition, for a set of people. Every field that is answered from the same rows
 * of the same people shares one.
 */
export class RowSet {
  readonly source: Source;
  readonly where: readonly Predicate[];
  readonly mask: readonly Predicate[];
  /** Those of `where` and `mask` that are decided on decoded values, once the rows have come. */
  readonly decided: readonly Predicate[];
  readonly decidedMask: readonly Predicate[];
  /** At most so many rows a person, newest first; null for as many as are read of anybody. */
  readonly limit: number | null;
  /** Everything it answers is a place: nothing of it is read for people under a place shield. */
  placesOnly = true;
  readonly columns = new Map<string, Column>();
  readonly keys = new Set<string>();
  #asked = false;
  /** What came back; row sets that differ in nothing but their keys are read as one and share it. */
  result = new RowResult();

  constructor(source: Source, where: readonly Predicate[], mask: readonly Predicate[], limit: number | null) {
    this.source = source;
    this.where = where;
    this.mask = mask;
    this.limit = limit;
    this.decided = conjuncts(where).filter(isDecoded);
    this.decidedMask = conjuncts(mask).filter(isDecoded);
    for (const name of [...this.decided, ...this.decidedMask].flatMap(predicateColumns))
      this.columns.set(columnKey(name, false), { name, placed: false });
  }

  /** Only which people have any such row is asked, and nothing of what is in it. */
  get bare(): boolean {
    return !this.#asked && this.limit === 1;
  }

  /** The end that SQL puts to the rows: none where it does not know which rows belong, or which are the newest. */
  get limitInSql(): number | null {
    const inOrder = !this.#asked || orderOf(this.source)?.text !== true;
    return this.decided.length === 0 && inOrder ? this.limit : null;
  }

  /** The most rows of one person that are looked at, where the query puts no end to them that SQL can keep. */
  get most(): number {
    return this.limitInSql ?? this.source.mostRows ?? MOST_ROWS;
  }

  /** So many rows of a person are asked of the database: one more than are looked at tells that there are more. */
  get read(): number {
    return this.limitInSql ?? this.most + 1;
  }

  need(field: Field): void {
    for (const name of field.columns) this.needColumn(name, isPlaced(field));
  }

  needColumn(name: string, placed: boolean): void {
    this.#asked = true;
    this.columns.set(columnKey(name, placed), { name, placed });
    const order = orderOf(this.source);
    // Dates that are text have to be read to put the rows in order.
    if (order?.text) this.columns.set(columnKey(order.column, false), { name: order.column, placed: false });
  }

  /** Two row sets with the same signature differ in nothing but their keys. */
  signature(): string {
    const columns = [...this.columns.keys()].sort();
    return JSON.stringify([rowKey(this.source, this.where), this.mask, this.limit, this.placesOnly, columns]);
  }
}

/** A text that names which rows these are. */
export function rowKey(source: Source, where: readonly Predicate[]): string {
  return JSON.stringify([sourceNumber(source), where]);
}

const numbers = new WeakMap<Source, number>();
let lastNumber = 0;
/** The same for the same source, as long as the process lives. */
export function sourceNumber(source: Source): number {
  const known = numbers.get(source);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(source, lastNumber);
  return lastNumber;
}

/** Which columns a statement reads and under which alias, before it is written in any dialect. */
export interface StatementShape {
  source: Source;
  places: readonly RowSetPlace[];
  /** Columns read, sorted by or partitioned by → alias in the innermost select. */
  names: ReadonlyMap<string, string>;
  /** Columns that say whose a row is. */
  persons: ReadonlyMap<string, PersonColumn>;
  shown: readonly ShownColumn[];
  /** Person columns → flag of the rows whose person has no place shield; empty where no place is asked. */
  placeFlags: ReadonlyMap<string, string>;
  /** Nothing but what decides and no order is asked: only which people have any row. */
  bare: boolean;
}

/** A column that says whose a row is, the keys asked for in it, and where the result has the places of those that are alike. */
export interface PersonColumn {
  alias: string;
  places: string;
  keys: RequestedKeys;
}

/** Where one row set finds its rows in the result; null for a mark that it does not need. */
export interface RowSetPlace {
  rows: RowSet;
  person: PersonColumn;
  /** True where the row is one of this row set. */
  flag: string;
  /** True where the row's values may be shown. */
  shown: string | null;
  /** The row's position among the person's rows, from 1. */
  rank: string | null;
}

export interface ShownColumn {
  /** What row sets call it. */
  key: string;
  inner: string;
  alias: string;
  /** One of them is enough for the column to be shown in a row; where there is none it always is. */
  conditions: readonly ShowingCondition[];
}
/** The row is within the row set's limit, where one is named, and all flags are true. */
export interface ShowingCondition {
  within: RowSetPlace | null;
  flags: readonly string[];
}

/** The shape of the one statement for these row sets, which share a table. */
export function shapeOf(rowSets: readonly RowSet[], { keys }: Pick<Dialect, 'keys'>): StatementShape {
  const bare = rowSets.every((rows) => rows.bare);
  const persons = personColumns(rowSets, keys === 'TO_THE_BYTE');
  const places = placesOf(rowSets, persons, bare);
  const names = new Map([...persons].map(([column, { alias }]) => [column, alias]));
  if (!bare) for (const { source } of rowSets) nameAll(names, [orderOf(source)?.column, ...source.record]);
  const columns = new Map(rowSets.flatMap((rows) => [...rows.columns]));
  nameAll(
    names,
    [...columns.values()].map((column) => column.name),
  );
  const placed = [...columns.values()].some((column) => column.placed);
  const placeFlags = new Map(placed ? [...persons].map(([column, { alias }]) => [column, `u${alias}`]) : []);
  const shown = [...columns].map(([key, column], index) => ({
    key,
    inner: names.get(column.name) ?? '',
    alias: `c${index}`,
    conditions: conditionsFor(column, places, placeFlags),
  }));
  return { source: (rowSets[0] as RowSet).source, places, names, persons, shown, placeFlags, bare };
}

function personColumns(rowSets: readonly RowSet[], toTheByte: boolean): Map<string, PersonColumn> {
  const columns = [...new Set(rowSets.map(({ source }) => source.person))];
  return new Map(
    columns.map((column, at) => {
      const asked = rowSets.filter(({ source }) => source.person === column).flatMap(({ keys }) => [...keys]);
      return [column, { alias: `p${at}`, places: `k${at}`, keys: new RequestedKeys(asked, toTheByte) }];
    }),
  );
}

function placesOf(
  rowSets: readonly RowSet[],
  persons: ReadonlyMap<string, PersonColumn>,
  bare: boolean,
): RowSetPlace[] {
  return rowSets.map((rows, index) => ({
    rows,
    // biome-ignore lint/style/noNonNullAssertion: made from these very row sets
    person: persons.get(rows.source.person)!,
    flag: `f${index}`,
    shown: rows.mask.length === 0 ? null : `m${index}`,
    rank: bare ? null : `n${index}`,
  }));
}

function nameAll(names: Map<string, string>, columns: readonly (string | undefined)[]): void {
  for (const column of columns)
    if (column !== undefined && !names.has(column)) names.set(column, `t${names.size}`);
}

function conditionsFor(
  column: Column,
  places: readonly RowSetPlace[],
  placeFlags: StatementShape['placeFlags'],
): ShowingCondition[] {
  const asking = places.filter(({ rows }) => rows.columns.has(columnKey(column.name, column.placed)));
  const everywhere = asking.length === places.length && asking.every(({ shown }) => shown === null);
  const conditions = asking.map((place) => ({
    within: everywhere ? null : place,
    flags: [
      ...(place.shown === null ? [] : [place.shown]),
      ...(column.placed ? [placeFlags.get(place.rows.source.person) ?? place.flag] : []),
    ],
  }));
  if (!everywhere) return conditions;
  const distinct = new Map(conditions.map((one) => [one.flags.join(), one]));
  return distinct.has('') ? [] : [...distinct.values()];
}
