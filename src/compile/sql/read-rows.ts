import { setMaxListeners } from 'node:events';
import { type DecodeContext, instant, orderOf } from '../../../adapters/contract.ts';
import type { AgencyDatabase } from '../run/agency-database.ts';
import { KeysNotDistinctError } from '../run/errors.ts';
import { type Predicate, tableKey } from './any-table.ts';
import { meets } from './predicate.ts';
import type { Row } from './row-result.ts';
import type { RowSet } from './row-set.ts';
import { makeStatement, type Statement } from './statement.ts';
import { type RowSetPlace, shapeOf } from './statement-shape.ts';

/**
 * Reads all row sets by one statement for each table, side by side, and gives each its rows: those that SQL chose and
 * that its decoded conditions keep, newest first, cut to its limit. Where one statement fails the others are stopped.
 * Throws AgencyUnavailableError and KeysNotDistinctError.
 */
export async function readRows(
  rowSets: readonly RowSet[],
  unshielded: readonly string[],
  database: Pick<AgencyDatabase, 'query'>,
  signal: AbortSignal,
  context: DecodeContext,
): Promise<void> {
  const byTable = new Map<string, RowSet[]>();
  for (const rows of rowSets)
    byTable.set(tableKey(rows.source), [...(byTable.get(tableKey(rows.source)) ?? []), rows]);
  const statements = [...byTable.values()].map((sharing) => makeStatement(shapeOf(sharing), unshielded));
  const stop = new AbortController();
  const stopToo = () => stop.abort(signal.reason);
  setMaxListeners(0, signal);
  if (signal.aborted) stopToo();
  else signal.addEventListener('abort', stopToo, { once: true });
  try {
    await Promise.all(
      statements.map(async (one) =>
        hand(one, await database.query(one.compiled, { signal: stop.signal }), context),
      ),
    );
  } catch (error) {
    stop.abort();
    throw error;
  } finally {
    signal.removeEventListener('abort', stopToo);
  }
}

type Cells = Readonly<Record<string, unknown>>;

/** Throws KeysNotDistinctError where rows of two keys cannot be told apart: nothing of the answer is used then. */
function hand({ shape }: Statement, result: readonly Cells[], context: DecodeContext): void {
  const aliases = new Map(shape.shown.map((one) => [one.key, one.alias]));
  for (const place of shape.places) {
    const { rows, rank } = place;
    rows.result.aliases = aliases;
    const own = result.filter((cells) => isOwn(place, cells));
    const { person } = place;
    if (rank !== null) own.sort((one, other) => Number(one[rank]) - Number(other[rank]));
    const looked = new Map<string, number>();
    for (const cells of own) {
      const key = person.keys.keyOf(cells[person.alias], cells[person.places] as number[]);
      if (!rows.keys.has(key)) throw new KeysNotDistinctError();
      const count = (looked.get(key) ?? 0) + 1;
      looked.set(key, count);
      if (count > rows.most) {
        rows.result.addCut(key);
        continue;
      }
      const row = { key, cells, masked: place.shown !== null && cells[place.shown] !== true };
      const belongs = decide(rows.decided, row, rows, context);
      if (belongs === null) rows.result.addUnsure(key);
      if (belongs !== true) continue;
      row.masked ||= decide(rows.decidedMask, row, rows, context) !== true;
      rows.result.add(row);
    }
    rows.result.arrange(newestFirst(rows, context.now), rows.limit);
  }
}

/** Whether the row meets all of these; null where what cannot be read decides. */
function decide(
  conditions: readonly Predicate[],
  row: Row,
  { result }: RowSet,
  context: DecodeContext,
): boolean | null {
  if (conditions.length === 0) return true;
  return meets({ all: conditions }, (column) => result.cell(row, column, false), context);
}

/** By dates that are written as text; null where the database has put the rows in order. Those without a date come last. */
function newestFirst({ source, result }: RowSet, now: Date): ((one: Row, other: Row) => number) | null {
  const order = orderOf(source);
  if (!order?.text) return null;
  const quiet = { now, note: () => {} };
  const read = new Map<Row, number>();
  const timeOf = (row: Row): number => {
    const known = read.get(row);
    if (known !== undefined) return known;
    const time = instant(result.cell(row, order.column, false), quiet)?.getTime() ?? Number.NEGATIVE_INFINITY;
    read.set(row, time);
    return time;
  };
  // Two rows without a date differ by NaN, which counts as nothing.
  return (one, other) => timeOf(other) - timeOf(one) || 0;
}

/** A row can be in the result for another row set's sake. */
function isOwn({ rows, flag, rank }: RowSetPlace, cells: Cells): boolean {
  if (cells[flag] !== true) return false;
  return rank === null || Number(cells[rank]) <= rows.read;
}
