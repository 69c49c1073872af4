import { createHash } from 'node:crypto';

/** Counts up to here have a row of their own in a perturbation table. */
export const LAST_COUNT = 750;
/** Greater counts use the last so many rows again, as the ONS's package has it. */
const REUSED_ROWS = 250;
/** Record keys and cell keys are 0 to 255. */
export const KEYS = 256;
const COLUMNS = ['pcv', 'ckey', 'pvalue'];

/** A perturbation table that cannot be used, with the line that says so, 1 being the header. */
export class PerturbationTableError extends Error {
  readonly code = 'PERTURBATION_TABLE_INVALID';
  readonly line: number;

  constructor(name: string, line: number, what: string) {
    super(`${name}:${line}: ${what}`);
    this.line = line;
  }
}

/** What is added to a count, by the count and its cell key. */
export interface PerturbationTable {
  /** The first count with a row, 0 or 1. */
  readonly firstCount: 0 | 1;
  /** SHA-256 over the whole table: a store counts by one table for its life. */
  readonly fingerprint: string;
  /**
   * What is added to a count of so many people under a cell key (0 to 255): the row of the count, counts above 750 those of
   * 501 to 750 again and again, and nothing where there is no row.
   */
  noise(people: number, cellKey: number): number;
}

/** The row of a count: itself up to 750, and 501 to 750 over and over above. */
export const rowOf = (people: number): number =>
  people <= LAST_COUNT ? people : ((people - 1) % REUSED_ROWS) + LAST_COUNT - REUSED_ROWS + 1;

/**
 * Reads a perturbation table in the columns that the ONS's tools and Cantabular read (`pcv,ckey,pvalue`), in any order
 * of columns and rows.
 * @throws {PerturbationTableError} unless it is whole: each pair of count and key once, counts from 0 or 1 to 750, keys
 *   0 to 255, whole numbers, and no result below 0.
 */
export function readPerturbationTable(text: string, name = 'perturbation table'): PerturbationTable {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const fail = (at: number, what: string): never => {
    throw new PerturbationTableError(name, at + 1, what);
  };
  const cells = (line: string) => line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const header = cells(lines[0] ?? '');
  const places = COLUMNS.map((column) => header.indexOf(column));
  if (header.length !== COLUMNS.length || places.includes(-1))
    fail(0, `the columns are ${COLUMNS.join(', ')}, each once.`);
  const noise = new Int16Array((LAST_COUNT + 1) * KEYS);
  const lineOf = new Uint32Array(noise.length);
  for (const [at, line] of lines.entries()) {
    if (at === 0 || (line.trim() === '' && at === lines.length - 1)) continue;
    const row = cells(line);
    if (row.length !== COLUMNS.length)
      fail(at, `${COLUMNS.length} cells are expected, here are ${row.length}.`);
    const [pcv = 0, ckey = 0, pvalue = 0] = places.map((place, column) => {
      const cell = row[place] ?? '';
      if (!/^[+-]?\d{1,5}$/.test(cell))
        fail(at, `${COLUMNS[column]} is a whole number, not ${JSON.stringify(cell)}.`);
      return Number(cell);
    });
    if (pcv < 0 || pcv > LAST_COUNT)
      fail(at, `pcv is 0 to ${LAST_COUNT}, not ${pcv}: greater counts use 501 to 750.`);
    if (ckey < 0 || ckey >= KEYS) fail(at, `ckey is 0 to ${KEYS - 1}, not ${ckey}.`);
    if (pcv + pvalue < 0) fail(at, `pvalue ${pvalue} would make a count of ${pcv} less than nothing.`);
    if (pvalue > 9_999) fail(at, `pvalue ${pvalue} is no noise.`);
    const place = pcv * KEYS + ckey;
    if (lineOf[place]) fail(at, `pcv ${pcv} with ckey ${ckey} stands in line ${lineOf[place]} already.`);
    lineOf[place] = at + 1;
    noise[place] = pvalue;
  }
  const firstCount = lineOf.subarray(0, KEYS).some((line) => line > 0) ? 0 : 1;
  for (let place = firstCount * KEYS; place < lineOf.length; place += 1)
    if (!lineOf[place])
      fail(lines.length - 1, `pcv ${Math.floor(place / KEYS)} with ckey ${place % KEYS} is missing.`);
  return tableOf(noise, firstCount);
}

/** The table of what is added: at each count times 256, plus the cell key. */
export function tableOf(noise: Int16Array, firstCount: 0 | 1): PerturbationTable {
  return {
    firstCount,
    fingerprint: createHash('sha256').update(Int16Array.from(noise)).digest('hex'),
    noise: (people, cellKey) => noise[rowOf(people) * KEYS + cellKey] ?? 0,
  };
}

/** A table in the ONS's columns, as `readPerturbationTable` reads it. */
export function writePerturbationTable({ firstCount, noise }: PerturbationTable): string {
  const lines = [COLUMNS.join()];
  for (let people: number = firstCount; people <= LAST_COUNT; people += 1)
    for (let key = 0; key < KEYS; key += 1) lines.push(`${people},${key},${noise(people, key)}`);
  return `${lines.join('\n')}\n`;
}

/**
 * The 10-and-5 rule as a table: below ten nothing is left (so that the threshold suppresses it), else the nearest multiple of
 * five. It adds no noise: two counts differ exactly where one of them crosses to the next multiple.
 */
export function tenAndFiveTable(): PerturbationTable {
  const noise = new Int16Array((LAST_COUNT + 1) * KEYS);
  for (let people = 1; people <= LAST_COUNT; people += 1)
    noise.fill(
      people < 10 ? -people : 5 * Math.round(people / 5) - people,
      people * KEYS,
      (people + 1) * KEYS,
    );
  return tableOf(noise, 1);
}
