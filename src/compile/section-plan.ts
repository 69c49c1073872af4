import { isNoRow } from '../../adapters/contract.ts';
import type { SectionPart } from './any-table.ts';
import { argumentRules, firstOf } from './arguments.ts';
import type { AskedField } from './asked.ts';
import { SECTION_HELPERS } from './lock.ts';
import {
  beginPlanning,
  type PlannedPart,
  type Planning,
  planExists,
  plannedPart,
  rowSetFor,
  type SectionQuestion,
} from './planning.ts';
import type { RowSet } from './row-set.ts';
import { planExistence, planTruncated } from './standing-plan.ts';
import { placesOnly, usesOf } from './uses.ts';

/** One section for the people of one decision. */
export interface SectionPlan {
  /** Response key → its parts; none for a field that the adapter's table does not have. */
  fields: ReadonlyMap<string, readonly PlannedPart[]>;
  /** What answers `present`, `asOf` or `truncated` alone, where no field was asked that would. */
  standing: readonly PlannedPart[];
  rowSets: readonly RowSet[];
}

/** Which rows and columns answer one asked section under one decision. */
export function planSection(question: SectionQuestion): SectionPlan {
  const planning = beginPlanning(question);
  const asked = question.root.children.filter((child) => !SECTION_HELPERS.has(child.name));
  const fields = planFields(planning, asked);
  const planned = [...fields.values()].flat();
  const standing = asked.length === 0 ? planExistence(planning) : planTruncated(planning, planned);
  if (planning.names.has('asOf')) {
    for (const { part, rows } of [...planned, ...standing]) if (part.source.asOf) rows.need(part.source.asOf);
  }
  // Under a condition that no row can meet, nothing is read at all.
  const rowSets = [...planning.rowSets.values()].filter((rows) => !rows.where.some(isNoRow));
  return { fields, standing, rowSets };
}

function planFields(planning: Planning, asked: readonly AskedField[]): Map<string, PlannedPart[]> {
  const known = asked.flatMap((child) => {
    const parts = planning.table.get(child.name);
    return parts ? [{ child, parts }] : [];
  });
  // Existence last: any rows that are read for something else will answer it.
  const last = ({ parts }: (typeof known)[number]) => Number(parts.some((part) => part.kind === 'exists'));
  known.sort((one, other) => last(one) - last(other));
  return new Map(
    known.map(({ child, parts }) => [
      child.responseKey,
      parts.map((part) => planPart(planning, child, part)),
    ]),
  );
}

function planPart(planning: Planning, asked: AskedField, part: SectionPart): PlannedPart {
  const { where, mask } = planning.rulesOf(part);
  if (part.kind === 'exists') return planExists(planning, part, where, placesOnly(part, []));
  const uses = usesOf(part, asked);
  const first = part.kind === 'list' ? firstOf(asked.args) : null;
  const rules = part.kind === 'list' ? [...where, ...argumentRules(part, asked.args)] : where;
  const rows = rowSetFor(planning, part, { where: rules, mask }, limitFor(planning, first));
  for (const field of uses.fields) rows.need(field);
  if (uses.record) for (const column of part.source.record) rows.needColumn(column, false);
  if (uses.asOf && part.source.asOf) rows.need(part.source.asOf);
  if (uses.otherPerson && part.kind === 'list' && part.otherPerson) rows.need(part.otherPerson);
  return plannedPart(part, rows, placesOnly(part, uses.fields), first);
}

/** One row more than asked tells that there are more; one row at least tells that there is any. */
function limitFor({ names }: Planning, first: number | null): number | null {
  return first === null ? null : Math.max(1, first + (names.has('truncated') ? 1 : 0));
}
