import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../adapters/contract.ts';
import type { RefreshInput } from './feed-types.ts';
import type { Store } from './tables.ts';

/** What the last complete pass of an agency left for the next. */
export interface FedBefore {
  /** Where the agency's changes stood; null where it tells none. */
  mark: string | null;
  madeOf: string;
  fullAt: Date | null;
  passesSinceFull: number;
}
/** A pass that has begun with an agency that was never fed to the end. */
export interface PassUnderWay {
  madeOf: string;
  /** The last record that was read and written; null when only matching is left. */
  place: RecordId | null;
  records: number;
}
/** A pass that is complete. */
export interface CompletePass {
  /** When it began. */
  asOf: Date;
  mark: string | null;
  madeOf: string;
  /** It read everything. */
  full: boolean;
}

/** Null where no pass of the agency was ever complete. */
export async function fedBefore(store: Store, agency: AgencyId): Promise<FedBefore | null> {
  const { rows } = await sql<FedBefore>`
    select mark, made_of as "madeOf", full_at as "fullAt", passes_since_full as "passesSinceFull"
    from index_feed where agency = ${agency}`.execute(store);
  return rows[0] ?? null;
}

export async function passUnderWay(store: Store, agency: AgencyId): Promise<PassUnderWay | null> {
  const { rows } = await sql<PassUnderWay>`
    select made_of as "madeOf", place, records from index_pass where agency = ${agency}`.execute(store);
  return rows[0] ?? null;
}

export async function keepPlace(store: Store, agency: AgencyId, at: PassUnderWay, now: Date): Promise<void> {
  await sql`
    insert into index_pass (agency, began_at, made_of, place, records)
    values (${agency}, ${now}, ${at.madeOf}, ${at.place}, ${at.records})
    on conflict (agency) do update set
      made_of = excluded.made_of, place = excluded.place, records = excluded.records`.execute(store);
}

/** From here on, what is not in the index of this agency is said to be not held by it. */
export async function markFeed(
  store: Store,
  { agency, intervalMs }: Pick<RefreshInput, 'agency' | 'intervalMs'>,
  { asOf, mark, madeOf, full }: CompletePass,
): Promise<void> {
  await sql`
    insert into index_feed (agency, as_of, interval_ms, mark, made_of, full_at, passes_since_full)
    values (${agency}, ${asOf}, ${intervalMs}, ${mark}, ${madeOf}, ${asOf}, 0)
    on conflict (agency) do update set
      as_of = excluded.as_of, interval_ms = excluded.interval_ms, mark = excluded.mark,
      made_of = excluded.made_of,
      full_at = case when ${full} then excluded.full_at else index_feed.full_at end,
      passes_since_full = case when ${full} then 0 else index_feed.passes_since_full + 1 end`.execute(store);
  await sql`delete from index_pass where agency = ${agency}`.execute(store);
}
