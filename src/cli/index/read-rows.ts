import { createReadStream } from 'node:fs';
import { type Info, parse } from 'csv-parse';
import { EvaluateError } from './evaluate-error.ts';

/** One row: column → value as written. */
export type Row = Readonly<Record<string, string>>;

/** Characters of one row. No record is longer; a quotation mark that is never closed shall not swallow the file. */
const LONGEST_ROW = 1_000_000;

export interface ReadRow {
  readonly row: Row;
  readonly line: number;
  /** How far into the file this is. */
  readonly bytes: number;
}

/**
 * Reads a file row by row, without holding it. Columns that are not asked for are left out; one that is missing, a row
 * with too few or too many values, and a file that cannot be read are errors that say where.
 */
export async function* readRows(file: string, columns: readonly string[]): AsyncIterable<ReadRow> {
  let headed = false;
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    columns: (header: string[]) => {
      headed = true;
      return checkedHeader(file, header, columns);
    },
  });
  const source = createReadStream(file);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: Info }>) {
      yield { row: record, line: info.lines, bytes: info.bytes };
    }
    if (!headed) throw new EvaluateError(`${file}: empty, not even a header`);
  } catch (error) {
    throw error instanceof EvaluateError
      ? error
      : new EvaluateError(whatIsWrong(file, error), { cause: error });
  }
}

function checkedHeader(
  file: string,
  header: readonly string[],
  columns: readonly string[],
): (string | false)[] {
  const names = header.map((name) => name.trim());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    const one = missing.length === 1;
    throw new EvaluateError(`${file}: column${one ? '' : 's'} ${missing.join(', ')} missing in the header`);
  }
  return names.map((name) => (columns.includes(name) ? name : false));
}

function whatIsWrong(file: string, error: unknown): string {
  const { code = '', message = '', lines } = error as { code?: string; message?: string; lines?: number };
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `${file}, line ${lines ?? '?'}: a row of more than ${LONGEST_ROW} characters, or a quotation mark that is never closed`;
  if (code === 'ENOENT') return `${file}: no such file`;
  if (code.startsWith('CSV_')) return `${file}, line ${lines ?? '?'}: ${oneLine(message)}`;
  return `${file}: cannot be read (${code || message})`;
}

/** The parser quotes what it found, which may be of many lines and long. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 200 ? line : `${line.slice(0, 200)} …`;
}
