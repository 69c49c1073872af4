import { type DecodeContext, instant, orderOf } from '../../../adapters/contract.ts';
import { isTrue } from '../dialects/dialect.ts';
import { type AgencyUnavailableError, KeysNotDistinctError } from '../run/errors.ts';
import { type Field, isPlaced, type Predicate } from './any-table.ts';
import { meets } from './predicate.ts';
import type { RowSet, RowSetPlace, StatementShape } from './row-set.ts';

/** One row of a table's result, the key it was asked for by, and whether a row condition masks its values. */
export interface Row {
  key: string;
  cells: Readonly<Record<string, unknown>>;
  masked: boolean;
}

/** The rows that came, by person. */
export class RowResult {
  /** Alias of each column in the statement's result; known once it has come. */
  aliases: ReadonlyMap<string, string> = new Map();
  /** Why the rows could not be had, where others of the same question could; whatever is made of them is a hole. */
  failure: AgencyUnavailableError | null = null;
  readonly #rows = new Map<string, Row[]>();
  readonly #unsure = new Set<string>();
  readonly #cut = new Set<string>();

  /** Takes a row of the person who was asked for by its key. */
  add(row: Row): void {
    const rows = this.#rows.get(row.key);
    if (rows) rows.push(row);
    else this.#rows.set(row.key, [row]);
  }

  /** Takes note of a row of the person of which nobody can say whether it belongs. */
  addUnsure(key: string): void {
    this.#unsure.add(key);
  }

  /** Takes note that the person has rows that are not looked at, being too many. */
  addCut(key: string): void {
    this.#cut.add(key);
  }

  /** Whether the person has rows that were not looked at. */
  isCut(key: string): boolean {
    return this.#cut.has(key);
  }

  /** Puts each person's rows in order, those that are equal as they came, and keeps so many of them. */
  arrange(order: ((one: Row, other: Row) => number) | null, limit: number | null): void {
    for (const rows of this.#rows.values()) {
      if (order) rows.sort(order);
      if (limit !== null && rows.length > limit) rows.length = limit;
    }
  }

  /** The person's rows, newest first. */
  rowsOf(key: string): readonly Row[] {
    return this.#rows.get(key) ?? NO_ROWS;
  }

  /** Whether there may be more rows of the person than `rowsOf` has, for want of cells that can be read. */
  isUnsure(key: string): boolean {
    return this.#unsure.has(key);
  }

  /** The row's values for a field, in the order of its columns. */
  cells(row: Row, field: Field): unknown[] {
    const placed = isPlaced(field);
    return field.columns.map((name) => this.cell(row, name, placed));
  }

  cell(row: Row, column: string, placed: boolean): unknown {
    return row.cells[this.aliases.get(columnKey(column, placed)) ?? ''];
  }
}
const NO_ROWS: readonly Row[] = [];

/** A column that is also read for shielded people is another column than one that is not. */
export function columnKey(name: string, placed: boolean): string {
  return placed ? `${name} (place)` : name;
}

type Cells = Readonly<Record<string, unknown>>;

/**
 * Gives each row set of a statement its rows. Throws KeysNotDistinctError where rows of two keys cannot be told apart:
 * nothing of the answer is used then.
 */
export function giveRows(shape: StatementShape, result: readonly Cells[], context: DecodeContext): void {
  const aliases = new Map(shape.shown.map((one) => [one.key, one.alias]));
  for (const place of shape.places) {
    const { rows, rank } = place;
    rows.result.aliases = aliases;
    const own = result.filter((cells) => isOwn(place, cells));
    const { person } = place;
    if (rank !== null) own.sort((one, other) => Number(one[rank]) - Number(other[rank]));
    const looked = new Map<string, number>();
    for (const cells of own) {
      const key = person.keys.keyOf(cells[person.alias], cells[person.places] as number[]);
      if (!rows.keys.has(key)) throw new KeysNotDistinctError();
      const count = (looked.get(key) ?? 0) + 1;
      looked.set(key, count);
      if (count > rows.most) {
        rows.result.addCut(key);
        continue;
      }
      const row = { key, cells, masked: place.shown !== null && !isTrue(cells[place.shown]) };
      const belongs = decide(rows.decided, row, rows, context);
      if (belongs === null) rows.result.addUnsure(key);
      if (belongs !== true) continue;
      row.masked ||= decide(rows.decidedMask, row, rows, context) !== true;
      rows.result.add(row);
    }
    rows.result.arrange(newestFirst(rows, context.now), rows.limit);
  }
}

/** Whether the row meets all of these; null where what cannot be read decides. */
function decide(
  conditions: readonly Predicate[],
  row: Row,
  { result }: RowSet,
  context: DecodeContext,
): boolean | null {
  if (conditions.length === 0) return true;
  return meets({ all: conditions }, (column) => result.cell(row, column, false), context);
}

/** By dates that are written as text; null where the database has put the rows in order. Those without a date come last. */
function newestFirst({ source, result }: RowSet, now: Date): ((one: Row, other: Row) => number) | null {
  const order = orderOf(source);
  if (!order?.text) return null;
  const quiet = { now, note: () => {} };
  const read = new Map<Row, number>();
  const timeOf = (row: Row): number => {
    const known = read.get(row);
    if (known !== undefined) return known;
    const time = instant(result.cell(row, order.column, false), quiet)?.getTime() ?? Number.NEGATIVE_INFINITY;
    read.set(row, time);
    return time;
  };
  // Two rows without a date differ by NaN, which counts as nothing.
  return (one, other) => timeOf(other) - timeOf(one) || 0;
}

/** A row can be in the result for another row set's sake. */
function isOwn({ rows, flag, rank }: RowSetPlace, cells: Cells): boolean {
  if (!isTrue(cells[flag])) return false;
  return rank === null || Number(cells[rank]) <= rows.read;
}
