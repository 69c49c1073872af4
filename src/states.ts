/**
 * How an answer stands, and why: every state, level and reason once, with what hangs on it. Types come from these tables,
 * so that a place which answers for each of them does not compile until it answers for a new one.
 * The words are those of the public schema (`AnswerState`, `SharingLevel`, `Reason`).
 */

/** How much of a section is released, least first. */
export const LEVELS = ['EXISTS', 'SUMMARY', 'FULL'] as const;
export type Level = (typeof LEVELS)[number];

/** 0 for nothing at all, then EXISTS, SUMMARY, FULL. */
export const rank = (level: Level | null): number => (level === null ? 0 : LEVELS.indexOf(level) + 1);

export const least = (a: Level, b: Level): Level => (rank(a) <= rank(b) ? a : b);

/** Why something is withheld, in the fixed order in which they are given: the first that applies. */
export const WITHHELD_REASONS = [
  'GATEWAY_EXCLUDES',
  'AGREEMENT_NOT_IN_FORCE',
  'AGREEMENT_WITHDRAWN',
  'ROLE',
  'PURPOSE',
  'NOT_LISTED',
  'NOT_OFFERED',
  'NEEDS_REVIEW',
  'NEEDS_BREAK_GLASS',
  'CONSENT_REQUIRED',
  'NO_RELATIONSHIP',
  'RELATIONSHIP_UNVERIFIED',
  'OTHER_ORGANISATION_ONLY',
  'OBJECTED',
  'LEVEL',
] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

/** Each reason as a sentence for those who keep the policy or are refused by it. */
export const REASON_WORDS: Readonly<Record<WithheldReason, string>> = {
  GATEWAY_EXCLUDES: 'No gateway of law carries it from this agency for this purpose, at this kind of place.',
  AGREEMENT_NOT_IN_FORCE:
    'No sharing agreement of this agency is in force today with the organisation that asks.',
  AGREEMENT_WITHDRAWN: 'The sharing agreement has been withdrawn.',
  ROLE: 'This agency grants nothing to this role.',
  PURPOSE: 'This agency grants nothing to this role at this purpose.',
  NOT_LISTED: 'The grant does not list it, or the agency does not appear here to this role.',
  NOT_OFFERED: 'It is not offered through Sightline, to anyone in this role.',
  NEEDS_REVIEW: 'A person of the agency decides each time.',
  NEEDS_BREAK_GLASS: 'It needs a break-glass request.',
  CONSENT_REQUIRED:
    'The person must have agreed to it: whoever refers them asks, and records their consent on their own reference; the agency confirms what somebody recorded for a request of their own.',
  NO_RELATIONSHIP: 'The reference does not tie the caller to the person.',
  RELATIONSHIP_UNVERIFIED: 'The reference does not yet prove the relationship that this grant asks for.',
  OTHER_ORGANISATION_ONLY: "It is for the agency's own staff alone.",
  OBJECTED:
    'The person has objected to its being shared for this purpose, and it stops unless the agency decides otherwise.',
  LEVEL: 'It is released from a higher level than the grant gives.',
};

/** Why an agency as a whole cannot be asked. */
export const OUTAGE_REASONS = ['TIMED_OUT', 'FAILED', 'STARTING'] as const;
export type OutageReason = (typeof OUTAGE_REASONS)[number];

/** Why a statement brought no answer: its agency's outage, or an answer that was not taken in. */
export const UNAVAILABLE_REASONS = [...OUTAGE_REASONS, 'TOO_LARGE'] as const;
export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

/** Reason → what the caller is told at the field where neither the policy nor the state has better words; null for none. */
export const ANSWER_REASONS = {
  NO_LINKED_RECORD: null,
  NONE_IN_SCOPE: null,
  TIMED_OUT: null,
  FAILED: null,
  STARTING: null,
  TOO_LARGE:
    'The agency has too much for one answer. Ask for fewer people or fields at once, or call the desk.',
  TOO_MANY_ROWS:
    'The agency has more rows of this person than are looked at. That is not “none”: call the desk.',
  UNREADABLE:
    'The agency has a record, but what it says here is missing or could not be read. That is not “none”: call the desk.',
} as const satisfies Record<UnavailableReason, string | null> & Record<string, string | null>;
/** Why a section, a field or an item is not, or not wholly, in an answer. */
export type AnswerReason = WithheldReason | keyof typeof ANSWER_REASONS;

interface StateFacts {
  /** Without data, the section stands as the supplier with the lowest of these; null where there are data. */
  worstFirst: number | null;
  /** `extensions.code` of the error at a null field; null where a field of it has a value. */
  code: 'WITHHELD' | 'SOURCE_UNAVAILABLE' | 'NOT_AVAILABLE' | null;
  /** What is told at the field where policy and reason have no words of their own. */
  message: string | null;
}

/** What a caller is told of a section. One agency’s answer is each of these but PARTIAL. */
export const ANSWER_STATES = {
  DISCLOSED: { worstFirst: null, code: null, message: null },
  PARTIAL: { worstFirst: null, code: null, message: null },
  UNAVAILABLE: {
    worstFirst: 0,
    code: 'SOURCE_UNAVAILABLE',
    message: 'The agency could not be asked. This says nothing of whether there are data.',
  },
  POSSIBLE_MATCH_ONLY: {
    worstFirst: 1,
    code: 'NOT_AVAILABLE',
    message: 'There may be a record, too weakly linked to disclose. Call the desk.',
  },
  WITHHELD: {
    worstFirst: 2,
    code: 'WITHHELD',
    message: 'Withheld by the policy of the agency. This says nothing of whether there are data.',
  },
  NOT_HELD: {
    worstFirst: 3,
    code: 'NOT_AVAILABLE',
    message: 'The agency has nobody linked to this person. That is no proof that it has no record.',
  },
  NOT_COVERED: { worstFirst: 4, code: 'NOT_AVAILABLE', message: 'The agency does not supply this.' },
} as const satisfies Record<string, StateFacts>;
export type AnswerState = keyof typeof ANSWER_STATES;
/** What one agency can say of a section: PARTIAL is of several agencies together. */
export type AgencyAnswerState = Exclude<AnswerState, 'PARTIAL'>;
/** What a hole can say: what is not, or not wholly, disclosed, or that a person as a whole is not there. */
export type HoleState = Exclude<AnswerState, 'DISCLOSED' | 'PARTIAL'> | 'NOT_AVAILABLE';

/** What a hole speaks of first: what could not be asked; what the policy withholds from everybody alike last. */
export const HOLE_URGENCY = {
  UNAVAILABLE: 0,
  NOT_AVAILABLE: 1,
  POSSIBLE_MATCH_ONLY: 2,
  NOT_HELD: 3,
  WITHHELD: 4,
  NOT_COVERED: 5,
} as const satisfies Record<HoleState, number>;

/** Codes of fields that are null without being known to be empty. The response is 200, and says so at each path. */
export const HOLE_CODES: ReadonlySet<unknown> = new Set(
  Object.values(ANSWER_STATES).flatMap(({ code }) => code ?? []),
);
