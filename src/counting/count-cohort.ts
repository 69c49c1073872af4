import { cellOfEach, numberOfCells } from './cohort-cells.ts';
import { type CohortFilter, type PlainFilter, plainConditions, plainFilter } from './cohort-filter.ts';
import { PeopleSet } from './people-set.ts';
import { KEYS, type PerturbationTable } from './perturbation-table.ts';
import { type CheckedFilter, checkedFilter, hasSmallDifference } from './small-differences.ts';

/** True counts below this are suppressed, and what a condition adds or removes. */
export const SMALLEST_COUNT = 10;
/** What one question may ask. */
export const COHORT_LIMITS = {
  dimensions: 3,
  /** Groups: the product of the dimensions' values. */
  groups: 1_000,
  conditions: 50,
  /** Combinations of a filter's conditions: 8 conditions that do not exclude each other. */
  cells: 256,
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
  /** The record key of each person (`recordKeyOf`), by their place in the universe; asked of those alone who are counted. */
  readonly recordKeys: Uint8Array | ((person: number) => number);
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
  const cohort = counter(question, checkedFilter(plainFilter(question.where)), method);
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

/** A count of ten or more as it is shown: with noise, and never below ten. */
export function shownCount(trueCount: number, cellKey: number, table: PerturbationTable): number {
  return Math.max(SMALLEST_COUNT, trueCount + table.noise(trueCount, cellKey));
}

function refusalOf({ where, by }: CohortQuestion): (CohortCount & { refused: CohortRefusal }) | null {
  const filter = plainFilter(where);
  if (filter.kind !== 'condition' && filter.of.length === 0)
    return refuse('EMPTY_FILTER', 'A filter needs at least one condition.');
  const conditions = plainConditions(filter).length;
  if (conditions > COHORT_LIMITS.conditions)
    return refuse(
      'TOO_MANY_CONDITIONS',
      `A filter may have ${COHORT_LIMITS.conditions} conditions at most, each value of a list counted; this one has ${conditions}.`,
    );
  const cells = numberOfCells(filter);
  if (cells > COHORT_LIMITS.cells)
    return refuse(
      'TOO_MANY_CONDITIONS',
      `The conditions of a filter may have ${COHORT_LIMITS.cells} combinations at most, as 8 conditions on different fields have; these have ${cells}.`,
    );
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
  checked: CheckedFilter,
  { table }: CountingMethod,
): (values: readonly PeopleSet[]) => SafeCount {
  const keyOf = keysOnce(recordKeys, universe.size);
  const suppressed = { value: null, suppressed: true } as const;
  const { cells, inside } = checked;
  const cellOf = cellOfEach(cells, universe);
  const cohort = peopleOf(checked.filter, universe);
  const peopleByCell = remembered((values) => {
    const people = new Float64Array(cells.cells);
    let within = universe;
    for (const value of values) within = within.and(value);
    within.forEach((person) => {
      const cell = cellOf[person] ?? 0;
      people[cell] = (people[cell] ?? 0) + 1;
    });
    return people;
  });
  return (values) => {
    let within = cohort;
    for (const value of values) within = within.and(value);
    const trueCount = within.count();
    const people = peopleByCell(values);
    // Each value is a condition too: what it removes, beside whoever is counted.
    const isSmallBesideValue = values.some((_, at) => {
      const wider = peopleByCell(values.filter((_, other) => other !== at));
      return inside.some((cell) => (wider[cell] ?? 0) - (people[cell] ?? 0) < SMALLEST_COUNT);
    });
    if (trueCount < SMALLEST_COUNT || isSmallBesideValue) return suppressed;
    if (hasSmallDifference(checked, people, SMALLEST_COUNT)) return suppressed;
    let keys = 0;
    within.forEach((person) => {
      keys += keyOf(person);
    });
    return { value: shownCount(trueCount, keys % KEYS, table), suppressed: false };
  };
}

/** The keys of people, each made once. */
function keysOnce(keys: CohortQuestion['recordKeys'], size: number): (person: number) => number {
  if (typeof keys !== 'function') return (person) => keys[person] ?? 0;
  const made = new Int16Array(size).fill(-1);
  return (person) => {
    if (made[person] === -1) made[person] = keys(person);
    return made[person] ?? 0;
  };
}

function peopleOf(filter: PlainFilter, universe: PeopleSet): PeopleSet {
  if (filter.kind === 'condition')
    return filter.holds ? universe.and(filter.condition.people) : universe.without(filter.condition.people);
  const parts = filter.of.map((part) => peopleOf(part, universe));
  return filter.kind === 'all'
    ? parts.reduce((all, part) => all.and(part), universe)
    : parts.reduce((any, part) => any.or(part), new PeopleSet(universe.size));
}

/** Remembers what was counted of the same sets. */
function remembered<Result>(
  count: (values: readonly PeopleSet[]) => Result,
): (values: readonly PeopleSet[]) => Result {
  const numbers = new Map<PeopleSet, number>();
  const counted = new Map<string, Result>();
  return (values) => {
    const name = values
      .map((value) => {
        const number = numbers.get(value) ?? numbers.size;
        numbers.set(value, number);
        return number;
      })
      .join();
    const result = counted.get(name) ?? count(values);
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
