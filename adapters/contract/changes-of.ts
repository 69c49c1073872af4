/** How a feed learns what has changed, made of the columns that tell it. */
import type { Kysely } from 'kysely';
import { changedByLog } from './changed-by-log.ts';
import { changedByTime, dayAfter } from './changed-by-time.ts';
import type { ToldChanges } from './index-source.ts';
import type { ColumnOf } from './rows.ts';
import { type RowsOf, tableOf } from './table-rows.ts';

// biome-ignore lint/suspicious/noExplicitAny: one feed for any agency's tables
type Any = any;

/** How this system tells what has changed: in a log with ids and transactions, or by stamps that it writes itself. */
export type ChangesOf<DB> =
  | { log: { id: ColumnOf<DB>; record: ColumnOf<DB>; transaction: ColumnOf<DB> } }
  | { stamps: readonly Stamp<DB>[] };
/** `at` is a stamp; `dayAfter` a day with which something ends by itself, without a row being written. */
export type Stamp<DB> = { record: ColumnOf<DB>; join?: RowsOf<DB>['join'] } & (
  | { at: ColumnOf<DB> }
  | { dayAfter: ColumnOf<DB> }
);

/** The columns that tell of changes. */
export function changeColumns(changes: ChangesOf<Any> | undefined): readonly string[] {
  if (!changes) return [];
  if ('log' in changes) return [changes.log.id, changes.log.record, changes.log.transaction];
  return changes.stamps.flatMap((stamp) => [
    stamp.record,
    'at' in stamp ? stamp.at : stamp.dayAfter,
    ...(stamp.join ?? []).flatMap(({ on }) => on),
  ]);
}

export function toldBy<DB>(changes: ChangesOf<DB>): ToldChanges<DB> {
  if ('log' in changes) {
    const { id, record, transaction } = changes.log as Record<string, string>;
    return changedByLog(
      (db: Kysely<Any>): Any =>
        db
          .selectFrom(tableOf(id ?? ''))
          .select([`${id} as id`, `${record} as record`, `${transaction} as transaction`] as Any),
    ) as ToldChanges<Any>;
  }
  return changedByTime((db: Kysely<Any>) => {
    const queries = changes.stamps.map((stamp) => {
      const column: string = 'at' in stamp ? stamp.at : stamp.dayAfter;
      const from = (stamp.join ?? []).reduce(
        (query: Any, { table, on }) => query.innerJoin(table, on[0], on[1]),
        db.selectFrom(tableOf(column)),
      );
      return from.select([
        `${stamp.record} as record`,
        'at' in stamp ? `${column} as at` : dayAfter(db, column).as('at'),
      ]);
    });
    return queries.slice(1).reduce((all, query) => all.unionAll(query), queries[0]);
  }) as ToldChanges<Any>;
}
