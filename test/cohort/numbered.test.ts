import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { Numbered } from '../../src/cohort/numbered.ts';

test('people have one number each, from 0 in the order in which they are named, and keep their ids', () => {
  const numbered = new Numbered();
  const ids = [
    ...Array.from({ length: 5_000 }, () => randomUUID()),
    // Alike in the bits by which they are spread, and ids of other shapes.
    ...Array.from(
      { length: 300 },
      (_, at) => `00000000-0000-4000-8000-${at.toString(16).padStart(4, '0')}00000000`,
    ),
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'FFFFFFFF-ffff-ffff-ffff-ffffffffffff',
    'somebody',
    '',
  ];
  for (const times of [1, 2])
    expect(
      ids.map((id) => numbered.number(id)),
      `${times}`,
    ).toEqual(ids.map((_, at) => at));
  expect(numbered.size).toBe(ids.length);
  expect(ids.map((_, at) => numbered.person(at))).toEqual(ids);
});
