import type { Source } from './any-table.ts';
import { columnKey } from './row-result.ts';
import type { Column, RowSet } from './row-set.ts';

/** Which columns a statement reads and under which alias, before it is written in any dialect. */
export interface StatementShape {
  source: Source;
  places: readonly RowSetPlace[];
  /** Columns read, sorted by or partitioned by → alias in the innermost select. */
  names: ReadonlyMap<string, string>;
  /** Person columns → alias. */
  persons: ReadonlyMap<string, string>;
  shown: readonly ShownColumn[];
  /** Person columns → flag of the rows whose person has no place shield; empty where no place is asked. */
  placeFlags: ReadonlyMap<string, string>;
  /** No column and no order is asked: only which people have any row. */
  bare: boolean;
}

/** Where one row set finds its rows in the result; null for a mark that it does not need. */
export interface RowSetPlace {
  rows: RowSet;
  person: string;
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
export function shapeOf(rowSets: readonly RowSet[]): StatementShape {
  const bare = rowSets.every((rows) => rows.columns.size === 0 && rows.limit === 1);
  const persons = new Map<string, string>();
  for (const { source } of rowSets)
    if (!persons.has(source.person)) persons.set(source.person, `p${persons.size}`);
  const places = placesOf(rowSets, persons, bare);
  const names = new Map(persons);
  if (!bare) for (const { source } of rowSets) nameAll(names, [source.newestFirst, ...source.record]);
  const columns = new Map(rowSets.flatMap((rows) => [...rows.columns]));
  nameAll(
    names,
    [...columns.values()].map((column) => column.name),
  );
  const placed = [...columns.values()].some((column) => column.placed);
  const placeFlags = new Map(placed ? [...persons].map(([column, alias]) => [column, `u${alias}`]) : []);
  const shown = [...columns].map(([key, column], index) => ({
    key,
    inner: names.get(column.name) ?? '',
    alias: `c${index}`,
    conditions: conditionsFor(column, places, placeFlags),
  }));
  return { source: (rowSets[0] as RowSet).source, places, names, persons, shown, placeFlags, bare };
}

function placesOf(rowSets: readonly RowSet[], persons: Map<string, string>, bare: boolean): RowSetPlace[] {
  const orders = new Set(rowSets.map(({ source }) => JSON.stringify([source.newestFirst, source.record])));
  return rowSets.map((rows, index) => ({
    rows,
    person: persons.get(rows.source.person) ?? '',
    flag: `f${index}`,
    shown: rows.mask.length === 0 ? null : `m${index}`,
    // Where all want the same order, that of the statement does for those without a limit.
    rank: bare || (rows.limit === null && orders.size === 1) ? null : `n${index}`,
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
