import type { AgencyAnswer, SectionAnswer } from './answers.ts';

/**
 * An agency's answer as it stands for one field: the section's answer, but NOT_COVERED where the agency does not supply
 * the field, and WITHHELD where the level that was granted does not reach it. Null where the agency was not asked for
 * the section at all.
 */
export function withheldField(answer: SectionAnswer, agency: string, field: string): AgencyAnswer | null {
  const said = answer.agencies.get(agency);
  if (!said || said.state === 'WITHHELD') return said ?? null;
  if (!answer.section.fields.get(field)?.suppliers.includes(agency))
    return { ...said, state: 'NOT_COVERED', reason: null, level: null, parts: [] };
  const reason = answer.subject.decisions(agency).withholds(agency, answer.section.name, field);
  return reason === null ? said : { ...said, state: 'WITHHELD', reason, level: null, parts: [] };
}
