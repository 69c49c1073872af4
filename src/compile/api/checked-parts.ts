import {
  ApiFailure,
  type Cells,
  type Part,
  type Question,
  type RowsQuestion,
} from '../../../adapters/contract.ts';

/** The rows of each asked table, or why there are none to be used. */
export type CheckedParts = ReadonlyMap<RowsQuestion, readonly Cells[] | { failed: unknown }>;

/** In place of a value that is no cell: every decoder takes it for something that stands there and cannot be read. */
const UNFIT = Object.freeze({});

/**
 * What an executor gave, held against what it was asked. Rows of others, columns that were not asked and values that are
 * no cells go no further, and each kind is told as a fault, by the names of tables and columns alone. Of a table with rows
 * of others nothing is used: what is missing in their place would be taken for "none". A table that was left out, or
 * answered twice, has failed.
 */
export function checkedParts(
  question: Question,
  parts: readonly Part[],
  fault: (problem: string) => void,
): CheckedParts {
  const faults = new Set<string>();
  const checked = new Map<RowsQuestion, readonly Cells[] | { failed: unknown }>();
  const partly = () => ({ failed: new ApiFailure('API_PARTLY_READ') });
  for (const part of Array.isArray(parts) ? parts : []) {
    const { of } = part;
    if (!question.tables.includes(of)) faults.add('an answer to what was not asked');
    else if (checked.has(of)) {
      faults.add(`${of.table} was answered twice`);
      checked.set(of, partly());
    } else if ('failed' in part) checked.set(of, { failed: part.failed });
    else checked.set(of, rowsAsAsked(of, part.rows, faults) ?? partly());
  }
  for (const of of question.tables) {
    if (checked.has(of)) continue;
    faults.add(`${of.table} was not answered`);
    checked.set(of, partly());
  }
  for (const problem of faults) fault(problem);
  return checked;
}

/** Null where a row is of nobody who was asked about. */
function rowsAsAsked(
  { table, by, keys, columns }: RowsQuestion,
  rows: readonly Cells[],
  faults: Set<string>,
): readonly Cells[] | null {
  const asked = new Set(keys);
  const named = new Set(columns);
  const taken: Cells[] = [];
  let others = false;
  for (const row of rows) {
    const key = row[by];
    if (typeof key !== 'string' || !asked.has(key)) {
      others = true;
      continue;
    }
    const cells: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(row)) {
      if (!named.has(name)) faults.add(`${table}: ${columnName(name)} was not asked`);
      else if (isCell(value)) cells[name] = value;
      else {
        faults.add(`${name} is no text, number, date or flag`);
        cells[name] = UNFIT;
      }
    }
    taken.push(cells);
  }
  if (!others) return taken;
  faults.add(`${table}: rows of others than were asked about`);
  return null;
}

/** A name that looks like none may hold anything. */
const columnName = (name: string): string => (/^\w{1,60}\.\w{1,60}$/.test(name) ? name : 'a column');

const isCell = (value: unknown): boolean =>
  value === null || value === undefined || value instanceof Date || CELLS.has(typeof value);
const CELLS = new Set(['string', 'number', 'boolean', 'bigint']);
