/** What is known of a request that somebody of an agency decides: who asked for what of whom, and what came of it. */
import type { RecordId } from '../../../adapters/contract.ts';
import type { Caller } from '../../caller/types.ts';
import type { ReferenceStanding } from '../../sharing/policy/types.ts';
import type { Level } from '../../states.ts';

/** Of one login: how many may wait at once. */
export const MOST_WAITING = 10;
/** How long a permit holds at most, and unless somebody says less. */
export const LONGEST_PERMIT_MS = 7 * 24 * 3_600_000;
/** How many requests may use one permit at most. */
export const MOST_USES = 100;

/** Why an agency did not give what was asked, as far as whoever asked is told. NOT_ANSWERED is nobody's to say. */
export type NotGivenReason = 'NOT_NECESSARY' | 'ANOTHER_ROUTE' | 'LAW_EXCLUDES' | 'NOT_ANSWERED';
/** USED: it was permitted, and its uses are used up or its time is over. */
export type RequestState = 'WAITING' | 'PERMITTED' | 'NOT_GIVEN' | 'USED';

export type RequestAsker = Pick<
  Caller,
  'issuer' | 'sub' | 'staff' | 'name' | 'role' | 'organisation' | 'site'
>;

/** What is asked; that somebody decides on it has been found by `decide`. */
export interface NewRequest {
  asker: RequestAsker;
  purpose: string;
  /** `<agency>:<number>`. */
  reference: string;
  person: string;
  section: string;
  agency: string;
  why: string;
  relationship: 'VERIFIED' | 'CLAIMED';
  standing: ReferenceStanding;
  /** The agency's records that are linked now. */
  records: readonly RecordId[];
  /** The role of the agency that decides. */
  decides: string;
  policyVersion: string;
  answerBy: Date;
}

/** What an agency decided. */
export type RequestVerdict =
  | { verdict: 'PERMIT'; level: Level; uses: number; until: Date }
  | { verdict: 'DENY'; reason: Exclude<NotGivenReason, 'NOT_ANSWERED'> };

/** A request as it was kept; how it stands follows from it, the time and the policy. */
export interface DisclosureRequest extends NewRequest {
  id: string;
  askedAt: Date;
  verdict: RequestVerdict['verdict'] | null;
  reason: NotGivenReason | null;
  level: Level | null;
  usesLeft: number | null;
  until: Date | null;
  note: string | null;
  decidedAt: Date | null;
}

/**
 * How it stands.
 * @param gives whether the agency's policy still lets somebody decide on it, and gives what they permit
 */
export function stateOf(
  { verdict, reason, answerBy, usesLeft, until }: DisclosureRequest,
  gives: boolean,
  now: Date,
): { state: RequestState; reason: NotGivenReason | null } {
  if (verdict === 'DENY') return { state: 'NOT_GIVEN', reason };
  if (verdict === 'PERMIT') {
    const over = (usesLeft ?? 0) === 0 || (until ?? now) <= now;
    if (over) return { state: 'USED', reason: null };
    return gives ? { state: 'PERMITTED', reason: null } : { state: 'NOT_GIVEN', reason: 'LAW_EXCLUDES' };
  }
  if (answerBy <= now) return { state: 'NOT_GIVEN', reason: 'NOT_ANSWERED' };
  return gives ? { state: 'WAITING', reason: null } : { state: 'NOT_GIVEN', reason: 'LAW_EXCLUDES' };
}
