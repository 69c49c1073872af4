import type { Subject } from '../person-index/types.ts';
import type { CatalogueSection, Level, SectionDecision, WithheldReason } from '../sharing/types.ts';
import type { AskedFields } from './asked-fields.ts';

export type AnswerState =
  | 'DISCLOSED'
  | 'PARTIAL'
  | 'WITHHELD'
  | 'NOT_HELD'
  | 'NOT_COVERED'
  | 'UNAVAILABLE'
  | 'POSSIBLE_MATCH_ONLY';
export type AnswerReason =
  | WithheldReason
  | 'NO_LINKED_RECORD'
  | 'NONE_IN_SCOPE'
  | 'TIMED_OUT'
  | 'FAILED'
  | 'STARTING';

/** One record's answer, as the agency's subschema gave it: an external object of the stitched schema. */
export type Part = Record<string, unknown>;

/** What one agency said of one section of one person. */
export interface AgencyAnswer {
  agency: string;
  state: Exclude<AnswerState, 'PARTIAL'>;
  level: Level | null;
  reason: AnswerReason | null;
  decision: SectionDecision;
  /** Newest time at which a released row was known to be true, ISO 8601; of the feed for NO_LINKED_RECORD. */
  asOf: string | null;
  retrievedAt: string | null;
  /** One for each linked record; empty unless the agency answered. */
  parts: readonly Part[];
}

/** One section of one person: what every supplier said, in the fixed order of agencies. */
export interface SectionAnswer {
  subject: Subject;
  section: CatalogueSection;
  /** Response path of the section, such as `['people', 0, 'crisisPlan']`. */
  path: readonly (string | number)[];
  asked: AskedFields;
  agencies: ReadonlyMap<string, AgencyAnswer>;
}

/** In this order the first that any supplier says is the section's, when there are no data. */
const WITHOUT_DATA = ['UNAVAILABLE', 'POSSIBLE_MATCH_ONLY', 'WITHHELD', 'NOT_HELD', 'NOT_COVERED'] as const;

/** How a section stands, from its suppliers' states (design: "What an answer is"). */
export function sectionState(states: readonly AgencyAnswer['state'][]): AnswerState {
  if (states.includes('DISCLOSED')) {
    return states.every((state) => state === 'DISCLOSED' || state === 'NOT_HELD') ? 'DISCLOSED' : 'PARTIAL';
  }
  return WITHOUT_DATA.find((state) => states.includes(state)) ?? 'NOT_COVERED';
}

/** What is missing worst first; a caller is told this one at the field. */
export function worstFirst(one: AgencyAnswer, other: AgencyAnswer): number {
  const rank = (answer: AgencyAnswer) => WITHOUT_DATA.indexOf(answer.state as (typeof WITHOUT_DATA)[number]);
  return rank(one) - rank(other);
}

/** The agency answered, was allowed to, and knows the person: what it does not say, it does not hold. */
export function isKnown(answer: AgencyAnswer): boolean {
  return answer.state === 'DISCLOSED' || (answer.state === 'NOT_HELD' && answer.reason === 'NONE_IN_SCOPE');
}
