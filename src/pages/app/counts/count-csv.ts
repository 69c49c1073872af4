import { stringify } from 'csv-stringify/browser/esm/sync';
import { type CountTable, isTold, SUPPRESSED } from './count-table.ts';

/** What was asked, by whom and when, as it goes with the numbers wherever they go. */
export interface AskedFor {
  query: string;
  variables: string;
  purpose: string;
  /** An instant, ISO 8601. */
  answeredAt: string;
}

/**
 * The table as a CSV file (RFC 4180, UTF-8 with a byte-order mark so that spreadsheets read it as such): a line of names,
 * one row for everything together where that was asked, and one for each row. How it was counted, what is suppressed,
 * what it covers, and the question stand on every row, since notes beside a file are lost.
 * Text that a spreadsheet would calculate is led by an apostrophe.
 */
export function countCsv(table: CountTable, asked: AskedFor): string {
  const { dimensions, measures, rows, total } = table;
  const notes = [
    table.method,
    table.suppression,
    table.coverage.join(' '),
    table.whole ? 'yes' : 'no',
    asked.answeredAt,
    asked.purpose,
    asked.query,
    asked.variables,
  ];
  const lines = [
    ...(total ? [['all', ...dimensions.map(() => 'all'), ...total.map(cellOf), ...notes]] : []),
    ...rows.map(({ keys, counts }) => [
      ...['group', ...keys.map(({ words }) => words), ...counts.map(cellOf), ...notes],
    ]),
  ];
  return stringify(
    lines.map((line) => line.map(onOneLine)),
    {
      header: true,
      columns: ['Row', ...dimensions, ...measures, ...NOTES].map((header, key) => ({
        ...{ key: String(key), header: String(onOneLine(header)) },
      })),
      bom: true,
      record_delimiter: 'windows',
      quoted_string: true,
      escape_formulas: true,
    },
  );
}

const NOTES = ['Method', 'Suppression', 'Coverage', 'Whole', 'Answered at', 'Purpose', 'Query', 'Variables'];

/** A number, or the word why there is none: a cell left blank would be read as nothing. */
function cellOf(count: CountTable['rows'][number]['counts'][number]): number | string {
  if (isTold(count)) return count.value;
  return count === null ? 'not counted' : SUPPRESSED;
}

/** Programs that read line by line, and those that calculate what stands after a line break, find none in a cell. */
const onOneLine = (cell: number | string): number | string =>
  typeof cell === 'number' ? cell : cell.replace(/\s+/gu, ' ').trim();
