import type { IndexRecord } from '../../../adapters/contract.ts';
import type { FeatureComparison, HashedIdentifier, IndexedName } from '../../store/tables.ts';

/** What a matcher sees of one record. `key` names it across agencies. */
export interface MatchRecord {
  key: string;
  /** Key of the record of the same agency that this one was merged into. */
  mergedInto: string | null;
  names: readonly IndexedName[];
  /** YYYY-MM-DD. */
  dateOfBirth: string | null;
  sex: IndexRecord['sex'];
  /** Of the current address, without spaces. */
  postcode: string | null;
  /** Keyed hash of the current place. */
  place: string | null;
  /** The same under the previous key, while the key is being changed. */
  placeWas?: string | null | undefined;
  identifiers: readonly HashedIdentifier[];
}

export interface Matching {
  /** Every record in exactly one cluster: the records of one person. */
  clusters: readonly (readonly string[])[];
  /** Pairs of records, of different clusters, that may be one person's: too weak to disclose on. */
  candidates: readonly (readonly [string, string])[];
}

/** What humans decided, as pairs of record keys. A pair stands in at most one of the two. */
export interface HumanVerdicts {
  /** One person, whatever the records say; unless an exclusion stands in the way. */
  same: readonly (readonly [string, string])[];
  /** Two people: no cluster ever holds both, not even through third records. */
  different: readonly (readonly [string, string])[];
}
export const UNDECIDED: HumanVerdicts = { same: [], different: [] };

export interface Explanation {
  comparisons: readonly FeatureComparison[];
  /** The sum that the decision rests on; null where nothing can be weighed. */
  weightBits: number | null;
  /** Why no weight may link the two, in words; null where nothing stands against it. */
  heldBack: string | null;
}
export const UNEXPLAINED: Explanation = { comparisons: [], weightBits: null, heldBack: null };

/**
 * Decides which records are one person's. Pure; the order of records does not matter, and a record that is near to no
 * other, and of which no human said that it is another's, changes nothing about them.
 */
export interface Matcher {
  /** Names the model and its thresholds: kept with each human decision. */
  version: string;
  /** The two may be one person's: only such records can be linked, or be candidates of each other. */
  near(one: MatchRecord, other: MatchRecord): boolean;
  /** `records` must hold, of each record in it, all that are near to it. */
  match(records: readonly MatchRecord[], decided?: HumanVerdicts): Matching;
  /** Why two records are, or are not, one person's; for the terminal and the review screen. */
  explain(one: MatchRecord, other: MatchRecord): Explanation;
}
