import { expect, test } from 'vitest';
import type { CohortCondition } from '../../src/counting/cohort-filter.ts';
import { type CohortDimension, type CountingMethod, countCohort } from '../../src/counting/count-cohort.ts';
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
