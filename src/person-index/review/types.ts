/** What a review of links shows and takes: tasks, side by side, as one reviewer may see them. */
import type { AgencyId, IndexRecord, RecordId } from '../../../adapters/contract.ts';
import type { PolicyRule, Relationship } from '../../sharing/policy/types.ts';
import type { Level } from '../../states.ts';
import type { FeatureComparison, IndexedName } from '../../store/tables.ts';
import type { LinkVerdict } from '../match/human-decisions.ts';
import type { PersonId } from '../records/types.ts';
import type { Decision } from './make-decision.ts';

export type ReviewState = 'OPEN' | 'UNSURE' | 'AWAITING_CONFIRMATION' | 'DECIDED';
/**
 * CANDIDATE: the machine finds them alike and not enough so. LINKED: they are one person, whose records were asked for.
 * The others: a search could not tell them apart.
 */
export type ReviewOrigin = 'CANDIDATE' | 'LINKED' | 'MANY_MATCH' | 'POSSIBLE_MATCH';

/** A feature of identity that an agency's policy can release to a reviewer. */
export type ReviewFeature = 'givenName' | 'familyName' | 'dateOfBirth' | 'sex';

/** One agency's record, with nothing but what the reviewer may see of it. */
export interface ReviewRecord {
  /** Null for "another agency", which may not appear to the reviewer. */
  agency: AgencyId | null;
  /** Opaque token, as in answers; null for another agency's. */
  record: string | null;
  names: readonly IndexedName[];
  dateOfBirth: string | null;
  sex: IndexRecord['sex'];
  /** Asks the decisions anew whether a feature of this record may be shown. */
  released(feature: ReviewFeature): boolean;
}
export interface ReviewSide {
  relationship: Relationship;
  records: readonly ReviewRecord[];
}
/** A decision made before. Of other organisations neither who nor why, nor which, where it may not appear. */
export interface EarlierDecision {
  verdict: LinkVerdict;
  at: Date;
  organisation: AgencyId | null;
  role: string | null;
  name: string | null;
  why: string | null;
}
export interface ReviewTask {
  /** Opaque, bound to the caller's organisation and reference. */
  id: string;
  state: ReviewState;
  origins: readonly ReviewOrigin[];
  sides: readonly ReviewSide[];
  comparisons: readonly FeatureComparison[];
  weightBits: number | null;
  /** Why no weight may link the two, in words. */
  heldBack: string | null;
  /** Newest first. */
  decisions: readonly EarlierDecision[];
}
/** Somebody whose features stand in an answer, for the register. */
export interface SeenPerson {
  person: PersonId;
  relationship: Relationship;
  agencies: readonly {
    agency: AgencyId;
    level: Level | null;
    rule: PolicyRule | null;
    /** The agency's own numbers of the records shown. */
    records: readonly RecordId[];
  }[];
}
export interface ReviewTaskPage {
  tasks: readonly ReviewTask[];
  /** Give it as `after` for what follows; null at the end. */
  next: string | null;
  seen: readonly SeenPerson[];
}

/** The reviews of one request. Every method rejects when the store cannot be reached. */
export interface RequestReview {
  /** `person`: a public id, for the records linked as that person in place of the reference's tasks. */
  tasks(page: {
    first: number;
    after: string | null;
    state: ReviewState;
    person: string | null;
  }): Promise<ReviewTaskPage>;
  /**
   * What waits for the second word of the caller's agency: of all its records for an officer of its own, of the reference
   * for anybody else.
   */
  toConfirm(page: { first: number; after: string | null; officer: boolean }): Promise<ReviewTaskPage>;
  /**
   * Null for unknown, unrelated, hidden and stale alike. `register` is called before the decision takes effect. `confirms`:
   * only the second word on what waits. `officer`: of the caller's own agency, who may confirm and take back their own
   * word, and has no reference.
   */
  decide(
    task: string,
    wanted: { verdict: LinkVerdict | 'UNDO'; confirms: boolean; why: string; officer: boolean },
    register: (decision: Decision, relationship: Relationship) => Promise<void>,
  ): Promise<Decision | null>;
}
