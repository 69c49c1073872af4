import { type AnyAdapter, isNoRow, partsOf } from '../../../adapters/contract.ts';
import type { Decisions } from '../../sharing/policy/types.ts';
import type { Predicate, SectionPart, Source } from '../sql/any-table.ts';
import { exactly } from '../sql/predicate.ts';
import { RowSet, rowKey } from '../sql/row-set.ts';
import { argumentRules, defaultFirst, firstOf } from './arguments.ts';
import type { FieldSelection } from './field-selection.ts';
import { type RowRules, rowRules, SECTION_HELPERS } from './lock.ts';
import { placesOnly, releasedFields, usesOf } from './uses.ts';

/** What one field of a section, or one list of it, reads for the people of one decision. */
export interface PlannedPart {
  part: SectionPart;
  rows: RowSet;
  /** For people under a place shield it is as if there were no row. */
  placesOnly: boolean;
  /** How many items were asked for; null for all. */
  first: number | null;
  /** Of a single value or an existence: rows that nobody can tell to belong leave it open. A list leaves them out. */
  unsureCounts: boolean;
  /** The same rows without what the query leaves out by arguments: whether there are any, and how old they are, is told of these. */
  unfiltered: PlannedPart | null;
}

export interface SectionQuestion {
  adapter: AnyAdapter;
  root: FieldSelection;
  decisions: Decisions;
  now: Date;
  /** The agency's records of people who are hidden from the caller. */
  hidden: readonly string[];
}

/** One section for the people of one decision. */
export interface SectionPlan {
  /** Response key → its parts; none for a field that the adapter's table does not have. */
  fields: ReadonlyMap<string, readonly PlannedPart[]>;
  /** What answers `present`, `asOf` or `truncated` alone, where no field was asked that would. */
  standing: readonly PlannedPart[];
  /** Who has a row here is of the caller's own site; null where the decision is not held to one. */
  ofSite: PlannedPart | 'NOBODY' | null;
  rowSets: readonly RowSet[];
}

/** Which rows and columns answer one asked section under one decision. */
export function planSection(question: SectionQuestion): SectionPlan {
  const planning = beginPlanning(question);
  const asked = question.root.children.filter((child) => !SECTION_HELPERS.has(child.name));
  const fields = planFields(planning, asked);
  const planned = [...fields.values()].flat();
  const standing = asked.length === 0 ? planExistence(planning) : planTruncated(planning, planned);
  const ofSite = planSite(planning);
  if (planning.names.has('asOf') || planning.names.has('ranks')) {
    for (const one of [...planned, ...standing]) {
      const { part, rows } = one.unfiltered ?? one;
      if (part.source.asOf) rows.need(part.source.asOf);
    }
  }
  // Under a condition that no row can meet, nothing is read at all.
  const rowSets = [...planning.rowSets.values()].filter((rows) => !rows.where.some(isNoRow));
  return { fields, standing, ofSite, rowSets: ofSite === 'NOBODY' ? [] : rowSets };
}

/** Whether a person is of the caller's own site stands in one table of the agency, whatever else is asked. */
function planSite(planning: Planning): SectionPlan['ofSite'] {
  const { adapter, root, decisions } = planning;
  const { ownSite } = decisions.section(adapter.id, root.name);
  if (ownSite === null) return null;
  const people = adapter.sites?.people;
  if (people?.site === undefined) return 'NOBODY';
  return planExists(
    planning,
    { kind: 'exists', source: people },
    [...(people.only ? [exactly(people.only)] : []), { column: people.site, in: [ownSite] }],
    false,
  );
}

/** Whether the caller may be told of this person at all, by the site that the person is of. */
export function isOfSite({ ofSite }: SectionPlan, key: string): boolean {
  if (ofSite === null) return true;
  return ofSite !== 'NOBODY' && ofSite.rows.result.rowsOf(key).length > 0;
}

