import { type CohortCells, cellOfEach, cellsOf } from './cohort-cells.ts';
import { type CohortFilter, type PlainFilter, plainFilter } from './cohort-filter.ts';
import { PeopleSet } from './people-set.ts';
import { KEYS, type PerturbationTable } from './perturbation-table.ts';
import { differencesOf } from './small-differences.ts';

/** True counts below this are suppressed, and what a condition adds or removes. */
export const SMALLEST_COUNT = 10;
/** What one question may ask. */
export const COHORT_LIMITS = {
  dimensions: 3,
  /** Groups: the product of the dimensions' values. */
  groups: 1_000,
  /** Combinations of a filter's conditions: 12 conditions that do not exclude each other. */
  cells: 4_096,
} as const;

/** How a store counts: one table and one secret for its life. */
export interface CountingMethod {
  readonly table: PerturbationTable;
  /** What the table is called to those who read a count: "Sightline's own table", or the place's. */
  readonly tableName: string;
}

/** A dimension: every value of its closed list, with its people, so that a value nobody has tells nothing. */
export interface CohortDimension {
  readonly name: string;
  /** Somebody with rows in two groups is in both. `value` null: those of whom none is recorded, where that is counted. */
  readonly values: readonly { readonly value: string | null; readonly people: PeopleSet }[];
}

/** What is counted, over one universe of people. */
export interface CohortQuestion {
  /** Whoever may be counted at all: protected people are taken out before. */
  readonly universe: PeopleSet;
  /** The record key of each person (`recordKeyOf`), by their place in the universe. */
  readonly recordKeys: Uint8Array;
  readonly where: CohortFilter;
  readonly by: readonly CohortDimension[];
}

/** A count with noise, or the fact that it is suppressed; all that are suppressed are alike. */
export type SafeCount =
  | { readonly value: number; readonly suppressed: false }
  | { readonly value: null; readonly suppressed: true };

export interface CohortGroup {
  readonly keys: readonly { readonly dimension: string; readonly value: string | null }[];
  readonly people: SafeCount;
}

/** Why a cohort is refused, with the limit that it passes. */
export type CohortRefusal =
  | 'EMPTY_FILTER'
  | 'TOO_MANY_CONDITIONS'
  | 'TOO_MANY_DIMENSIONS'
  | 'SAME_DIMENSION'
  | 'TOO_MANY_GROUPS'
  | 'MOSTLY_SMALL';

export type CohortCount =
  | {
      readonly refused: null;
      readonly people: SafeCount;
      /** Every combination of the dimensions' values, in the order of their lists; empty without dimensions. */
      readonly groups: readonly CohortGroup[];
      /** The method in words, for whoever reads the counts. */
      readonly method: string;
    }
  | { readonly refused: CohortRefusal; readonly words: string };

/**
 * Counts a cohort and its groups so that no count tells of one person (docs/counting.md): a true count below ten is
 * suppressed before any noise, and so is one that a condition, or a dimension's value, changes by fewer than ten; each
 * other gets noise from the people in it alone. A group counts exactly as the filter with its values as further conditions.
 */
export function countCohort(question: CohortQuestion, method: CountingMethod): CohortCount {
  const refusal = refusalOf(question);
  if (refusal) return refusal;
  const filter = plainFilter(question.where);
  const cells = cellsOf(filter);
  if (cells.cells > COHORT_LIMITS.cells)
    return refuse(
      'TOO_MANY_CONDITIONS',
      `A filter may have ${COHORT_LIMITS.cells} combinations of its conditions at most: 12 conditions that do not exclude each other. This one has ${cells.cells}.`,
    );
  const cohort = counter(question, filter, cells, method);
  const people = cohort([]);
  const groups = combinations(question.by).map((group) => ({
    keys: group.map(({ dimension, value }) => ({ dimension, value })),
    people: cohort(group.map((key) => key.people)),
  }));
  const small = groups.filter((group) => group.people.suppressed).length;
  if (small * 2 > groups.length)
    return refuse(
      'MOSTLY_SMALL',
      'More than half of the groups of this table would be suppressed. Ask for fewer dimensions or a wider filter.',
    );
  return { refused: null, people, groups, method: methodWords(method) };
}

function refusalOf({ where, by }: CohortQuestion): (CohortCount & { refused: CohortRefusal }) | null {
  const filter = plainFilter(where);
  if (filter.kind !== 'condition' && filter.of.length === 0)
    return refuse('EMPTY_FILTER', 'A filter needs at least one condition.');
  if (by.length > COHORT_LIMITS.dimensions)
    return refuse(
      'TOO_MANY_DIMENSIONS',
      `A cohort may be counted by ${COHORT_LIMITS.dimensions} dimensions at most, not ${by.length}.`,
    );
  if (new Set(by.map((dimension) => dimension.name)).size < by.length)
    return refuse('SAME_DIMENSION', 'Each dimension may be asked for once.');
  const groups = by.reduce((product, dimension) => product * dimension.values.length, 1);
  if (groups > COHORT_LIMITS.groups)
    return refuse(
      'TOO_MANY_GROUPS',
      `A table may have ${COHORT_LIMITS.groups} groups at most; this one would have ${groups}. Ask for fewer dimensions.`,
    );
  return null;
}

const refuse = (refused: CohortRefusal, words: string) => ({ refused, words });

