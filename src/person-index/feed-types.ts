import type { AgencyId, IndexSource, Kysely } from '../../adapters/contract.ts';
import type { IndexFeature } from '../sharing/policies.ts';
import type { Keys } from './keys.ts';
import type { MatchProgress } from './match-pending.ts';
import type { Store } from './tables.ts';

/** The part of a logger that the index uses. Records are never named to it. */
export interface IndexLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** A feed that lost most of its records at once. Nothing of the pass was taken. */
export class FeedCollapsedError extends Error {
  override readonly name = 'FeedCollapsedError';
  readonly code = 'FEED_COLLAPSED';

  constructor(agency: string, known: number, removed: number) {
    super(`The feed of ${agency} lost ${removed} of ${known} records at once`);
  }
}

export interface AgencyFeed {
  agency: AgencyId;
  // biome-ignore lint/suspicious/noExplicitAny: any agency's tables
  source: IndexSource<any>;
  /** The agency's own database. */
  // biome-ignore lint/suspicious/noExplicitAny: any agency's tables
  db: Kysely<any>;
  /** What the agency's policy lets the index hold. */
  share: readonly IndexFeature[];
}

/** How far a pass is: records of an agency read so far, or records matched of all that wait. */
export type FeedProgress =
  | { step: 'READ'; agency: AgencyId; records: number; done: boolean }
  | ({ step: 'MATCH' } & MatchProgress);

/** When everything is read again and compared, although the agency tells its changes: what is gone is found by that. */
export interface FullEvery {
  passes: number;
  /** Milliseconds. */
  ms: number;
}

export interface RefreshInput extends AgencyFeed {
  store: Store;
  keys: Keys;
  log: IndexLog;
  now: () => Date;
  /** How often passes are made, milliseconds: what is overdue follows from it. */
  intervalMs: number;
  /** Whichever comes first; every 60th pass or six hours if not given. */
  fullEvery?: FullEvery | undefined;
  /** Records that are written, matched and protected in one transaction; 5,000 if not given. */
  atOnce?: number | undefined;
  onProgress?: ((progress: FeedProgress) => void) | undefined;
  /** Matches all that waits, once others that read now have read; at once and alone if not given. */
  match?: (() => Promise<void>) | undefined;
}

export interface Refreshed {
  /** Records that were read: all, or those of which the agency told that they changed. */
  records: number;
  changed: number;
  removed: number;
}
