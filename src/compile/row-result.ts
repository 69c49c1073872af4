import { type Field, isPlaced } from './any-table.ts';
import { recordName } from './dialect.ts';

/** One row of a table's result, and whether a row condition masks its values. */
export interface Row {
  cells: Readonly<Record<string, unknown>>;
  masked: boolean;
}

/** The rows that came, by person. */
export class RowResult {
  /** Alias of each column in the statement's result; known once it has come. */
  aliases: ReadonlyMap<string, string> = new Map();
  readonly #rows = new Map<string, Row[]>();

  /** Takes a row of the person whose record the cell names. */
  add(person: unknown, row: Row): void {
    const key = recordName(person);
    const rows = this.#rows.get(key);
    if (rows) rows.push(row);
    else this.#rows.set(key, [row]);
  }

  /** The person's rows, newest first. */
  rowsOf(key: string): readonly Row[] {
    return this.#rows.get(recordName(key)) ?? NO_ROWS;
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