interface GroupKey {
  readonly dimension: string;
  readonly value: string | null;
  readonly people: PeopleSet;
}

function combinations(by: readonly CohortDimension[]): GroupKey[][] {
  if (by.length === 0) return [];
  let groups: GroupKey[][] = [[]];
  for (const { name, values } of by)
    groups = groups.flatMap((group) =>
      values.map(({ value, people }) => [...group, { dimension: name, value, people }]),
    );
  return groups;
}

/** Counts the cohort within the people of some values, one of each dimension. */
function counter(
  { universe, recordKeys }: CohortQuestion,
  filter: PlainFilter,
  cells: CohortCells,
  { table }: CountingMethod,
): (values: readonly PeopleSet[]) => SafeCount {
  const cellOf = cellOfEach(cells, universe);
  const cohort = peopleOf(filter, universe);
  const peopleByCell = memo((values: readonly PeopleSet[]) => {
    const counts = new Float64Array(cells.cells);
    let within = universe;
    for (const value of values) within = within.and(value);
    within.forEach((person) => {
      const cell = cellOf[person] ?? 0;
      counts[cell] = (counts[cell] ?? 0) + 1;
    });
    return counts;
  });
  const differences = new Map<number, Uint32Array[]>();
  return (values) => {
    let within = cohort;
    for (const value of values) within = within.and(value);
    const trueCount = within.count();
    const asked = withValues(filter, cells, values.length);
    const needed = differences.get(values.length) ?? differencesOf(asked.filter, asked.cells);
    differences.set(values.length, needed);
    const counts = countsWithValues(values, cells.cells, peopleByCell);
    const isSmall = needed.some(
      (members) => members.reduce((sum, cell) => sum + (counts[cell] ?? 0), 0) < SMALLEST_COUNT,
    );
    if (trueCount < SMALLEST_COUNT || isSmall) return { value: null, suppressed: true };
    let keys = 0;
    within.forEach((person) => {
      keys += recordKeys[person] ?? 0;
    });
    return {
      value: Math.max(SMALLEST_COUNT, trueCount + table.noise(trueCount, keys % KEYS)),
      suppressed: false,
    };
  };
}

/** The filter with a value of so many dimensions as further conditions; each doubles the cells. */
function withValues(filter: PlainFilter, cells: CohortCells, dimensions: number) {
  const values = Array.from({ length: dimensions }, (_, at) => ({
    condition: `value of dimension ${at}`,
    people: new PeopleSet(0),
  }));
  const fields = values.map((value, at) => ({
    name: value.condition,
    conditions: [value],
    stride: cells.cells * 2 ** at,
  }));
  const all: PlainFilter[] = values.map((condition) => ({ kind: 'condition', condition, holds: true }));
  return {
    filter:
      dimensions === 0
        ? filter
        : ({ kind: 'all', of: [...(filter.kind === 'all' ? filter.of : [filter]), ...all] } as const),
    cells: { fields: [...cells.fields, ...fields], cells: cells.cells * 2 ** dimensions },
  };
}

/** People by cell of the filter and by which of some values they have: those who have none of them first. */
function countsWithValues(
  values: readonly PeopleSet[],
  cells: number,
  peopleByCell: (values: readonly PeopleSet[]) => Float64Array,
): Float64Array {
  const counts = new Float64Array(cells * 2 ** values.length);
  for (let having = 0; having < 2 ** values.length; having += 1)
    counts.set(peopleByCell(values.filter((_, at) => having & (1 << at))), having * cells);
  // From "has at least these" to "has exactly these".
  for (let at = 0; at < values.length; at += 1)
    for (let having = 0; having < 2 ** values.length; having += 1) {
      if (having & (1 << at)) continue;
      for (let cell = 0; cell < cells; cell += 1) {
        const place = having * cells + cell;
        counts[place] = (counts[place] ?? 0) - (counts[place + (cells << at)] ?? 0);
      }
    }
  return counts;
}

function peopleOf(filter: PlainFilter, universe: PeopleSet): PeopleSet {
  if (filter.kind === 'condition')
    return filter.holds ? universe.and(filter.condition.people) : universe.without(filter.condition.people);
  const parts = filter.of.map((part) => peopleOf(part, universe));
  return filter.kind === 'all'
    ? parts.reduce((all, part) => all.and(part), universe)
    : parts.reduce((any, part) => any.or(part), new PeopleSet(universe.size));
}

/** Remembers what was counted for the same sets. */
function memo<Result>(count: (values: readonly PeopleSet[]) => Result): typeof count {
  const names = new Map<PeopleSet, number>();
  const counted = new Map<string, Result>();
  return (values) => {
    const name = values
      .map((value) => {
        const number = names.get(value) ?? names.size;
        names.set(value, number);
        return number;
      })
      .join();
    const before = counted.get(name);
    if (before !== undefined) return before;
    const result = count(values);
    counted.set(name, result);
    return result;
  };
}

function methodWords({ tableName }: CountingMethod): string {
  return [
    `Counts are by the cell-key method of the Office for National Statistics, with ${tableName}:`,
    'noise is added to each count, totals included, so that groups need not add up to their total; the same people always give the same count.',
    'Suppressed: true counts of 0 to 9, and counts that a condition or a value changes by fewer than ten people.',
    'People under protection are not counted.',
  ].join(' ');
}
