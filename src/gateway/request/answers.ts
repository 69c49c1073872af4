import type { Subject } from '../../person-index/records/types.ts';
import type { CatalogueSection, SectionDecision } from '../../sharing/policy/types.ts';
import {
  type AgencyAnswerState,
  ANSWER_STATES,
  type AnswerReason,
  type AnswerState,
  type Level,
} from '../../states.ts';
import type { SectionSelection } from './selection.ts';

/** One record's answer, as the agency's subschema gave it: an external object of the stitched schema. */
export type RecordPart = Record<string, unknown>;

/** What one agency said of one section of one person. */
export interface AgencyAnswer {
  agency: string;
  state: AgencyAnswerState;
  level: Level | null;
  reason: AnswerReason | null;
  decision: SectionDecision;
  /** Newest time at which a released row was known to be true, ISO 8601; of the feed for NO_LINKED_RECORD. */
  asOf: string | null;
  retrievedAt: string | null;
  /** Who on the caller's reference may know what is withheld, in words; null where nobody may. */
  beside: string | null;
  /** One for each linked record; empty unless the agency answered. */
  parts: readonly RecordPart[];
}

/** One section of one person: what every supplier said, in the fixed order of agencies. */
export interface SectionAnswer {
  subject: Subject;
  section: CatalogueSection;
  /** Response path of the section, such as `['people', 0, 'crisisPlan']`. */
  path: readonly (string | number)[];
  selection: SectionSelection;
  agencies: ReadonlyMap<string, AgencyAnswer>;
}

const worstFirstOf = (state: AgencyAnswerState): number =>
  ANSWER_STATES[state].worstFirst ?? Number.POSITIVE_INFINITY;

/** How a section stands, from its suppliers' states (design: "What an answer is"). */
export function sectionState(states: readonly AgencyAnswerState[]): AnswerState {
  if (states.includes('DISCLOSED'))
    return states.every((state) => state === 'DISCLOSED' || state === 'NOT_HELD') ? 'DISCLOSED' : 'PARTIAL';
  return [...states].sort((one, other) => worstFirstOf(one) - worstFirstOf(other))[0] ?? 'NOT_COVERED';
}

/** What is missing worst first; a caller is told this one at the field. */
export const worstFirst = (one: AgencyAnswer, other: AgencyAnswer): number =>
  worstFirstOf(one.state) - worstFirstOf(other.state);

/** The agency answered, was allowed to, and knows the person: what it does not say, it does not hold. */
export function isKnown(answer: AgencyAnswer): boolean {
  return answer.state === 'DISCLOSED' || (answer.state === 'NOT_HELD' && answer.reason === 'NONE_IN_SCOPE');
}

/**
 * An agency's answer as it stands for one field: the section's answer, but NOT_COVERED where the agency does not supply
 * the field, and WITHHELD where the level that was granted does not reach it, or break-glass would not open it. Null where the agency was not asked for
 * the section at all.
 */
export function withheldField(answer: SectionAnswer, agency: string, field: string): AgencyAnswer | null {
  const given = answer.agencies.get(agency);
  if (!given) return null;
  const withholds = () => answer.subject.decisions(agency).withholds(agency, answer.section.name, field);
  if (given.state === 'WITHHELD')
    return given.reason === 'NEEDS_BREAK_GLASS' ? { ...given, reason: withholds() ?? given.reason } : given;
  if (!answer.section.fields.get(field)?.suppliers.includes(agency))
    return { ...given, state: 'NOT_COVERED', reason: null, level: null, parts: [] };
  const reason = withholds();
  return reason === null ? given : { ...given, state: 'WITHHELD', reason, level: null, parts: [] };
}
