import { type AskedCount, countAsked, kindsAsked, type Period } from '../register/past-requests.ts';
import type { Comparison } from '../sharing/diff.ts';
import { type ReplayVerdict, replay } from '../sharing/replay.ts';
import type { StoreDatabase } from '../store/tables.ts';

/** How many past requests of one organisation would be given more of a section, or less. */
export type ReplayCount = AskedCount<ReplayVerdict>;

const DAY_MS = 24 * 3_600_000;
/** The longest period that is replayed, in days. */
export const MOST_REPLAYED_DAYS = 366;

/** The last so many days. */
export const lastDays = (days: number, now: Date): Period => ({
  from: new Date(now.getTime() - days * DAY_MS),
  to: now,
});

/** Asks of the register's own past requests of these agencies what they would be given under the proposed policy. */
export async function replayRequests(
  store: StoreDatabase,
  comparison: Comparison,
  agencies: readonly string[],
  period: Period,
): Promise<readonly ReplayCount[]> {
  const past = await kindsAsked(store, agencies, period);
  const marked = replay(comparison, past).map(({ request, verdict }) => [request, verdict] as const);
  return marked.length === 0 ? [] : countAsked(store, marked, period);
}
