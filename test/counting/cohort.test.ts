import { describe, expect, test } from 'vitest';
import type { CohortCondition } from '../../src/counting/cohort-filter.ts';
import {
  type CohortDimension,
  type CountingMethod,
  countCohort,
  isInDoubt,
  mayHold,
} from '../../src/counting/count-cohort.ts';
import { PeopleSet } from '../../src/counting/people-set.ts';
import { recordKeyOf } from '../../src/counting/record-key.ts';

const SIZE = 1_000;
const people = (has: (person: number) => boolean) =>
  PeopleSet.of(SIZE, Array.from({ length: SIZE }, (_, person) => person).filter(has));
const condition = (name: string, has: (person: number) => boolean): CohortCondition => ({
  condition: name,
  people: people(has),
});
const recordKeys = Uint8Array.from({ length: SIZE }, (_, person) =>
  recordKeyOf('secret', `person ${person}`),
);
/** Adds nothing, so that a test reads true counts. */
const plain: CountingMethod = {
  table: { firstCount: 1, fingerprint: '', noise: () => 0 },
  tableName: 'a table of nothing',
};
const universe = PeopleSet.everybody(SIZE);
const half = condition('half', (person) => person % 2 === 0);
const third = condition('third', (person) => person % 3 === 0);
const few = condition('few', (person) => person < 9);
const count = (where: Parameters<typeof countCohort>[0]['where'], by: CohortDimension[] = []) =>
  countCohort({ universe, recordKeys, where, by }, plain);

test('a cohort is everybody for whom its filter holds', () => {
  expect(count(half)).toMatchObject({ people: { value: 500, suppressed: false }, groups: [] });
  expect(count({ all: [half, third] })).toMatchObject({ people: { value: 167 } });
  expect(count({ any: [half, { not: third }] })).toMatchObject({ people: { value: 833 } });
});

test('0 and 9 people answer alike, and so does what a condition changes by so few', () => {
  const nobody = condition('nobody', () => false);
  for (const where of [few, nobody])
    expect(count(where)).toEqual({ ...count(few), people: { value: null, suppressed: true } });
  for (const small of [few, nobody]) {
    expect(count({ any: [half, small] })).toMatchObject({ people: { suppressed: true } });
    expect(count({ all: [half, { not: small }] })).toMatchObject({ people: { suppressed: true } });
  }
});

test('a group counts as the filter with its value as one more condition', () => {
  const values = [third, { not: third }].map((where, at) => ({
    value: String(at),
    people: 'not' in where ? where.not.people.complement() : where.people,
  }));
  const by = [{ name: 'third', values }];
  const counted = count(half, by);
  expect(counted).toMatchObject({
    people: { value: 500 },
    groups: [
      { keys: [{ dimension: 'third', value: '0' }], people: { value: 167 } },
      { keys: [{ dimension: 'third', value: '1' }], people: { value: 333 } },
    ],
  });
});

test('four dimensions are refused with the limit', () => {
  const by = ['a', 'b', 'c', 'd'].map((name) => ({ name, values: [{ value: 'x', people: half.people }] }));
  expect(count(half, by)).toEqual({
    refused: 'TOO_MANY_DIMENSIONS',
    words: 'A cohort may be counted by 3 dimensions at most, not 4.',
  });
});

describe('people who have not been read', () => {
  const women = condition('women', (person) => person % 5 === 0);
  const by = [{ name: 'sex', values: [{ value: 'FEMALE', people: women.people }] }];
  const unread = (...conditions: string[]) => ({
    conditions: new Set(conditions),
    dimensions: new Set(['sex']),
  });
  const within = (few: PeopleSet) => ({ universe: few, recordKeys, where: half, by });
  const isFirst = (person: number) => person < 120;

  test('matter while fewer than ten are beside a count, or a group, that they could be beside', () => {
    const halfOfFirst = people((person) => isFirst(person) && person % 2 === 0);
    const some = (others: number, more: (person: number) => boolean = () => false) =>
      halfOfFirst.or(people((person) => (person % 2 === 1 && person < 2 * others) || more(person)));
    expect(isInDoubt(within(some(9)), unread())).toBe(true);
    // Ten are beside the whole, two of them women.
    expect(isInDoubt(within(some(10)), unread())).toBe(true);
    expect(isInDoubt({ ...within(some(10)), by: [] }, unread())).toBe(false);
    const tenWomen = some(10, (person) => person % 10 === 5 && person < 100);
    expect(isInDoubt(within(tenWomen), unread())).toBe(false);
    expect(isInDoubt(within(some(10)), { ...unread(), dimensions: new Set() })).toBe(false);
  });

  test('do not matter for a count that is suppressed whoever they are', () => {
    const nine = people((person) => person < 18);
    expect(isInDoubt({ ...within(nine), by: [] }, unread())).toBe(false);
  });

  test('may be counted where the filter holds without any condition but theirs', () => {
    expect(mayHold(half, new Set())).toBe(false);
    expect(mayHold({ not: half }, new Set())).toBe(true);
    expect(mayHold({ any: [half, women] }, new Set(['women']))).toBe(true);
    expect(mayHold({ all: [half, { not: women }] }, new Set(['women']))).toBe(false);
    expect(mayHold({ all: [{ not: half }, women] }, new Set())).toBe(false);
  });
});
