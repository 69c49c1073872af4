import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { type Info, parse } from 'csv-parse';
import { EvaluateError } from '../known-error.ts';

/** One row: column → value as written. */
export type CsvRow = Readonly<Record<string, string>>;

/** Characters of one row. No record is longer; a quotation mark that is never closed shall not swallow the file. */
const LONGEST_ROW = 1_000_000;

export interface ReadRow {
  readonly row: CsvRow;
  readonly line: number;
  /** How far into the file this is. */
  readonly bytes: number;
}

/**
 * Reads a file row by row, without holding it. Columns that are not asked for are left out; one that is missing, a row
 * with too few or too many values, and a file that cannot be read are errors that say where.
 */
export async function* readCsvRows(file: string, columns: readonly string[]): AsyncIterable<ReadRow> {
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
  let before = 1;
  const source = Readable.from(checkedBytes(file));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: CsvRow; info: Info }>) {
      yield { row: record, line: info.lines, bytes: info.bytes };
      before = info.lines;
    }
    if (!headed) throw new EvaluateError(`${file}: empty, not even a header`);
  } catch (error) {
    throw error instanceof EvaluateError
      ? error
      : new EvaluateError(whatIsWrong(file, error, before + 1), { cause: error });
  }
}

/** The bytes of a file, whole lines at a time. Text in another encoding than UTF-8 is an error with its line. */
async function* checkedBytes(file: string): AsyncIterable<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  const check = (bytes: Buffer) => {
    if (isUtf8(bytes)) return;
    let from = 0;
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, from)) {
      if (!isUtf8(bytes.subarray(from, at))) break;
      line += 1;
      from = at + 1;
    }
    throw new EvaluateError(
      `${file}, line ${line}: not in UTF-8, in which files are read (Windows-1252? Save it as "CSV UTF-8")`,
    );
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(LF) + 1;
    const whole = bytes.subarray(0, end);
    rest = bytes.subarray(end);
    check(whole);
    if (rest.length > LONGEST_ROW * 4) check(rest);
    for (let at = whole.indexOf(LF); at !== -1; at = whole.indexOf(LF, at + 1)) line += 1;
    if (end > 0) yield whole;
    if (rest.length > LONGEST_ROW * 4) {
      yield rest;
      rest = Buffer.alloc(0);
    }
  }
  check(rest);
  if (rest.length > 0) yield rest;
}
const LF = 10;

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
  const twice = columns.find((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice !== undefined) throw new EvaluateError(`${file}: column ${twice} stands in the header twice`);
  return names.map((name) => (columns.includes(name) ? name : false));
}

/** `line` is where the row begins in which it was found: a stray quotation mark swallows the lines after it. */
function whatIsWrong(file: string, error: unknown, line: number): string {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `${file}, line ${line}: a row of more than ${LONGEST_ROW} characters, or a quotation mark that is never closed`;
  if (code === 'ENOENT') return `${file}: no such file`;
  if (code.startsWith('CSV_')) return `${file}, line ${line}: ${oneLine(message)}`;
  return `${file}: cannot be read (${code || message})`;
}

/** The parser quotes what it found, which may be of many lines and long. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 200 ? line : `${line.slice(0, 200)} …`;
}
