import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { RecordId } from './ids.ts';
import type { ToldChanges } from './index-source.ts';

/** A line of a change log: its ascending id, the record that changed, and the transaction that wrote it (a PostgreSQL xid8). */
interface Logged {
  id: string | number;
  record: RecordId;
  transaction: string | number;
}

/** No transaction had ended yet: everything comes after it. */
const BEFORE_ALL = '1:1:';

/**
 * Changes that the agency logs under ascending ids, each line with its transaction. Ids are given out before their lines
 * can be seen, so a line may appear below others that were told long before. Hence the mark is no id, but which
 * transactions had ended (a PostgreSQL snapshot), and told is whatever had not: no line is missed, however long its
 * transaction was, and none has to wait for another's. Transaction and id only lead from page to page.
 *
 * The mark of a database that was restored elsewhere may speak of transactions yet to come; then the whole log is told.
 * The log must go back to the last mark. `since` rejects with the database's own error where it cannot read the mark, and
 * any other database than PostgreSQL, which knows no such snapshot, is refused by it: there changes are told by time.
 */
export const changedByLog = <DB>(
  // biome-ignore lint/suspicious/noExplicitAny: of whichever tables of the agency the log consists
  log: (db: Kysely<DB>) => SelectQueryBuilder<any, any, Logged>,
): ToldChanges<DB> => ({
  by: 'ID',
  async mark(db) {
    const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(
      db,
    );
    return rows[0]?.snapshot ?? BEFORE_ALL;
  },
  async since(db, mark, limit) {
    const [from = BEFORE_ALL, to, ...last] = mark.split(' ');
    const { rows } = await notIn(from, log(db), last, limit).execute(db);
    const lines = rows.filter(({ record }) => record !== null);
    const records = [...new Set(lines.map(({ record }) => record))];
    const nextFrom = to ?? rows[0]?.snapshot ?? from;
    const end = lines.at(-1);
    if (end && lines.length === limit)
      return { records, mark: [from, nextFrom, end.transaction, end.id].join(' ') };
    // Between pages more may have ended; only what was seen when the first was read is behind the next mark.
    return { records, mark: lines.length > 0 || to !== undefined ? nextFrom : mark };
  },
});

/** Lines after `last` of transactions that had not ended at `from`, and what has ended now, all as of one moment. One range of an index. */
const notIn = (
  from: string,
  // biome-ignore lint/suspicious/noExplicitAny: of whichever tables of the agency the log consists
  log: SelectQueryBuilder<any, any, Logged>,
  [transaction = '0', id = '0']: readonly string[],
  limit: number,
): RawBuilder<Logged & { snapshot: string }> => sql`
  with ended as materialized (
    select snapshot,
      case when pg_snapshot_xmax(told) <= pg_snapshot_xmax(snapshot) then told else ${BEFORE_ALL}::pg_snapshot end as told
    from (select pg_current_snapshot() as snapshot, ${from}::pg_snapshot as told) as marks
  )
  select ended.snapshot::text as snapshot, line.*
  from ended left join lateral (
    select id, record, transaction from ${log} as logged
    where (transaction, id) > (greatest(pg_snapshot_xmin(told)::text::bigint, ${transaction}::bigint), ${id}::bigint)
      and transaction < pg_snapshot_xmax(snapshot)::text::bigint
      and not pg_visible_in_snapshot(transaction::text::xid8, told)
    order by transaction, id limit ${limit}
  ) as line on true
  order by line.transaction, line.id`;
