import type { IdentifierSystem } from '../../adapters/contract.ts';
import type { IndexedName } from './names.ts';

/** What a matcher sees of one record. `key` names it across agencies. */
export interface MatchRecord {
  key: string;
  /** Key of the record of the same agency that this one was merged into. */
  mergedInto: string | null;
  names: readonly IndexedName[];
  /** YYYY-MM-DD. */
  dateOfBirth: string | null;
  identifiers: readonly HashedIdentifier[];
}
export interface HashedIdentifier {
  system: IdentifierSystem;
  hash: string;
  verified: boolean;
}

export interface Matching {
  /** Every record in exactly one cluster: the records of one person. */
  clusters: readonly (readonly string[])[];
  /** Pairs of records, of different clusters, that may be one person's: too weak to disclose on. */
  candidates: readonly (readonly [string, string])[];
}

/**
 * Decides which records are one person's. Pure; the order of records does not matter, and a record that shares no
 * blocking key with others changes nothing about them.
 */
export interface Matcher {
  /** Two records without a common key are never linked, nor candidates. */
  blockingKeys(record: MatchRecord): readonly string[];
  match(records: readonly MatchRecord[]): Matching;
}
