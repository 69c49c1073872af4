import type { Explanation } from './explain.ts';
import { REASON_WORDS } from './reason-words.ts';
import type { Rule, SectionDecision } from './types.ts';

/** An explanation as lines for a terminal. */
export function explanationText(explanation: Explanation): string {
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

function ruleLines({ file, line: at, agreement, gateways, conditions }: Rule): readonly (string | null)[] {
  const { id, version, from, review, end } = agreement;
  const until = end === null ? `review ${review}` : `review ${review}, ends ${end}`;
  return [
    line('where', `${file}:${at}`),
    line('agreement', `${id} version ${version}, from ${from}, ${until}`),
    line('gateway', gateways.join('; ')),
    line('conditions', conditions.join('; ')),
  ];
}

function termLines({ scope, rows, ownSite, message, desk }: SectionDecision): readonly (string | null)[] {
  const conditions = Object.entries(rows).map(([name, value]) => `${name} ${[value].flat().join(' or ')}`);
  return [
    line('scope', scope),
    line('rows', conditions.join(', ')),
    line('site', ownSite),
    line('says', message),
    line('call', desk),
  ];
}

const line = (label: string, text: string | null): string | null =>
  text === null || text === '' ? null : `  ${label.padEnd(13)} ${text}`;
