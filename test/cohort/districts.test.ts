/** Areas by which people may be counted: what a file of them may not say. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDistricts } from '../../src/cohort/districts.ts';
import { projectRoot } from '../../src/project-root.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sightline-districts-'));
  mkdirSync(join(root, 'schema'));
});
afterEach(() => rmSync(root, { recursive: true }));

const reading = (...lines: readonly string[]) => {
  writeFileSync(
    join(root, 'schema/districts.yaml'),
    ['districts:', ...lines.map((line) => `  ${line}`), ''].join('\n'),
  );
  return () => readDistricts(root);
};
const NORTH = 'NORTH: { name: North, people: 5000, postcodes: [ZZ1] }';

test('five thousand people are enough, and no district of the project has fewer', () => {
  expect(reading(NORTH)()).toEqual([{ id: 'NORTH', name: 'North', postcodes: ['ZZ1'] }]);
  expect(readDistricts(projectRoot()).length).toBeGreaterThan(1);
});

test.each([
  [
    'of too few people',
    'SOUTH: { name: South, people: 4999, postcodes: [ZZ2] }',
    /a district has at least 5,000 people/,
  ],
  ['of nobody knows how many', 'SOUTH: { name: South, postcodes: [ZZ2] }', /people/],
  [
    'of a single postcode',
    'SOUTH: { name: South, people: 9000, postcodes: [ZZ2 4AB] }',
    /not a postcode district/,
  ],
  ['of no postcode', 'SOUTH: { name: South, people: 9000, postcodes: [] }', /postcodes|\[\]/],
])('a district %s is refused, at its line', (_what, line, message) => {
  expect(reading(NORTH, line)).toThrow(message);
  expect(reading(NORTH, line)).toThrow(/schema\/districts\.yaml:3/);
});

test('a postcode in two districts is refused', () => {
  expect(reading(NORTH, 'SOUTH: { name: South, people: 9000, postcodes: [ZZ1] }')).toThrow(
    /ZZ1 is in two districts/,
  );
});
