import type { AgencyId, AnyAgencyDatabase, AnyIndexSource } from '../../../adapters/contract.ts';
import type { Logger } from '../../logger.ts';
import type { IndexFeature } from '../../sharing/policy/policies.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { MatchProgress } from '../match/match-pending.ts';
import type { Keys } from '../records/keys.ts';

/** A feed that lost most of its records at once. Nothing of the pass was taken. */
export class FeedCollapsedError extends Error {
  override readonly name = 'FeedCollapsedError';
  readonly code = 'FEED_COLLAPSED';

  constructor(agency: string, known: number, removed: number) {
    super(`The feed of ${agency} lost ${removed} of ${known} records at once`);
  }
}

export interface FeedSource {
  agency: AgencyId;
  source: AnyIndexSource;
  /** What the agency's policy lets the index hold. */
  share: readonly IndexFeature[];
}

/** How far a pass is: records of an agency read so far, or records matched of all that wait. */
export type FeedProgress =
  | { step: 'READ'; agency: AgencyId; records: number; done: boolean }
  | ({ step: 'MATCH' } & MatchProgress);

/**
 * When everything is looked at again, although the agency tells its changes: what is gone is found by that. After so many
 * passes by the agency's digest, and read only where that is another; after so much time it is read in any case.
 */
export interface FullEvery {
  passes: number;
  /** Milliseconds. */
  ms: number;
}

export interface RefreshInput extends FeedSource {
  /** The agency's own database. */
  db: AnyAgencyDatabase;
  store: StoreDatabase;
  keys: Keys;
  /** Records are never named to it. */
  log: Logger;
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
  /** Records that were read: all, those of which the agency told that they changed, or none where all is as it was. */
  records: number;
  changed: number;
  removed: number;
}
