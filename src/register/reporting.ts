/** Where the register says how it is. Fields and messages carry no personal data. */
export interface RegisterLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RegisterMetrics {
  /** So many entries were durably written by one write that took so many seconds. */
  written(entries: number, to: 'store' | 'spool', seconds: number): void;
  /** So many entries wait in the spool. */
  waiting(entries: number): void;
}

/** What may be said of an error: its code. The message and detail of a database's error can hold a row. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
