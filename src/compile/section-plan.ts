import { type AnyAdapter, isNoRow, partsOf } from '../../adapters/contract.ts';
import type { Decisions } from '../sharing/types.ts';
import type { Predicate, SectionPart } from './any-table.ts';
import { argumentRules, defaultFirst, firstOf } from './arguments.ts';
import type { AskedField } from './asked.ts';
import { SECTION_HELPERS } from './lock.ts';
import { type RowRules, rowRules } from './row-rules.ts';
import { RowSet, rowKey } from './row-set.ts';
import { placesOnly, releasedFields, usesOf } from './uses.ts';

/** What one field of a section, or one list of it, reads for the people of one decision. */
export interface PlannedPart {
  part: SectionPart;
  rows: RowSet;
  /** For people under a place shield it is as if there were no row. */
  placesOnly: boolean;
  /** How many items were asked for; null for all. */
  first: number | null;
}

/** One section for the people of one decision. */
export interface SectionPlan {
  /** Response key → its parts; none for a field that the adapter's table does not have. */
  fields: ReadonlyMap<string, readonly PlannedPart[]>;
  /** What answers `present`, `asOf` or `truncated` alone, where no field was asked that would. */
  standing: readonly PlannedPart[];
  rowSets: readonly RowSet[];
}

export interface SectionQuestion {
  adapter: AnyAdapter;
  root: AskedField;
  decisions: Decisions;
  now: Date;
}

interface Planning extends SectionQuestion {
  /** Names of all that is asked of the section. */
  names: ReadonlySet<string>;
  /** The section's fields in the adapter's table. */
  table: ReadonlyMap<string, readonly SectionPart[]>;
  rowSets: Map<string, RowSet>;
  rulesOf(part: SectionPart): RowRules;
  released(path: string): boolean;
}

/** Which rows and columns answer one asked section under one decision. */
export function planSection(question: SectionQuestion): SectionPlan {
  const planning = begin(question);
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

function begin(question: SectionQuestion): Planning {
  const { adapter, root, decisions, now } = question;
  const decision = decisions.section(adapter.id, root.name);
  return {
    ...question,
    names: new Set(root.children.map((child) => child.name)),
    table: new Map(
      Object.entries(adapter.sections[root.name] ?? {}).map(([name, field]) => [name, partsOf(field)]),
    ),
    rowSets: new Map(),
    rulesOf: (part) => rowRules(part, decision, now),
    released: (path) => decisions.withholds(adapter.id, root.name, path) === null,
  };
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
  return planned(part, rows, placesOnly(part, uses.fields), first);
}

/** One row more than asked tells that there are more; one row at least tells that there is any. */
function limitFor({ names }: Planning, first: number | null): number | null {
  return first === null ? null : Math.max(1, first + (names.has('truncated') ? 1 : 0));
}

function planned(part: SectionPart, rows: RowSet, placed: boolean, first: number | null): PlannedPart {
  rows.placesOnly &&= placed;
  return { part, rows, placesOnly: placed, first };
}

/** Without any field asked: whether there are rows behind anything that is released. */
function planExistence(planning: Planning): PlannedPart[] {
  if (!planning.names.has('present') && !planning.names.has('asOf')) return [];
  const released = [...planning.table].filter(([name]) => planning.released(name));
  return released.flatMap(([name, parts]) =>
    parts.map((part) => {
      const { where, mask } = planning.rulesOf(part);
      const placed = placesOnly(part, releasedFields(part, name, planning.released));
      return planExists(planning, part, part.kind === 'exists' ? where : [...where, ...mask], placed);
    }),
  );
}

function planExists(
  planning: Planning,
  part: SectionPart,
  where: readonly Predicate[],
  placed: boolean,
): PlannedPart {
  const { source } = part;
  const read = [...planning.rowSets.values()].find(
    (one) => rowKey(one.source, one.where) === rowKey(source, where),
  );
  const rows = read ?? rowSetFor(planning, part, { where, mask: [] }, 1);
  return planned({ kind: 'exists', source }, rows, placed, null);
}

/** `truncated` without its list: whether the list would be cut at the length it has by default. */
function planTruncated(planning: Planning, parts: readonly PlannedPart[]): PlannedPart[] {
  if (!planning.names.has('truncated') || parts.some((part) => part.first !== null)) return [];
  return [...planning.table].flatMap(([name, listed]) => {
    const first = defaultFirst(planning.root, name);
    if (first === null || !planning.released(name)) return [];
    return listed.map((part) => {
      const rows = rowSetFor(planning, part, planning.rulesOf(part), first + 1);
      return planned(part, rows, placesOnly(part, []), first);
    });
  });
}

function rowSetFor(
  { rowSets }: Planning,
  { source }: SectionPart,
  { where, mask }: RowRules,
  limit: number | null,
): RowSet {
  const key = JSON.stringify([rowKey(source, where), limit]);
  const known = rowSets.get(key);
  if (known) return known;
  const made = new RowSet(source, where, mask, limit);
  rowSets.set(key, made);
  return made;
}
