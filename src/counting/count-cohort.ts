import { type CellField, type CohortCells, cellOfEach, numberOfCells, valueIn } from './cohort-cells.ts';
import { type CohortFilter, type PlainFilter, plainConditions, plainFilter } from './cohort-filter.ts';
import { PeopleSet } from './people-set.ts';
import { KEYS, type PerturbationTable } from './perturbation-table.ts';
import { type CheckedFilter, checkedFilter, hasSmallDifference } from './small-differences.ts';
import { type Tally, tally } from './tally.ts';

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
  const { checked, tallied, groups, isTold } = prepared(question);
  const told = new Set(groups.filter((values) => isTold(values)).map(tallied.groupNumber));
  if ((groups.length - told.size) * 2 > groups.length)
    return refuse(
      'MOSTLY_SMALL',
      'More than half of the groups of this table would be suppressed. Ask for fewer dimensions or a wider filter.',
    );
  const isWholeTold = isTold(WHOLE);
  const keys = keysOf(question, checked, tallied, { whole: isWholeTold, groups: told });
  const count = (isShown: boolean, values: readonly number[], key: number): SafeCount => {
    if (!isShown) return { value: null, suppressed: true };
    const people = sumOf(checked.inside, tallied.people(values));
    return { value: shownCount(people, key % KEYS, method.table), suppressed: false };
  };
  return {
    refused: null,
    people: count(isWholeTold, WHOLE, keys.whole),
    groups: groups.map((values) => {
      const group = tallied.groupNumber(values);
      return {
        keys: question.by.map(({ name, values: all }, at) => ({
          dimension: name,
          value: all[values[at] ?? 0]?.value ?? null,
        })),
        people: count(told.has(group), values, keys.groups.get(group) ?? 0),
      };
    }),
    method: methodWords(method),
  };
}

/** Of people who have not been read yet: the conditions that they may meet, and the dimensions that they may have values of. */
export interface UnreadPeople {
  readonly conditions: ReadonlySet<string>;
  readonly dimensions: ReadonlySet<string>;
}

/** Whether a filter may hold for somebody who meets no conditions but, perhaps, these. */
export const mayHold = (where: CohortFilter, conditions: ReadonlySet<string>): boolean => {
  const checked = checkedFilter(plainFilter(where));
  return cellsOpen(checked, conditions)[0] === 1;
};

/** For whom of these people a filter may hold, once it is known which of some conditions they meet; so far they meet none of those. */
export function whomItMayHoldFor(
  where: CohortFilter,
  universe: PeopleSet,
  conditions: ReadonlySet<string>,
): PeopleSet {
  const checked = checkedFilter(plainFilter(where));
  const open = cellsOpen(checked, conditions);
  const cellOf = cellOfEach(checked.cells, universe);
  const people = new PeopleSet(universe.size);
  universe.forEach((person) => {
    if (open[cellOf[person] ?? 0] === 1) people.add(person);
  });
  return people;
}

/**
 * Whether a count is suppressed so far that might be told if more people were read for whom the filter does not hold.
 * `question` is of all for whom it may hold, so that everybody else is needed as one of ten beside a count and no more: what is
 * told by now stays told. Without `unread` these may meet any condition and have any value.
 */
export function isInDoubt(question: CohortQuestion, unread?: UnreadPeople): boolean {
  if (refusalOf(question)) return false;
  const { checked, groups, isTold } = prepared(question);
  const inside = new Set(checked.inside);
  const closed = unread ? closedFields(checked.cells, unread.conditions) : [];
  const outside = Array.from({ length: checked.cells.cells }, (_, cell) => cell).filter(
    (cell) => !inside.has(cell) && closed.every((field) => valueIn(cell, field) === 0),
  );
  return [WHOLE, ...groups].some((values) => {
    const isReached = question.by.every(
      ({ name }, at) => values[at] === undefined || !unread || unread.dimensions.has(name),
    );
    return isReached && !isTold(values) && isTold(values, outside);
  });
}

