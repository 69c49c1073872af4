import type { SearchLimits } from '../person-index/search-policy.ts';

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
  /** Connections to each agency's database at most; 8 if not said. */
  agencyConnections?: number | undefined;
  /** Milliseconds between passes of the feeds to the person index. */
  feedIntervalMs?: number | undefined;
  /** How often a login may search; the policy's own limits if not said. */
  searchLimits?: SearchLimits | undefined;
  indexKey?: string | undefined;
  indexKeyPrevious?: string | undefined;
  registerSigningKey?: string | undefined;
  now?: (() => Date) | undefined;
  log: AppLog;
  /** Takes how far long work is, a line at a time. */
  tell?: ((line: string) => void) | undefined;
}
