import type { Cells, RowsQuestion } from './api.ts';
import type { RecordId } from './ids.ts';

/**
 * Stands where makers of the contract are given a database, of an agency that has an API in place of one: they ask it for
 * the rows that they would have made a statement for.
 */
export interface RowReader {
  readonly readsRows: true;
  /** The rows, checked as those of a request are; rejects where not all of them could be had. */
  rows(question: RowsQuestion): Promise<readonly Cells[]>;
  /** Numbers of records after this one, in order, at most `limit`. All are listed anew where `after` is null. */
  records(after: RecordId | null, limit: number): Promise<readonly RecordId[]>;
  /** As `changes` of the agency's API; both reject where it tells none. */
  mark(): Promise<string>;
  since(mark: string): Promise<{ records: readonly RecordId[]; mark: string }>;
}

/** Null where it is a database. */
export const readerOf = (db: object): RowReader | null => ('readsRows' in db ? (db as RowReader) : null);