/** Fields of which somebody has no value who meets none but these conditions. */
const closedFields = ({ fields }: CohortCells, conditions: ReadonlySet<string>): readonly CellField[] =>
  fields.filter((field) => !field.conditions.some(({ condition }) => conditions.has(condition)));

/** Of each cell without values of the open fields whether the filter may hold there with some. */
function cellsOpen({ cells, inside }: CheckedFilter, conditions: ReadonlySet<string>): Uint8Array {
  const closed = closedFields(cells, conditions);
  const open = new Uint8Array(cells.cells);
  for (const cell of inside) {
    const without = closed.reduce((sum, field) => sum + valueIn(cell, field) * field.stride, 0);
    open[without] = 1;
  }
  return open;
}

/** The values of no group: everybody in the cohort. */
const WHOLE: readonly number[] = [];

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

/** One value of each dimension, by its place, in the order of the lists; none without dimensions. */
function combinations(by: readonly CohortDimension[]): number[][] {
  if (by.length === 0) return [];
  let groups: number[][] = [[]];
  for (const { values } of by)
    groups = groups.flatMap((group) => values.map((_, value) => [...group, value]));
  return groups;
}

interface Prepared {
  checked: CheckedFilter;
  tallied: Tally;
  groups: readonly (readonly number[])[];
  /** Whether the count within these values is told. `more`: as if there were ten more people in each of these cells. */
  isTold(values: readonly (number | null)[], more?: readonly number[]): boolean;
}

function prepared({ universe, where, by }: CohortQuestion): Prepared {
  const checked = checkedFilter(plainFilter(where));
  const { cells, inside } = checked;
  const cellOf = cellOfEach(cells, universe);
  const tallied = tally(
    universe,
    { cellOf, cells: cells.cells },
    by.map(({ values }) => values.map(({ people }) => people)),
  );
  const isTold = (values: readonly (number | null)[], more: readonly number[] = []): boolean => {
    const people = tallied.people(values);
    if (sumOf(inside, people) < SMALLEST_COUNT) return false;
    // Each value is a condition too: what it removes, beside whoever is counted.
    const isSmallBesideValue = values.some((_, at) => {
      const wider = tallied.people(values.map((value, other) => (other === at ? null : value)));
      return inside.some((cell) => (wider[cell] ?? 0) - (people[cell] ?? 0) < SMALLEST_COUNT);
    });
    if (isSmallBesideValue) return false;
    const supposed = people.slice();
    for (const cell of more) supposed[cell] = (supposed[cell] ?? 0) + SMALLEST_COUNT;
    return !hasSmallDifference(checked, supposed, SMALLEST_COUNT);
  };
  return { checked, tallied, groups: combinations(by), isTold };
}

const sumOf = (cells: Uint32Array, people: Uint32Array): number =>
  cells.reduce((sum, cell) => sum + (people[cell] ?? 0), 0);

/** The sums of the record keys of everybody who is counted: in all, and in each group, where that is told. */
function keysOf(
  { universe, recordKeys }: CohortQuestion,
  checked: CheckedFilter,
  tallied: Tally,
  told: { whole: boolean; groups: ReadonlySet<number> },
): { whole: number; groups: ReadonlyMap<number, number> } {
  const keyOf = keysOnce(recordKeys, universe.size);
  const cohort = peopleOf(checked.filter, universe);
  let whole = 0;
  if (told.whole)
    cohort.forEach((person) => {
      whole += keyOf(person);
    });
  const groups = new Map<number, number>();
  if (told.groups.size > 0)
    tallied.forEachGroup(cohort, (person, group) => {
      if (told.groups.has(group)) groups.set(group, (groups.get(group) ?? 0) + keyOf(person));
    });
  return { whole, groups };
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

function methodWords({ tableName }: CountingMethod): string {
  return [
    `Counts are by the cell-key method of the Office for National Statistics, with ${tableName}:`,
    'noise is added to each count, totals included, so that groups need not add up to their total; the same people always give the same count.',
    'Suppressed: true counts of 0 to 9, and counts that a condition or a value changes by fewer than ten people.',
    'People under protection are not counted.',
  ].join(' ');
}
