import { sql } from 'kysely';
import type { AgencyId } from '../../adapters/contract.ts';
import type { Store } from './tables.ts';
import type { FeedState } from './types.ts';

/** Intervals without a complete pass after which a feed no longer says what its agency does not hold. */
const OVERDUE_AFTER = 3;

export const NO_FEED: FeedState = { asOf: null, overdue: true };

/** How fresh every feed is that ever completed a pass. */
export async function loadFeedStates(store: Store, now: Date): Promise<Map<AgencyId, FeedState>> {
  const { rows } = await sql<{ agency: AgencyId; as_of: Date; interval_ms: number }>`
    select agency, as_of, interval_ms from index_feed`.execute(store);
  return new Map(
    rows.map(({ agency, as_of: asOf, interval_ms: interval }) => [
      agency,
      { asOf, overdue: now.getTime() - asOf.getTime() > OVERDUE_AFTER * interval },
    ]),
  );
}
