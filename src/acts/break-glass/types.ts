/** What is known of a break-glass: who opened what of whom, and what was said of it afterwards. */
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { Ground, PersonsView } from '../../sharing/policy/types.ts';
import type { Actor } from '../act.ts';

export const OPEN_FOR_MS = 30 * 60_000;
/** Of one login: at once, and within 24 hours. */
export const MOST_OPEN = 3;
export const MOST_A_DAY = 10;
/** Working days that an agency has once more, after it has said that it needs to know more. */
export const MORE_TIME_DAYS = 5;
export const BREACH_TOLD_WITHIN_MS = 72 * 3_600_000;

export type ReviewFinding = 'JUSTIFIED' | 'NOT_JUSTIFIED' | 'MORE_NEEDED';
export type PersonTold = 'YES' | 'LATER' | 'NOT_SAFE';
/** OVERDUE: a review, or the confirmation of the asker's organisation, is past its date. REVIEWED: every word is given. */
export type GlassState = 'OPEN' | 'AWAITING_REVIEW' | 'REVIEWED' | 'OVERDUE';

export type Opener = Actor;

/** What is to be opened; decided already, by `decide`. */
export interface NewGlass {
  opener: Opener;
  purpose: string;
  reference: string;
  person: string;
  sections: readonly string[];
  ground: Ground;
  personsView: PersonsView;
  statement: string;
  relationship: 'VERIFIED' | 'CLAIMED';
  policyVersion: string;
  /** Every agency whose policy opens any of it: which fields, as `section.field`, and its records that are linked now. */
  agencies: ReadonlyMap<AgencyId, { fields: readonly string[]; records: readonly RecordId[] }>;
}

export interface GlassAgency {
  agency: AgencyId;
  fields: readonly string[];
  records: readonly RecordId[];
  reviewBy: Date;
}
export interface GlassReview {
  agency: AgencyId;
  finding: ReviewFinding;
  personTold: PersonTold;
  why: string;
  name: string;
  at: Date;
}

/** One break-glass as it stands. */
export interface Glass extends Omit<NewGlass, 'agencies'> {
  id: string;
  state: GlassState;
  openedAt: Date;
  /** When it ends or has ended. */
  endsAt: Date;
  confirmBy: Date;
  /** What the asker's own organisation says of the facts; null until it has. */
  confirmed: boolean | null;
  agencies: readonly GlassAgency[];
  /** In the order in which they came. */
  reviews: readonly GlassReview[];
}
