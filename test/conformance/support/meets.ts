import type { Predicate } from '../../../adapters/contract.ts';

/** Whether a row meets a predicate, as SQL would say it: a comparison with an empty cell is never met. */
export function meets(predicate: Predicate, row: Readonly<Record<string, string | null>>): boolean {
  if ('any' in predicate) return predicate.any.some((one) => meets(one, row));
  if ('all' in predicate) return predicate.all.every((one) => meets(one, row));
  const cell = row[predicate.column] ?? null;
  if ('isNull' in predicate) return predicate.isNull === (cell === null);
  if (cell === null) return false;
  if ('in' in predicate) return predicate.in.includes(cell.trimEnd());
  if ('notIn' in predicate) return !predicate.notIn.includes(cell.trimEnd());
  if ('from' in predicate) return cell >= String(predicate.from);
  return cell < String(predicate.before);
}
