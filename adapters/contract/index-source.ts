import type { Kysely } from 'kysely';
import type { DecodeContext } from './decoding.ts';
import type { RecordId } from './ids.ts';
import type { IndexChanges, IndexRecord, IndexSource } from './index-feed.ts';
import type { ColumnOf } from './rows.ts';

/** Which records have changed, without what is in them. */
export type ToldChanges<DB> = Pick<IndexChanges<DB>, 'by' | 'mark' | 'since'>;

interface IndexTables<DB, Row, About> {
  reads: readonly ColumnOf<DB>[];
  /** One row for each record, in order of id, after `after`, at most `limit`. */
  after(db: Kysely<DB>, after: RecordId | null, limit: number): Promise<readonly Row[]>;
  /** What stands about these records in other tables; never asked about none. */
  about(db: Kysely<DB>, rows: readonly Row[]): Promise<About>;
  /** Looks only at what is about its own record, so that a page costs no more than its rows. */
  recordOf(row: Row, about: About, context: DecodeContext): IndexRecord;
  /** The rows of these records, in any order; never asked for none. */
  among(db: Kysely<DB>, records: readonly RecordId[]): Promise<readonly Row[]>;
  told?: ToldChanges<DB> | undefined;
}

/** An index feed out of one row for each record and what stands about it elsewhere, read a page at a time. */
export function indexSource<DB, Row, About>(tables: IndexTables<DB, Row, About>): IndexSource<DB> {
  const { reads, after, about, recordOf, among, told } = tables;
  const complete = async (db: Kysely<DB>, rows: readonly Row[], note: DecodeContext['note']) => {
    if (rows.length === 0) return [];
    const elsewhere = await about(db, rows);
    const context = { now: new Date(), note };
    return rows.map((row) => recordOf(row, elsewhere, context));
  };
  const records: IndexChanges<DB>['records'] = async (db, ids, note) =>
    ids.length === 0 ? [] : complete(db, await among(db, [...new Set(ids)]), note);
  return {
    reads,
    page: async (db, last, limit, note) => complete(db, await after(db, last, limit), note),
    records,
    ...(told && { changes: { ...told, records } }),
  };
}
