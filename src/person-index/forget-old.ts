import { sql } from 'kysely';
import { DENIALS_COUNT_FOR_MS } from './settle.ts';
import { SHIFT_MS } from './shift.ts';
import type { Store } from './tables.ts';

/** Removes what no longer counts: refusals of days ago and references verified in an earlier shift. */
export async function forgetOld(store: Store, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await sql`delete from index_denial where at <= ${before(DENIALS_COUNT_FOR_MS)}`.execute(store);
  await sql`delete from index_standing where verified_at <= ${before(SHIFT_MS)}`.execute(store);
}
