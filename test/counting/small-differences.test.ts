import { expect, test } from 'vitest';
import type { CohortCondition, CohortFilter } from '../../src/counting/cohort-filter.ts';
import { plainFilter } from '../../src/counting/cohort-filter.ts';
import { type CountingMethod, countCohort } from '../../src/counting/count-cohort.ts';
import { PeopleSet } from '../../src/counting/people-set.ts';
import { checkedFilter, hasSmallDifference } from '../../src/counting/small-differences.ts';

/**
 * A small place: every combination of values of a few fields has some people. Every filter that can be asked over these
 * fields is asked, and of those that are answered no two may differ by fewer than ten people: whoever was alone in such
 * a difference would be read from the pair.
 */
interface Place {
  readonly fields: readonly number[];
  readonly people: readonly number[];
}

/** Reproducible places; about a quarter of all combinations have nobody, one person or a few. */
function places(fields: readonly number[], many: number): Place[] {
  let seed = 20261130;
  const chance = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const cells = fields.reduce((product, values) => product * values, 1);
  return Array.from({ length: many }, () => ({
    fields,
    people: Array.from({ length: cells }, () => {
      const luck = chance();
      if (luck < 0.1) return 0;
      if (luck < 0.2) return 1;
      return luck < 0.27 ? 9 : 10 + Math.floor(chance() * 40);
    }),
  }));
}

/** The values of each field in a combination. */
const valuesIn = (cell: number, { fields }: Place): number[] => {
  let rest = cell;
  return fields.map((values) => {
    const value = rest % values;
    rest = Math.floor(rest / values);
    return value;
  });
};

/** Conditions of a place; value 0 of a field is "none of the others". */
function conditionsOf(place: Place): (field: number, value: number) => CohortFilter {
  const size = place.people.reduce((sum, people) => sum + people, 0);
  const made = place.fields
    .map((values, field) =>
      Array.from({ length: values }, (_, value): CohortCondition => {
        const people = new PeopleSet(size);
        let person = 0;
        for (const [cell, count] of place.people.entries()) {
          const has = valuesIn(cell, place)[field] === value;
          for (let one = 0; one < count; one += 1, person += 1) if (has) people.add(person);
        }
        return { condition: `${field}=${value}`, field: String(field), people };
      }),
    )
    .map((values) => values.map((value) => ({ ...value, otherValues: values.slice(1) })));
  return (field, value) =>
    value === 0 ? { not: { any: (made[field] ?? []).slice(1) } } : (made[field]?.[value] as CohortCondition);
}

/** The filter that holds in some combinations alone, each written out. */
const writtenOut = (
  cells: readonly number[],
  place: Place,
  condition: ReturnType<typeof conditionsOf>,
): CohortFilter => ({
  any: cells.map((cell) => ({
    all: valuesIn(cell, place).map((value, field) => condition(field, value)),
  })),
});

const sumOf = (cells: readonly number[], place: Place) =>
  cells.reduce((sum, cell) => sum + (place.people[cell] ?? 0), 0);

/** Which filters of a place are answered, as sets of combinations. */
function answered(place: Place, isShown: (filter: CohortFilter) => boolean): number[][] {
  const condition = conditionsOf(place);
  const filters = Array.from({ length: 2 ** place.people.length - 2 }, (_, at) =>
    place.people.flatMap((_people, cell) => ((at + 1) & (1 << cell) ? [cell] : [])),
  );
  return filters.filter((cells) => sumOf(cells, place) >= 10 && isShown(writtenOut(cells, place, condition)));
}

/** Pairs of answers, one with everything of the other and fewer than ten people more. */
function tellingPairs(place: Place, filters: readonly number[][]): number {
  let telling = 0;
  for (const larger of filters)
    for (const smaller of filters) {
      if (smaller.length >= larger.length || !smaller.every((cell) => larger.includes(cell))) continue;
      if (sumOf(larger, place) - sumOf(smaller, place) < 10) telling += 1;
    }
  return telling;
}

const method: CountingMethod = {
  table: { firstCount: 1, fingerprint: '', noise: () => 0 },
  tableName: 'a table of nothing',
};
function isShown(filter: CohortFilter): boolean {
  const checked = checkedFilter(plainFilter(filter));
  const size = checked.cells.fields[0]?.conditions[0]?.people.size ?? 0;
  const counted = countCohort(
    {
      universe: PeopleSet.everybody(size),
      recordKeys: new Uint8Array(size),
      where: filter,
      by: [],
    },
    method,
  );
  return counted.refused === null && !counted.people.suppressed;
}

test.each([
  { fields: [3, 2], many: 12 },
  { fields: [2, 2, 2], many: 4 },
])(
  'of all filters over fields with $fields values, no two answers differ by fewer than ten',
  ({ fields, many }) => {
    for (const place of places(fields, many)) expect(tellingPairs(place, answered(place, isShown))).toBe(0);
  },
);

test('without the rules, the same places are full of such pairs', () => {
  const telling = places([3, 2], 12).map((place) =>
    tellingPairs(
      place,
      answered(place, () => true),
    ),
  );
  expect(telling.reduce((sum, pairs) => sum + pairs, 0)).toBeGreaterThan(500);
});

test('the rules are not met by refusing: where all combinations have ten people, every filter is answered', () => {
  const place = { fields: [3, 2], people: [10, 20, 30, 40, 50, 60] };
  expect(answered(place, isShown)).toHaveLength(62);
});

test('each rule is needed: leaving conditions out one by one alone lets such pairs through', () => {
  // East with women and men of three ages; one woman is old. Neither filter has a condition that changes fewer than ten.
  const place = { fields: [3, 2], people: [20, 30, 1, 20, 30, 40] };
  const [young, middle, old, youngMen] = [0, 1, 2, 3];
  const condition = conditionsOf(place);
  const [withHer, withoutHer] = [
    [young, middle, old, youngMen],
    [young, middle, youngMen],
  ].map((cells) => writtenOut(cells, place, condition));
  const checks = [withHer, withoutHer].map((filter) => checkedFilter(plainFilter(filter as CohortFilter)));
  expect(checks.map((checked) => hasSmallDifference(checked, Float64Array.from(place.people), 10))).toContain(
    true,
  );
  expect(isShown(withHer as CohortFilter) && isShown(withoutHer as CohortFilter)).toBe(false);
});
