import { sql } from 'kysely';
import type { SearchLimit, SearchLimits } from './search-policy.ts';
import type { Store } from './tables.ts';

const HOUR_MS = 60 * 60 * 1000;

/** A login has searched as often as it may. Says nothing of anybody who was looked for. */
export class TooManySearches extends Error {
  override readonly name = 'TooManySearches';
  readonly code = 'TOO_MANY_SEARCHES';
  readonly limit: SearchLimit;

  constructor(limit: SearchLimit) {
    super(`at most ${limit.perMinute} searches a minute and ${limit.perHour} an hour for one login`);
    this.limit = limit;
  }
}

export interface Searcher {
  sub: string;
  organisation: string;
  role: string;
}

/** What a login may do in this role: at the scene, on a live reference, there is more room. */
export function limitFor({ role }: Searcher, live: boolean, { usual, emergency }: SearchLimits): SearchLimit {
  return live && emergency.roles.includes(role) ? emergency : usual;
}

/**
 * Counts a search in the store that all replicas share, and forgets what is too old to count. A refused one is not
 * counted: who waits gets through. Throws TooManySearches, and whatever the store throws.
 */
export async function countSearch(store: Store, who: Searcher, limit: SearchLimit, now: Date): Promise<void> {
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const { rows } = await sql<{ counted: boolean }>`
    with forgotten as (
      delete from index_search
      where organisation = ${who.organisation} and sub = ${who.sub} and minute <= ${hourAgo}::timestamptz
    ), earlier as (
      select coalesce(sum(searches), 0) as searches from index_search
      where organisation = ${who.organisation} and sub = ${who.sub} and minute > ${hourAgo}::timestamptz
    ), counted as (
      insert into index_search as s (organisation, sub, minute, searches)
      select ${who.organisation}, ${who.sub}, date_trunc('minute', ${now}::timestamptz), 1 from earlier
      where searches < ${limit.perHour}::int
      on conflict (organisation, sub, minute) do update set searches = s.searches + 1
      where s.searches < ${limit.perMinute}::int
      returning searches
    )
    select exists (select from counted) as counted`.execute(store);
  if (rows[0]?.counted !== true) throw new TooManySearches(limit);
}
