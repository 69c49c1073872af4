import { sql } from 'kysely';
import type { StoreDatabase } from '../store/tables.ts';

/** How often a login may count. */
export interface CohortRate {
  perMinute: number;
  perHour: number;
}
export const COHORT_RATE: CohortRate = { perMinute: 30, perHour: 300 };

/** A login has counted as often as it may. Says nothing of anybody. */
export class TooManyCohorts extends Error {
  override readonly name = 'TooManyCohorts';
  readonly code = 'TOO_MANY_COHORTS';
  readonly rate: CohortRate;
  readonly retryAfterSeconds: number;

  constructor(rate: CohortRate, retryAfterSeconds: number) {
    const seconds = retryAfterSeconds === 1 ? 'one second' : `${retryAfterSeconds} seconds`;
    super(
      `At most ${rate.perMinute} counts a minute and ${rate.perHour} an hour for one login. There is room again in ${seconds}`,
    );
    this.rate = rate;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Takes note of one more count in the store that all replicas share. A refused one is not counted.
 * @throws TooManyCohorts, and whatever the store throws
 */
export async function countOne(
  store: StoreDatabase,
  { organisation, sub }: { organisation: string; sub: string },
  rate: CohortRate,
  now: Date,
): Promise<void> {
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const { rows } = await sql<{ counted: boolean; first: string | null; all: number }>`
    with forgotten as (
      delete from cohort_asked where organisation = ${organisation} and sub = ${sub} and minute <= ${hourAgo}::timestamptz
    ), earlier as (
      select minute, times from cohort_asked
      where organisation = ${organisation} and sub = ${sub} and minute > ${hourAgo}::timestamptz
    ), counted as (
      insert into cohort_asked as c (organisation, sub, minute, times)
      select ${organisation}, ${sub}, date_trunc('minute', ${now}::timestamptz), 1
      where (select coalesce(sum(times), 0) from earlier) < ${rate.perHour}::int
      on conflict (organisation, sub, minute) do update set times = c.times + 1 where c.times < ${rate.perMinute}::int
      returning 1
    )
    select exists (select from counted) as counted, (select min(minute)::text from earlier) as first,
      (select coalesce(sum(times), 0)::int from earlier) as all`.execute(store);
  const [row] = rows;
  if (row?.counted === true) return;
  const nextMinute = (Math.floor(now.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  const full = row !== undefined && row.all >= rate.perHour && row.first !== null;
  const room = full ? Math.max(nextMinute, Date.parse(row.first ?? '') + HOUR_MS) : nextMinute;
  throw new TooManyCohorts(rate, Math.max(1, Math.ceil((room - now.getTime()) / 1000)));
}
