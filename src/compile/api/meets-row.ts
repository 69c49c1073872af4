import { bareCode, type DecodeContext, instant } from '../../../adapters/contract.ts';
import type { Predicate } from '../sql/any-table.ts';

/**
 * Whether a row meets a condition, all of it decided on the row's cells: of an agency without SQL. As in SQL an empty cell
 * is in no list and outside no list. Null where a part that could not be read decides.
 */
export function meetsRow(
  predicate: Predicate,
  cell: (column: string) => unknown,
  context: DecodeContext,
): boolean | null {
  const part = (one: Predicate) => meetsRow(one, cell, context);
  if ('any' in predicate) return deciding(predicate.any.map(part), true);
  if ('all' in predicate) return deciding(predicate.all.map(part), false);
  if ('decoded' in predicate) return predicate.decoded.meets(predicate.decoded.columns.map(cell), context);
  if ('code' in predicate) {
    const code = bareCode(cell(predicate.code), context) ?? '';
    return 'oneOf' in predicate ? predicate.oneOf.includes(code) : !predicate.noneOf.includes(code);
  }
  const value = cell(predicate.column) ?? null;
  if ('isNull' in predicate) return (value === null) === predicate.isNull;
  if ('in' in predicate) return predicate.in.some((one) => isSame(one, value));
  if (value === null) return false;
  if ('notIn' in predicate) return !predicate.notIn.some((one) => isSame(one, value));
  const bound = 'from' in predicate ? predicate.from : predicate.before;
  const order = compared(value, bound, context);
  return order === null ? null : 'from' in predicate ? order >= 0 : order < 0;
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === null || other === null ? one === other : String(one) === String(other);

/** By time where both are times, by number where both are numbers; null where they cannot be compared. */
function compared(value: unknown, bound: unknown, { now }: DecodeContext): number | null {
  if (typeof value === 'number' && typeof bound === 'number') return value - bound;
  const quiet = { now, note: () => {} };
  // Bounds of times lie where no decoder reads a date: days at which fillers end.
  const [time, limit] = [value, bound].map((one) => instant(one, quiet)?.getTime() ?? Number.NaN);
  const difference = (time ?? Number.NaN) - (limit ?? Number.NaN);
  return Number.isNaN(difference) ? null : difference;
}

/** One such part decides; else one that could not be read leaves it open. */
const deciding = (parts: readonly (boolean | null)[], value: boolean): boolean | null =>
  parts.includes(value) ? value : parts.includes(null) ? null : !value;
