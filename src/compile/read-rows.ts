import type { AgencyDatabase } from './agency-database.ts';
import { tableKey } from './any-table.ts';
import type { RowSet } from './row-set.ts';
import { makeStatement, type Statement } from './statement.ts';
import { type RowSetPlace, shapeOf } from './statement-shape.ts';

/**
 * Reads all row sets by one statement for each table, side by side, and gives each its rows. Where one statement
 * fails the others are stopped. Throws AgencyUnavailableError.
 */
export async function readRows(
  rowSets: readonly RowSet[],
  unshielded: readonly string[],
  database: Pick<AgencyDatabase, 'query'>,
  signal: AbortSignal,
): Promise<void> {
  const byTable = new Map<string, RowSet[]>();
  for (const rows of rowSets)
    byTable.set(tableKey(rows.source), [...(byTable.get(tableKey(rows.source)) ?? []), rows]);
  const statements = [...byTable.values()].map((sharing) => makeStatement(shapeOf(sharing), unshielded));
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  try {
    await Promise.all(
      statements.map(async (one) => hand(one, await database.query(one.compiled, { signal: either }))),
    );
  } catch (error) {
    stop.abort();
    throw error;
  }
}

type Cells = Readonly<Record<string, unknown>>;

function hand({ shape }: Statement, result: readonly Cells[]): void {
  const aliases = new Map(shape.shown.map((one) => [one.key, one.alias]));
  for (const place of shape.places) {
    place.rows.result.aliases = aliases;
    const own = result.filter((cells) => isOwn(place, cells));
    const { rank } = place;
    if (rank !== null) own.sort((one, other) => Number(one[rank]) - Number(other[rank]));
    for (const cells of own) {
      const masked = place.shown !== null && cells[place.shown] !== true;
      place.rows.result.add(cells[place.person], { cells, masked });
    }
  }
}

/** A row can be in the result for another row set's sake. */
function isOwn({ rows, flag, rank }: RowSetPlace, cells: Cells): boolean {
  if (cells[flag] !== true) return false;
  return rank === null || rows.limit === null || Number(cells[rank]) <= rows.limit;
}
