/** A structured log; fields never hold anything of a person. */
export interface AppLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface AppOptions {
  /** The folder with `schema/` and `adapters/`. */
  root: string;
  /** For keys, the register's spool and signed heads. */
  dataDir: string;
  /** The gateway's own store, as a login that owns its tables. */
  storeUrl: string;
  /** Agency id → its database, by a login that may read what its adapter reads. */
  agencyUrls: Readonly<Record<string, string>>;
  /** Milliseconds an agency has for one statement. */
  agencyTimeoutMs: number;
  /** Milliseconds between passes of the feeds to the person index. */
  feedIntervalMs?: number | undefined;
  indexKey?: string | undefined;
  registerSigningKey?: string | undefined;
  now?: (() => Date) | undefined;
  log: AppLog;
}
