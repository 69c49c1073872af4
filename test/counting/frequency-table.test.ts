import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountedPerson, frequencyTable, perturb } from '../../src/counting/frequency-table.ts';
import {
  type PerturbationTable,
  readPerturbationTable,
  tenAndFiveTable,
  writePerturbationTable,
} from '../../src/counting/perturbation-table.ts';

/** Made-up people, a table, and what the ONS's package gives for them. */
const file = (name: string) => readFileSync(join(import.meta.dirname, 'ons', name));
const rows = (name: string): Record<string, string>[] => parse(file(name), { columns: true });
const people = rows('people.csv').map(
  ({ record_key, ...categories }): CountedPerson => ({ categories, recordKey: Number(record_key) }),
);
const noisy = readPerturbationTable(gunzipSync(file('ptable.csv.gz')).toString(), 'ptable.csv');

test.each([
  { expected: 'expected-noise-district-attendance.csv', table: noisy },
  { expected: 'expected-10-5-attendance-arrears.csv', table: tenAndFiveTable() },
])('$expected is reproduced row for row, in its order', ({ expected, table }) => {
  const wanted = rows(expected);
  const dimensions = Object.keys(wanted[0] ?? {}).filter(
    (column) => !['pre_sdc_count', 'ckey', 'count'].includes(column),
  );
  const made = frequencyTable(people, dimensions, table).map((cell) => ({
    ...Object.fromEntries(dimensions.map((dimension, at) => [dimension, cell.categories[at]])),
    pre_sdc_count: String(cell.trueCount),
    ckey: String(cell.cellKey),
    count: cell.count === null ? '' : String(cell.count),
  }));
  expect(made).toEqual(wanted);
});

test('the 10-and-5 rule as a place would bring it is the same as the built-in one', () => {
  const brought = readPerturbationTable(writePerturbationTable(tenAndFiveTable()));
  expect(brought.fingerprint).toBe(tenAndFiveTable().fingerprint);
  expect([9, 10, 12, 13, 17, 18, 751].map((count) => perturb(count, 0, brought, 10))).toEqual([
    null,
    10,
    10,
    15,
    15,
    20,
    750,
  ]);
});

test('each edge is as in the ONS\u2019s package', () => {
  const person = (a: string | null, b: string | null, recordKey: number | null = 1): CountedPerson => ({
    categories: { a, b },
    recordKey,
  });
  const many = (count: number, ...of: Parameters<typeof person>) =>
    Array.from({ length: count }, () => person(...of));
  const cells = frequencyTable(
    [
      ...many(12, 'x', 'y'),
      ...many(11, 'z', 'é'),
      // Missing in one dimension: in no cell.
      ...many(20, null, 'y'),
      // Without a record key: counted, and no part of the cell key.
      ...many(3, 'x', 'y', null),
    ],
    ['a', 'b'],
    tenAndFiveTable(),
  );
  expect(cells).toEqual([
    { categories: ['x', 'y'], trueCount: 15, cellKey: 12, count: 15 },
    // Nobody has this combination, and both categories occur.
    { categories: ['x', 'é'], trueCount: 0, cellKey: 0, count: null },
    { categories: ['z', 'y'], trueCount: 0, cellKey: 0, count: null },
    { categories: ['z', 'é'], trueCount: 11, cellKey: 11, count: 10 },
  ]);
  expect(frequencyTable(many(3, 'x', 'y'), ['a'], noisy, 0)[0]?.count).not.toBeNull();
});

/** The same said once more, cell by cell over all people, with none of the code above. */
function plainly(
  counted: readonly CountedPerson[],
  dimensions: readonly string[],
  table: PerturbationTable,
  threshold: number,
) {
  const whole = counted.filter((person) =>
    dimensions.every((name) => typeof person.categories[name] === 'string'),
  );
  const values = dimensions.map((name) =>
    [...new Set(whole.map((person) => person.categories[name] ?? ''))].sort(),
  );
  const cells = values.reduce<string[][]>(
    (before, here) => before.flatMap((first) => here.map((last) => [...first, last])),
    [[]],
  );
  return cells.map((categories) => {
    const inCell = whole.filter((person) =>
      dimensions.every((name, at) => person.categories[name] === categories[at]),
    );
    let cellKey = 0;
    for (const person of inCell) cellKey = (cellKey + (person.recordKey ?? 0)) % 256;
    let row = inCell.length;
    while (row > 750) row -= 250;
    const count = inCell.length + table.noise(row, cellKey);
    return { categories, trueCount: inCell.length, cellKey, count: count >= threshold ? count : null };
  });
}

