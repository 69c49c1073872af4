import type { Source } from '../sql/any-table.ts';
import type { Row, RowResult } from '../sql/row-result.ts';
import { type Decoding, decodeField } from './decode.ts';
import { asOfRow } from './origin.ts';

/** How a row counts where one value is taken from several. */
export interface Rank {
  precedence: number;
  /** Null where the row does not say when it was last known to be true. */
  asOf: Date | null;
}

export function rankOf(decoding: Decoding, source: Source, row: Row, result: RowResult): Rank {
  const precedence = source.precedence && decodeField(decoding, 'precedence', source.precedence, row, result);
  return {
    precedence: typeof precedence === 'number' ? precedence : 0,
    asOf: asOfRow(decoding, source, row, result),
  };
}

/**
 * Rows in the order in which they count: what has ended or was superseded last, then those known to be true last first,
 * with those that do not say when at the end. Rows that are alike in both keep the order of their table.
 */
export function inOrder(
  decoding: Decoding,
  source: Source,
  rows: readonly Row[],
  result: RowResult,
): readonly Row[] {
  if (rows.length < 2) return rows;
  const ranked = rows.map((row) => ({ row, rank: rankOf(decoding, source, row, result) }));
  return ranked.sort((one, other) => before(one.rank, other.rank)).map(({ row }) => row);
}

function before(one: Rank, other: Rank): number {
  if (one.precedence !== other.precedence) return one.precedence - other.precedence;
  const [time, otherTime] = [one.asOf?.getTime(), other.asOf?.getTime()];
  if (time === otherTime) return 0;
  if (time === undefined) return 1;
  return otherTime === undefined ? -1 : otherTime - time;
}
