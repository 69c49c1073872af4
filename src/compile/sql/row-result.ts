import { type Field, isPlaced } from './any-table.ts';

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