test('any people by any dimensions: as counted cell by cell', () => {
  const category = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
  const anybody = fc.record({
    categories: fc.record({ p: category, q: category, r: category }),
    recordKey: fc.option(fc.nat(255), { nil: null }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anybody, fc.integer({ min: 1, max: 900 })), { maxLength: 6 }),
      fc.subarray(['p', 'q', 'r'], { minLength: 1 }),
      fc.integer({ min: 0, max: 15 }),
      (groups, dimensions, threshold) => {
        const counted = groups.flatMap(([person, times]) => Array.from({ length: times }, () => person));
        const made = frequencyTable(counted, dimensions, noisy, threshold);
        expect(made).toEqual(plainly(counted, dimensions, noisy, threshold));
      },
    ),
    { numRuns: 60 },
  );
});

const whole = writePerturbationTable(tenAndFiveTable()).trimEnd().split('\n');
test.each([
  [
    'another column',
    (lines: string[]) => lines.with(0, 'pcv,ckey,value'),
    1,
    'the columns are pcv, ckey, pvalue',
  ],
  ['a word', (lines: string[]) => lines.with(7, '1,6,none'), 8, 'pvalue is a whole number, not "none"'],
  ['half a count', (lines: string[]) => lines.with(7, '1,6,0.5'), 8, 'pvalue is a whole number'],
  ['a key of 256', (lines: string[]) => lines.with(7, '1,256,0'), 8, 'ckey is 0 to 255, not 256'],
  ['a row above 750', (lines: string[]) => [...lines, '751,0,0'], 192_002, 'pcv is 0 to 750, not 751'],
  [
    'less than nobody',
    (lines: string[]) => lines.with(7, '1,6,-2'),
    8,
    'would make a count of 1 less than nothing',
  ],
  [
    'one pair twice',
    (lines: string[]) => [...lines, '5,5,0'],
    192_002,
    'pcv 5 with ckey 5 stands in line 1031 already',
  ],
  ['a pair missing', (lines: string[]) => lines.toSpliced(1030, 1), 192_000, 'pcv 5 with ckey 5 is missing'],
  ['an end too early', (lines: string[]) => lines.slice(0, -256), 191_745, 'pcv 750 with ckey 0 is missing'],
  ['a cell too many', (lines: string[]) => lines.with(7, '1,6,0,0'), 8, '3 cells are expected, here are 4'],
  ['an empty line inside', (lines: string[]) => lines.with(7, ''), 8, '3 cells are expected, here are 1'],
  ['nothing at all', () => [''], 1, 'the columns are'],
])('a table with %s is refused whole, with the line', (_, change, line, words) => {
  let error: unknown;
  try {
    readPerturbationTable(change(whole).join('\n'), 'place.csv');
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code: 'PERTURBATION_TABLE_INVALID', line });
  expect(String(error)).toContain(`place.csv:${line}: `);
  expect(String(error)).toContain(words);
});

test('a table may be quoted, in another order, with a row for nobody, and from a spreadsheet', () => {
  const [, ...lines] = whole;
  const nobody = Array.from({ length: 256 }, (_, key) => `0,${key},0`);
  const turned = [...lines, ...nobody].toReversed().map((line) => line.split(',').toReversed().join());
  const text = `\uFEFF"pvalue","ckey","pcv"\r\n${turned.join('\r\n')}\r\n`;
  const table = readPerturbationTable(text);
  expect(table.firstCount).toBe(0);
  expect([3, 12, 13].map((count) => table.noise(count, 9))).toEqual([-3, -2, 2]);
});
