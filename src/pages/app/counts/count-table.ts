/** A number of people or requests, as `Count` of the public schema: null where it is too small to be told. */
export interface Count {
  value: number | null;
  suppressed: boolean;
}

export interface CountRow {
  /** One for each dimension, in words, and where it leads to. */
  keys: readonly { words: string; href?: string }[];
  /** One for each measure; null where it was not counted. */
  counts: readonly (Count | null)[];
}

/** Counts as they are drawn and as they are saved: rows of keys and numbers, and what has to be known to read them. */
export interface CountTable {
  /** What is counted: "People", "What was refused". */
  title: string;
  /** What the rows are grouped by, in words; none where everything is counted together. */
  dimensions: readonly string[];
  /** What is counted in each row, in words; bars are drawn of the first. */
  measures: readonly string[];
  /** In the order of the answer. */
  rows: readonly CountRow[];
  /** Everything together, counted on its own: the rows need not add up to it. Null where it was not asked. */
  total: CountRow['counts'] | null;
  /** What is said where there are no rows; null where none was to be expected. */
  whenEmpty: string | null;
  /** How it was counted, in words. */
  method: string;
  /** What is not told because it is too small, in words. */
  suppression: string;
  /** Whom or what the counts cover, in words. */
  coverage: readonly string[];
  /** False where something that should be in the counts is not, or where that is not known. */
  whole: boolean;
}

/** What stands for a count that is too small to be told: never a zero, and never nothing. */
export const SUPPRESSED = 'suppressed';
const NOT_COUNTED = 'not counted';

/** A count without a value is suppressed, even where the query did not ask whether it is. */
export const isTold = (count: Count | null): count is Count & { value: number } =>
  count !== null && !count.suppressed && typeof count.value === 'number';

const NUMBER = new Intl.NumberFormat('en-GB');

/** A number as a page shows it; else why there is none. */
export function countInWords(count: Count | null): string {
  if (isTold(count)) return NUMBER.format(count.value);
  return count === null ? NOT_COUNTED : SUPPRESSED;
}
