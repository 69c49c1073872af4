import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { SearchLimit, SearchLimits } from './search-policy.ts';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

/** What is counted, each by itself: searches by what is known of a person, and look-ups by number. */
export type SearchKind = 'SEARCHES' | 'NUMBERS';
const COLUMN = { SEARCHES: 'searches', NUMBERS: 'numbers' } as const;

/** A login has searched as often as it may. Says nothing of anybody who was looked for. */
export class TooManySearches extends Error {
  override readonly name = 'TooManySearches';
  readonly code = 'TOO_MANY_SEARCHES';
  readonly counted: SearchKind;
  readonly limit: SearchLimit;
  /** Seconds after which there is room for one more, if nothing else is asked meanwhile. */
  readonly retryAfterSeconds: number;

  constructor(counted: SearchKind, limit: SearchLimit, retryAfterSeconds: number) {
    const what = counted === 'SEARCHES' ? 'searches' : 'look-ups by number';
    super(`at most ${limit.perMinute} ${what} a minute and ${limit.perHour} an hour for one login`);
    this.counted = counted;
    this.limit = limit;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface SearchingCaller {
  sub: string;
  organisation: string;
  role: string;
}

/** What a login may do in this role: at the scene, on a live reference, there is more room. */
export function limitFor(
  counted: SearchKind,
  { role }: SearchingCaller,
  live: boolean,
  { usual, emergency }: SearchLimits,
): SearchLimit {
  const limit = live && emergency.roles.includes(role) ? emergency : usual;
  return counted === 'SEARCHES' ? limit : limit.numbers;
}

/**
 * Counts a search in the store that all replicas share, and forgets what is too old to count. A refused one is not
 * counted: who waits gets through. Throws TooManySearches, and whatever the store throws.
 */
export async function countSearch(
  store: StoreDatabase,
  counted: SearchKind,
  who: SearchingCaller,
  limit: SearchLimit,
  now: Date,
): Promise<void> {
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const times = sql.ref(COLUMN[counted]);
  const { rows } = await sql<{ counted: boolean; earlier: Minute[] }>`
    with forgotten as (
      delete from index_search
      where organisation = ${who.organisation} and sub = ${who.sub} and minute <= ${hourAgo}::timestamptz
    ), earlier as (
      select minute, ${times} as times from index_search
      where organisation = ${who.organisation} and sub = ${who.sub} and minute > ${hourAgo}::timestamptz
    ), counted as (
      insert into index_search as s (organisation, sub, minute, ${times})
      select ${who.organisation}, ${who.sub}, date_trunc('minute', ${now}::timestamptz), 1
      where (select coalesce(sum(times), 0) from earlier) < ${limit.perHour}::int
      on conflict (organisation, sub, minute) do update set ${times} = s.${times} + 1
      where s.${times} < ${limit.perMinute}::int
      returning 1
    )
    select exists (select from counted) as counted, (
      select coalesce(json_agg(json_build_object('at', extract(epoch from minute), 'times', times) order by minute), '[]')
      from earlier
    ) as earlier`.execute(store);
  const [row] = rows;
  if (row?.counted !== true)
    throw new TooManySearches(counted, limit, secondsUntilRoom(row?.earlier ?? [], limit, now));
}

/** How often something was asked in one minute; `at` is its beginning, in seconds of the epoch. */
interface Minute {
  at: number;
  times: number;
}

/** `earlier`: minutes of the last hour, oldest first. What was asked leaves the count an hour after its minute began. */
function secondsUntilRoom(earlier: readonly Minute[], limit: SearchLimit, now: Date): number {
  const nextMinute = (Math.floor(now.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  let left = earlier.reduce((sum, { times }) => sum + times, 0);
  let room = now.getTime();
  for (const { at, times } of earlier) {
    if (left < limit.perHour) break;
    left -= times;
    room = at * 1000 + HOUR_MS;
  }
  const last = earlier.at(-1);
  const full =
    last !== undefined && last.at * 1000 + MINUTE_MS === nextMinute && last.times >= limit.perMinute;
  // Others of the same login may have come in between: then the hour says nothing, and the next minute is a try.
  const until = full || room <= now.getTime() ? Math.max(room, nextMinute) : room;
  return Math.ceil((until - now.getTime()) / 1000);
}
