import { orderOf, predicateColumns } from '../../../adapters/contract.ts';
import { type Field, isPlaced, type Predicate, type Source } from './any-table.ts';
import { conjuncts, isDecoded } from './predicate.ts';
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
