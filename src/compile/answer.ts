import { type GraphQLObjectType, getNamedType } from 'graphql';
import { fieldValue, isCut, releasedRows } from './answer-part.ts';
import type { AskedField } from './asked.ts';
import { complete } from './complete.ts';
import type { Decoding } from './decode.ts';
import { asOfRow } from './origin.ts';
import type { PlannedPart } from './planning.ts';
import type { SectionPlan } from './section-plan.ts';

/** One section of one person, by response key: always an object, so that "none" can be told from "no answer". */
export function answerSection(
  root: AskedField,
  key: string,
  plan: SectionPlan,
  decoding: Decoding,
): Record<string, unknown> {
  const type = getNamedType(root.type) as GraphQLObjectType;
  const answer: Record<string, unknown> = {};
  for (const child of root.children) {
    const value = child.name === '__typename' ? type.name : sectionField(child, key, plan, decoding);
    answer[child.responseKey] = complete(child.type, value, child, child.name, decoding.note);
  }
  return answer;
}

function sectionField(asked: AskedField, key: string, plan: SectionPlan, decoding: Decoding): unknown {
  const { shielded } = decoding;
  const parts = [...[...plan.fields.values()].flat(), ...plan.standing];
  if (asked.name === 'key') return key;
  if (asked.name === 'present') return parts.some((part) => releasedRows(part, key, shielded).length > 0);
  if (asked.name === 'asOf') return newestAsOf(parts, key, decoding);
  const own = plan.fields.get(asked.responseKey);
  if (own) return fieldValue(own, asked, key, decoding);
  const lists = [...plan.fields.values(), plan.standing];
  return asked.name === 'truncated' ? lists.some((one) => isCut(one, key, shielded)) : null;
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