function planFields(planning: Planning, asked: readonly FieldSelection[]): Map<string, PlannedPart[]> {
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

function planPart(planning: Planning, asked: FieldSelection, part: SectionPart): PlannedPart {
  const { where, mask } = planning.rulesOf(part);
  if (part.kind === 'exists') return planExists(planning, part, where, placesOnly(part, []));
  const uses = usesOf(part, asked);
  const first = part.kind === 'list' ? firstOf(asked.args) : null;
  const limits = part.kind === 'list' ? argumentRules(part, asked.args) : [];
  const rows = rowSetFor(planning, part, { where: [...where, ...limits], mask }, limitFor(planning, first));
  for (const field of uses.fields) rows.need(field);
  if (uses.record) for (const column of part.source.record) rows.needColumn(column, false);
  if (part.kind === 'value') needOrder(rows, part.source);
  if (uses.asOf && part.source.asOf) rows.need(part.source.asOf);
  if (uses.otherPerson && part.kind === 'list' && part.otherPerson) rows.need(part.otherPerson);
  const placed = placesOnly(part, uses.fields);
  const planned = plannedPart(part, rows, placed, first);
  const usual = defaultFirst(planning.root, asked.name);
  if (limits.length === 0 && (first === null || usual === null || first >= usual)) return planned;
  const all = rowSetFor(planning, part, { where, mask }, usual === null ? null : usual + 1);
  return { ...planned, unfiltered: plannedPart(part, all, placed, usual) };
}

/** Which of several rows counts is read where a person can have several. */
function needOrder(rows: RowSet, source: Source): void {
  if (source.precedence) rows.need(source.precedence);
  const single = source.record.length === 1 && source.record[0] === source.person;
  if (source.asOf && !single) rows.need(source.asOf);
}

/** One row more than asked tells that there are more; one row at least tells that there is any. */
function limitFor({ names }: Planning, first: number | null): number | null {
  return first === null ? null : Math.max(1, first + (names.has('truncated') ? 1 : 0));
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

/** `truncated` without its list: whether the list would be cut at the length it has by default. */
function planTruncated(planning: Planning, parts: readonly PlannedPart[]): PlannedPart[] {
  if (!planning.names.has('truncated') || parts.some((part) => part.first !== null)) return [];
  return [...planning.table].flatMap(([name, listed]) => {
    const first = defaultFirst(planning.root, name);
    if (first === null || !planning.released(name)) return [];
    return listed.map((part) => {
      const rows = rowSetFor(planning, part, planning.rulesOf(part), first + 1);
      return plannedPart(part, rows, placesOnly(part, []), first);
    });
  });
}

/** What is known while one section is planned, and the row sets found so far. */
interface Planning extends SectionQuestion {
  /** Names of all that is asked of the section. */
  names: ReadonlySet<string>;
  /** The section's fields in the adapter's table. */
  table: ReadonlyMap<string, readonly SectionPart[]>;
  rowSets: Map<string, RowSet>;
  rulesOf(part: SectionPart): RowRules;
  released(path: string): boolean;
}

function beginPlanning(question: SectionQuestion): Planning {
  const { adapter, root, decisions, now, hidden } = question;
  const decision = decisions.section(adapter.id, root.name);
  return {
    ...question,
    names: new Set(root.children.map((child) => child.name)),
    table: new Map(
      Object.entries(adapter.sections[root.name] ?? {}).map(([name, field]) => [name, partsOf(field)]),
    ),
    rowSets: new Map(),
    rulesOf: (part) => rowRules(part, decision, now, hidden),
    released: (path) => decisions.withholds(adapter.id, root.name, path) === null,
  };
}

function plannedPart(part: SectionPart, rows: RowSet, placed: boolean, first: number | null): PlannedPart {
  rows.placesOnly &&= placed;
  return { part, rows, placesOnly: placed, first, unfiltered: null, unsureCounts: part.kind !== 'list' };
}

/** Whether there is a row: any rows that are read for something else answer it too. */
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
  return {
    ...plannedPart({ kind: 'exists', source }, rows, placed, null),
    unsureCounts: part.kind !== 'list',
  };
}

/** The row set of these rows, one for all that is answered from them. */
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
