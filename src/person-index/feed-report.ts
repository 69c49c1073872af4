import { sql } from 'kysely';
import type { AgencyId } from '../../adapters/contract.ts';
import { loadFeedStates, NO_FEED } from './feed-states.ts';
import type { Store } from './tables.ts';
import type { FeedState } from './types.ts';

/** How one agency's feed stands, for whoever operates it. */
export interface FeedReport extends FeedState {
  /** Records that are written and wait to be matched. */
  pending: number;
  /** A first pass that has begun and is not complete: how many records it has read, and whether it has read all. */
  underWay: { records: number; read: boolean } | null;
}

/** Of every agency that has a feed, a pass under way, or records. */
export async function loadFeedReports(store: Store, now: Date): Promise<Map<AgencyId, FeedReport>> {
  const states = await loadFeedStates(store, now);
  const { rows: waiting } = await sql<{ agency: AgencyId; pending: number }>`
    select agency, count(*)::int as pending from index_record where pending group by agency`.execute(store);
  const { rows: passes } = await sql<{ agency: AgencyId; records: number; read: boolean }>`
    select agency, records, place is null as read from index_pass`.execute(store);
  const pending = new Map(waiting.map((row) => [row.agency, row.pending]));
  const underWay = new Map(passes.map(({ agency, records, read }) => [agency, { records, read }]));
  return new Map(
    [...new Set([...states.keys(), ...pending.keys(), ...underWay.keys()])].map((agency) => [
      agency,
      {
        ...(states.get(agency) ?? NO_FEED),
        pending: pending.get(agency) ?? 0,
        underWay: underWay.get(agency) ?? null,
      },
    ]),
  );
}
