import type { Level, WithheldReason } from '../states.ts';
import { REASON_WORDS } from '../states.ts';
import { type DecideInput, decide } from './decide.ts';
import type { PolicyRule, SectionDecision } from './policy/types.ts';

export interface ExplainInput extends DecideInput {
  agency: string;
  section: string;
  /** Dotted path within the section; null for the section as a whole. */
  field: string | null;
}

/** What becomes of one field from one agency, and every word of the policy that makes it so. */
export interface FieldExplanation {
  agency: string;
  section: string;
  field: string | null;
  /** Null when it is released. */
  reason: WithheldReason | null;
  /** The level from which the field is released; null for a section. */
  releasedFrom: Level | null;
  decision: SectionDecision;
}

export function explainDecision(input: ExplainInput): FieldExplanation {
  const { agency, section, field, catalogue } = input;
  const decisions = decide(input);
  const decision = decisions.section(agency, section);
  return {
    agency,
    section,
    field,
    reason: field === null ? decision.reason : decisions.withholds(agency, section, field),
    releasedFrom: field === null ? null : (catalogue.sections.get(section)?.fields.get(field)?.level ?? null),
    decision,
  };
}

/** An explanation as lines for a terminal. */
export function explanationText(explanation: FieldExplanation): string {
  const { agency, section, field, reason, decision, releasedFrom } = explanation;
  const what = field === null ? section : `${section}.${field}`;
  const outcome =
    reason === null ? `released at ${decision.level}` : `withheld, ${reason}: ${REASON_WORDS[reason]}`;
  const lines = [
    `${what} from ${agency}: ${outcome}`,
    line('released from', releasedFrom === null ? null : `level ${releasedFrom}`),
    line('granted', reason === 'LEVEL' ? `level ${decision.level}` : null),
    ...(decision.rule ? ruleLines(decision.rule) : []),
    ...termLines(decision),
  ];
  return lines.filter((text) => text !== null).join('\n');
}

function ruleLines({
  file,
  line: at,
  agreement,
  gateways,
  conditions,
}: PolicyRule): readonly (string | null)[] {
  const { id, version, from, review, end } = agreement;
  const until = end === null ? `review ${review}` : `review ${review}, ends ${end}`;
  return [
    line('where', `${file}:${at}`),
    line('agreement', `${id} version ${version}, from ${from}, ${until}`),
    line('gateway', gateways.join('; ')),
    line('conditions', conditions.join('; ')),
  ];
}

function termLines(decision: SectionDecision): readonly (string | null)[] {
  const { scope, rows, ownSite, breakGlass, review, message, desk } = decision;
  const conditions = Object.entries(rows).map(([name, value]) => `${name} ${[value].flat().join(' or ')}`);
  return [
    line('scope', scope),
    line('rows', conditions.join(', ')),
    line('site', ownSite),
    line('break-glass', breakGlass && `opens ${breakGlass.opens.join(', ')} for 30 minutes`),
    line('grounds', breakGlass?.grounds.join(', ') ?? null),
    line('decides', review && `${review.decides}, within ${review.answerWithinHours} hours`),
    line('says', message),
    line('call', desk),
  ];
}

const line = (label: string, text: string | null): string | null =>
  text === null || text === '' ? null : `  ${label.padEnd(13)} ${text}`;
