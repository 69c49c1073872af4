import { type GraphQLObjectType, getNamedType } from 'graphql';
import type { FieldSelection } from '../plan/field-selection.ts';
import type { PlannedPart, SectionPlan } from '../plan/section-plan.ts';
import { fieldValue, hasMore, isCut, isUnsure, releasedRows, valueRank } from './answer-part.ts';
import { complete, type Findings, type Path } from './complete.ts';
import type { Decoding } from './decode.ts';
import { asOfRow } from './origin.ts';

/**
 * One section of one person, by response key: always an object, so that "none" can be told from "no answer".
 * `unreadable` is told where in it a value is null because it could not be read.
 */
export function answerSection(
  root: FieldSelection,
  key: string,
  plan: SectionPlan,
  decoding: Decoding,
  unreadable: (path: Path) => void,
): Record<string, unknown> {
  const type = getNamedType(root.type) as GraphQLObjectType;
  const answer: Record<string, unknown> = {};
  const findings: Findings = { note: decoding.note, unreadable: [] };
  // Every part that is read, whole where the query asks for some of its rows alone.
  const whole = [...[...plan.fields.values()].flat(), ...plan.standing].map(
    (part) => part.unfiltered ?? part,
  );
  for (const child of root.children) {
    const value = child.name === '__typename' ? type.name : sectionField(child, key, plan, whole, decoding);
    answer[child.responseKey] = complete(child, value, findings);
  }
  for (const path of findings.unreadable) unreadable(path);
  return answer;
}

function sectionField(
  asked: FieldSelection,
  key: string,
  plan: SectionPlan,
  whole: readonly PlannedPart[],
  decoding: Decoding,
): unknown {
  const { shielded } = decoding;
  if (asked.name === 'key') return key;
  if (asked.name === 'capped')
    return [...plan.fields].flatMap(([field, own]) =>
      own.some((part) => part.part.kind !== 'exists' && hasMore(part, key, shielded)) ? [field] : [],
    );
  if (asked.name === 'present')
    return whole.some(
      (part) => releasedRows(part, key, shielded).length > 0 || isUnsure(part, key, shielded),
    );
  if (asked.name === 'asOf') return newestAsOf(whole, key, decoding);
  if (asked.name === 'ranks') return ranksOf(plan, key, decoding);
  const own = plan.fields.get(asked.responseKey);
  if (own) return fieldValue(own, asked, key, decoding);
  const lists = [...plan.fields.values(), plan.standing];
  return asked.name === 'truncated' ? lists.some((one) => isCut(one, key, shielded)) : null;
}

/** How each value counts beside those of the person's other records here. */
function ranksOf(plan: SectionPlan, key: string, decoding: Decoding): object[] {
  return [...plan.fields].flatMap(([field, [planned]]) => {
    const rank = planned && valueRank(planned, key, decoding);
    return rank ? [{ field, ...rank }] : [];
  });
}

/** When the newest of the released rows was last known to be true, as ISO 8601 in UTC. */
function newestAsOf(parts: readonly PlannedPart[], key: string, decoding: Decoding): string | null {
  const times = parts.flatMap((planned) =>
    releasedRows(planned, key, decoding.shielded).map(
      (row) =>
        asOfRow(decoding, planned.part.source, row, planned.rows.result)?.getTime() ??
        Number.NEGATIVE_INFINITY,
    ),
  );
  const newest = times.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  return Number.isFinite(newest) ? new Date(newest).toISOString() : null;
}
