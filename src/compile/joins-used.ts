import { predicateColumns } from '../../adapters/contract.ts';
import type { Source } from './any-table.ts';
import type { StatementShape } from './statement-shape.ts';

/**
 * The joins of a statement whose tables it reads or tests, and those that these hang on. Any other would look at
 * columns that nobody asked for, or that are withheld.
 */
export function joinsUsed({ source, names, places }: StatementShape): NonNullable<Source['join']> {
  const tested = places.flatMap(({ rows }) => [...rows.where, ...rows.mask].flatMap(predicateColumns));
  const used = new Set([...names.keys(), ...tested].map(tableOf));
  const kept = (source.join ?? []).toReversed().filter(({ table, on: [, earlier] }) => {
    if (!used.has(table)) return false;
    used.add(tableOf(earlier));
    return true;
  });
  return kept.toReversed();
}

const tableOf = (column: string): string => column.slice(0, column.indexOf('.'));
