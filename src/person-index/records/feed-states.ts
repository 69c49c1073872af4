import type { AgencyId } from '../../../adapters/contract.ts';
import { plain } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { IndexMemory } from './memory.ts';
import type { FeedState } from './types.ts';

/** Intervals without a complete pass after which a feed no longer says what its agency does not hold. */
const OVERDUE_AFTER = 3;

export const NO_FEED: FeedState = { asOf: null, overdue: true, matching: false };

interface FeedRow {
  agency: AgencyId;
  as_of: Date;
  interval_ms: number;
  matching: boolean;
}

/** How fresh every feed is that ever completed a pass; as it stood at most a second ago, where there is a memory. */
export async function loadFeedStates(
  store: StoreDatabase,
  now: Date,
  memory?: IndexMemory,
): Promise<Map<AgencyId, FeedState>> {
  const load = async () => (await feedRows().execute(store)).rows;
  const rows = await (memory?.keep('feeds', load) ?? load());
  return new Map(
    rows.map(({ agency, as_of: asOf, interval_ms: interval, matching }) => [
      agency,
      { asOf, overdue: now.getTime() - asOf.getTime() > OVERDUE_AFTER * interval, matching },
    ]),
  );
}

const feedRows = () => plain<FeedRow>`
  select agency, as_of, interval_ms, agency in (select agency from index_record where pending) as matching
  from index_feed`;

/** How one agency's feed stands, for whoever operates it. */
export interface FeedReport extends Pick<FeedState, 'asOf' | 'overdue'> {
  /** Records that are written and wait to be matched. */
  pending: number;
  /** A first pass that has begun and is not complete: how many records it has read, and whether it has read all. */
  underWay: { records: number; read: boolean } | null;
}

/** Of every agency that has a feed, a pass under way, or records. */
export async function loadFeedReports(store: StoreDatabase, now: Date): Promise<Map<AgencyId, FeedReport>> {
  const states = await loadFeedStates(store, now);
  const { rows: waiting } = await plain<{ agency: AgencyId; pending: number }>`
    select agency, count(*)::int as pending from index_record where pending group by agency`.execute(store);
  const { rows: passes } = await plain<{ agency: AgencyId; records: number; read: boolean }>`
    select agency, records, place is null as read from index_pass`.execute(store);
  const pending = new Map(waiting.map((row) => [row.agency, row.pending]));
  const underWay = new Map(passes.map(({ agency, records, read }) => [agency, { records, read }]));
  return new Map(
    [...new Set([...states.keys(), ...pending.keys(), ...underWay.keys()])].map((agency) => {
      const { asOf, overdue } = states.get(agency) ?? NO_FEED;
      const waiting = { pending: pending.get(agency) ?? 0, underWay: underWay.get(agency) ?? null };
      return [agency, { asOf, overdue, ...waiting }];
    }),
  );
}
