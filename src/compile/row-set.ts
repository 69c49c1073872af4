import { type Field, isPlaced, type Predicate, type Source } from './any-table.ts';
import { columnKey, RowResult } from './row-result.ts';

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
  /** At most so many rows a person, newest first; null for all. */
  readonly limit: number | null;
  /** Everything it answers is a place: nothing of it is read for people under a place shield. */
  placesOnly = true;
  readonly columns = new Map<string, Column>();
  readonly keys = new Set<string>();
  /** What came back; row sets that differ in nothing but their keys are read as one and share it. */
  result = new RowResult();

  constructor(source: Source, where: readonly Predicate[], mask: readonly Predicate[], limit: number | null) {
    this.source = source;
    this.where = where;
    this.mask = mask;
    this.limit = limit;
  }

  need(field: Field): void {
    for (const name of field.columns) this.needColumn(name, isPlaced(field));
  }

  needColumn(name: string, placed: boolean): void {
    this.columns.set(columnKey(name, placed), { name, placed });
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
function sourceNumber(source: Source): number {
  const known = numbers.get(source);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(source, lastNumber);
  return lastNumber;
}
