import { StoreUnreachableError } from '../store/outage.ts';

/** Is told of each write: every answer waits for one. */
export interface RegisterMetrics {
  /** So many entries were durably written by one write that took so many seconds. */
  written(entries: number, to: 'store' | 'spool', seconds: number): void;
}

/** What may be said of an error: its code. The message and detail of a database's error can hold a row. */
export function errorCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  // The reason why the store cannot be reached says more than the fact.
  if (error instanceof StoreUnreachableError && error.cause instanceof Error) return errorCodeOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
