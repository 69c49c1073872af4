import { type AnyAdapter, partsOf } from '../../../adapters/contract.ts';
import type { Decisions } from '../../sharing/policy/types.ts';
import type { Predicate, SectionPart } from '../sql/any-table.ts';
import { RowSet, rowKey } from '../sql/row-set.ts';
import type { FieldSelection } from './field-selection.ts';
import { type RowRules, rowRules } from './row-rules.ts';

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

/** What is known while one section is planned, and the row sets found so far. */
export interface Planning extends SectionQuestion {
  /** Names of all that is asked of the section. */
  names: ReadonlySet<string>;
  /** The section's fields in the adapter's table. */
  table: ReadonlyMap<string, readonly SectionPart[]>;
  rowSets: Map<string, RowSet>;
  rulesOf(part: SectionPart): RowRules;
  released(path: string): boolean;
}

export function beginPlanning(question: SectionQuestion): Planning {
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

export function plannedPart(
  part: SectionPart,
  rows: RowSet,
  placed: boolean,
  first: number | null,
): PlannedPart {
  rows.placesOnly &&= placed;
  return { part, rows, placesOnly: placed, first, unfiltered: null, unsureCounts: part.kind !== 'list' };
}

/** Whether there is a row: any rows that are read for something else answer it too. */
export function planExists(
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
export function rowSetFor(
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
