import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../adapters/contract.ts';
import { FeedCollapsedError } from './feed-types.ts';
import type { SeenRecords } from './seen-records.ts';
import type { Store } from './tables.ts';

/** Rows looked through at once. */
const LOOK = 10_000;

/** The id of the newest row: what is written after it was asked for, by whichever replica, is never held for gone. */
export async function newestRow(store: Store): Promise<number> {
  const { rows } = await sql<{ id: string }>`select coalesce(max(id), 0) as id from index_record`.execute(
    store,
  );
  return Number(rows[0]?.id ?? 0);
}

/** How many records of the agency are in the index, up to a row. */
export async function knownRecords(store: Store, agency: AgencyId, upTo: number): Promise<number> {
  const { rows } = await sql<{ known: string }>`
    select count(*) as known from index_record where agency = ${agency} and id <= ${upTo}`.execute(store);
  return Number(rows[0]?.known ?? 0);
}

/** Records of the agency, up to a row, that a pass over all has not seen; a list of some at a time. */
export async function* goneRecords(
  store: Store,
  agency: AgencyId,
  seen: SeenRecords,
  upTo: number,
): AsyncGenerator<readonly RecordId[]> {
  for (let after = ''; ; ) {
    const { rows } = await sql<{ id: string; record: RecordId }>`
      select id, record from index_record where agency = ${agency} and record > ${after}
      order by record limit ${LOOK}`.execute(store);
    const last = rows.at(-1);
    if (!last) return;
    const gone = rows.filter(({ id }) => Number(id) <= upTo && !seen.has(Number(id)));
    if (gone.length > 0) yield gone.map(({ record }) => record);
    after = last.record;
  }
}

/** Below this many records a feed may lose any number of them. */
const FEW = 20;

/**
 * Half the people gone between two passes is a broken feed, not a change: their links and shields stay, and the feed
 * falls overdue. Throws FeedCollapsedError.
 */
export function refuseCollapse(agency: AgencyId, known: number, removed: number): void {
  if (known > FEW && removed * 2 > known) throw new FeedCollapsedError(agency, known, removed);
}
