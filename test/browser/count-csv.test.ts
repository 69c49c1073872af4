/** A file of counts says what the page says: every cell comes back, and none is a formula, a zero or a blank that was not counted. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barriersTable } from '../../src/pages/app/counts/barriers-table.ts';
import { countCsv } from '../../src/pages/app/counts/count-csv.ts';
import type { Count, CountTable } from '../../src/pages/app/counts/count-table.ts';

const ASKED = {
  query: 'query{barriers(by:[REASON]){rows{keys{value}}}}',
  variables: '{"from":"2026-09-01"}',
  purpose: 'service-planning',
  answeredAt: '2026-11-30T10:00:00.000Z',
};
const told = (value: number): Count => ({ value, suppressed: false });
const SUPPRESSED: Count = { value: null, suppressed: true };
const table = (part: Partial<CountTable>): CountTable => ({
  title: 'People',
  dimensions: ['Month'],
  measures: ['People'],
  rows: [],
  total: null,
  whenEmpty: null,
  method: 'Counted by hand.',
  suppression: 'Below ten.',
  coverage: ['Northshire Police.'],
  whole: true,
  ...part,
});
const read = (csv: string): string[][] => parse(csv, { bom: true });

/** As a cell stands in the file: on one line. */
const onOneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();
/** What a spreadsheet calculates, or may once it has taken the text apart. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;
const unescaped = (cell: string) => (FORMULA.test(cell.slice(1)) ? cell.replace(/^'/, '') : cell);

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", '＝', 'A1') }),
);
const anyCount = fc.oneof(fc.nat().map(told), fc.constant(SUPPRESSED), fc.constant(null));

test('every cell that was written is read back, whatever stands in it, and none begins a formula', () => {
  const anyRow = fc.record({ keys: fc.tuple(anyText, anyText), counts: fc.tuple(anyCount, anyCount) });
  fc.assert(
    fc.property(fc.array(anyRow, { minLength: 1 }), anyText, anyText, (rows, method, query) => {
      const [header, ...lines] = read(
        countCsv(
          table({
            dimensions: ['District', 'Band'],
            measures: ['People', 'Records'],
            rows: rows.map(({ keys, counts }) => ({ keys: keys.map((words) => ({ words })), counts })),
            method,
          }),
          { ...ASKED, query },
        ),
      );
      expect(header?.slice(0, 6)).toEqual(['Row', 'District', 'Band', 'People', 'Records', 'Method']);
      for (const cell of lines.flat()) expect(cell).not.toMatch(FORMULA);
      const found = lines.map((line) => ({
        keys: line.slice(1, 3).map(unescaped),
        counts: line.slice(3, 5),
        method: unescaped(line[5] ?? ''),
        query: unescaped(line[11] ?? ''),
      }));
      expect(found).toEqual(
        rows.map(({ keys, counts }) => ({
          keys: keys.map(onOneLine).map(unescaped),
          counts: counts.map((count) => (count ? String(count.value ?? 'suppressed') : 'not counted')),
          method: unescaped(onOneLine(method)),
          query: unescaped(onOneLine(query)),
        })),
      );
    }),
  );
});

test('what is suppressed is said as suppressed, also where the query did not ask whether it is', () => {
  const rows = [
    { keys: [{ words: '2026-09' }], counts: [told(40)] },
    { keys: [{ words: '2026-10' }], counts: [SUPPRESSED] },
    { keys: [{ words: '2026-11' }], counts: [{ value: null } as Count] },
    { keys: [{ words: '2026-12' }], counts: [told(0)] },
  ];
  const lines = read(countCsv(table({ rows, total: [told(60)] }), ASKED));
  expect(lines.map((line) => line.slice(0, 3))).toEqual([
    ['Row', 'Month', 'People'],
    ['all', 'all', '60'],
    ['group', '2026-09', '40'],
    ['group', '2026-10', 'suppressed'],
    ['group', '2026-11', 'suppressed'],
    ['group', '2026-12', '0'],
  ]);
});

test('every row says how it was counted, what is suppressed, what it covers, when, for what, and the question', () => {
  const csv = countCsv(
    table({
      rows: [{ keys: [{ words: '2026-09' }], counts: [told(40)] }],
      coverage: ['Northshire Police.', 'Not in it: education, which did not answer in time.'],
      whole: false,
    }),
    ASKED,
  );
  const [row] = parse(csv, { bom: true, columns: true });
  expect(row).toEqual({
    Row: 'group',
    Month: '2026-09',
    People: '40',
    Method: 'Counted by hand.',
    Suppression: 'Below ten.',
    Coverage: 'Northshire Police. Not in it: education, which did not answer in time.',
    Whole: 'no',
    'Answered at': '2026-11-30T10:00:00.000Z',
    Purpose: 'service-planning',
    Query: ASKED.query,
    Variables: ASKED.variables,
  });
});

test('the file is as RFC 4180 has it, with a mark by which spreadsheets know UTF-8', () => {
  const csv = countCsv(
    table({ rows: [{ keys: [{ words: 'a "quoted", word' }], counts: [told(1)] }] }),
    ASKED,
  );
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv).toContain('"a ""quoted"", word",1,');
  expect(csv.endsWith('\r\n')).toBe(true);
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('barriers keep their order, and what was not counted of all together is not told as none', () => {
  const { measures, rows, total, dimensions } = barriersTable(
    {
      rows: [
        {
          keys: [
            { dimension: 'AGENCY', value: 'mental-health' },
            { dimension: 'REASON', value: 'PURPOSE' },
          ],
          refused: told(30),
          asked: told(50),
          overcome: SUPPRESSED,
        },
      ],
      refused: told(30),
      asked: told(90),
    },
    { 'mental-health': 'Northshire Mental Health Trust' },
  );
  expect(dimensions).toEqual(['Agency', 'Reason']);
  expect(measures).toEqual(['Refused', 'Asked', 'Overcome later']);
  expect(rows).toEqual([
    {
      keys: [{ words: 'Northshire Mental Health Trust' }, { words: 'not shared for this purpose' }],
      counts: [told(30), told(50), SUPPRESSED],
    },
  ]);
  expect(total).toEqual([told(30), told(90), null]);
});
