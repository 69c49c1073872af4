import { StoreUnreachableError } from '../store/outage.ts';

/** Neither the store nor the spool could take an entry: nothing may be released. */
export class RegisterUnavailableError extends Error {
  override readonly name = 'RegisterUnavailableError';
  readonly code = 'REGISTER_UNAVAILABLE';

  constructor(why: string, cause?: unknown) {
    super(`The disclosure register cannot be written: ${why}`, { cause });
  }
}

/** An entry that cannot be registered as it stands, so that what it speaks of must not be released. */
export class RegisterEntryError extends Error {
  override readonly name = 'RegisterEntryError';
  readonly code = 'REGISTER_ENTRY_INVALID';

  constructor(field: string, why: string) {
    super(`A register entry's ${field} ${why}`);
  }
}

/** A file of the register in the data directory cannot be used; the message names it and says why. */
export class RegisterFileError extends Error {
  override readonly name = 'RegisterFileError';
  readonly code = 'REGISTER_FILE_UNUSABLE';
  readonly file: string;
  readonly why: string;

  constructor(file: string, why: string, cause?: unknown) {
    super(`Register file ${file}: ${why}`, { cause });
    this.file = file;
    this.why = why;
  }
}

/** The store holds another entry at a place in the chain that this gateway has written itself. */
export class RegisterConflictError extends Error {
  override readonly name = 'RegisterConflictError';
  readonly code = 'REGISTER_CONFLICT';

  constructor(chain: string, seq: number) {
    super(
      `The register holds an entry that this gateway did not write, at ${chain}/${seq}: somebody added it, or two gateways share one data directory`,
    );
  }
}

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
