/** How agreements stand on a day of London's calendar, and which of them are withdrawn. */

import type { Policies } from '../policy/policies.ts';
import type { Agreement } from '../policy/types.ts';

/** How an agreement stands on a day, as whoever keeps it needs to know. */
export const AGREEMENT_STANDINGS = [
  'NOT_BEGUN',
  'IN_FORCE',
  'REVIEW_WITHIN_90_DAYS',
  'REVIEW_WITHIN_30_DAYS',
  'REVIEW_TODAY',
  'REVIEW_OVERDUE',
  'ENDED',
  'WITHDRAWN',
] as const;
export type AgreementStanding = (typeof AGREEMENT_STANDINGS)[number];

/**
 * A withdrawn one is that, whatever its dates; a review that is overdue ends nothing. `day`: of Europe/London.
 * @param withdrawn ids of agreements that are withdrawn as they stand
 */
export function agreementStandingOf(
  { id, from, review, end }: Agreement,
  day: string,
  withdrawn: ReadonlySet<string>,
): AgreementStanding {
  if (withdrawn.has(id)) return 'WITHDRAWN';
  if (day < from) return 'NOT_BEGUN';
  if (end !== null && end < day) return 'ENDED';
  const daysLeft = (Date.parse(review) - Date.parse(day)) / DAY_MS;
  if (daysLeft < 0) return 'REVIEW_OVERDUE';
  if (daysLeft === 0) return 'REVIEW_TODAY';
  if (daysLeft <= 30) return 'REVIEW_WITHIN_30_DAYS';
  return daysLeft <= 90 ? 'REVIEW_WITHIN_90_DAYS' : 'IN_FORCE';
}
const DAY_MS = 24 * 3_600_000;

const LONDON = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in Europe/London, `YYYY-MM-DD`; null for an invalid date. */
export function londonDay(now: Date): string | null {
  return Number.isNaN(now.getTime()) ? null : LONDON.format(now);
}

/** Agreement id → the highest version that was withdrawn. */
export type Withdrawals = ReadonlyMap<string, number>;

/** Agreement id → the highest version among withdrawals. */
export function highestWithdrawn(
  withdrawals: readonly { agreement: string; version: number }[],
): Withdrawals {
  const highest = new Map<string, number>();
  for (const { agreement, version } of withdrawals)
    highest.set(agreement, Math.max(version, highest.get(agreement) ?? 0));
  return highest;
}

/**
 * Ids of agreements that are withdrawn as they stand: signed at a version no higher than the withdrawn one. Where
 * several agencies' files name one agreement, the oldest version counts.
 */
export function withdrawnNow(policies: Policies, withdrawals: Withdrawals): ReadonlySet<string> {
  const ids = [...policies.agencies.values()]
    .filter(({ agreement: { id, version } }) => version <= (withdrawals.get(id) ?? 0))
    .map(({ agreement }) => agreement.id);
  return new Set(ids);
}
