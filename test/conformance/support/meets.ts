import type { Predicate } from '../../../adapters/contract.ts';
import { meets as decides } from '../../../src/compile/sql/predicate.ts';

const NOW = new Date('2026-11-22T03:10:00Z');

/** Whether a row is shown under a predicate: as the decoders read it, and as SQL compares what stands for itself. */
export function meets(predicate: Predicate, row: Readonly<Record<string, string | null>>): boolean {
  if ('any' in predicate) return predicate.any.some((one) => meets(one, row));
  if ('all' in predicate) return predicate.all.every((one) => meets(one, row));
  if ('code' in predicate || 'decoded' in predicate)
    return decides(predicate, (column) => row[column] ?? null, { now: NOW, note: () => {} }) === true;
  const cell = row[predicate.column] ?? null;
  if ('isNull' in predicate) return predicate.isNull === (cell === null);
  if (cell === null) return false;
  if ('in' in predicate) return predicate.in.includes(cell.trimEnd());
  if ('notIn' in predicate) return !predicate.notIn.includes(cell.trimEnd());
  if ('from' in predicate) return cell >= String(predicate.from);
  return cell < String(predicate.before);
}
