import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { RefreshInput } from './feed-types.ts';

/** What the last complete pass of an agency left for the next. */
export interface FedBefore {
  /** Where the agency's changes stood; null where it tells none. */
  mark: string | null;
  madeOf: string;
  fullAt: Date | null;
  passesSinceFull: number;
  /** `feedDigest` before everything was last read or found to be the same; null where that is not known. */
  digest: string | null;
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
  /** Everything, what the agency told to have changed, or nothing, since its digest says that all is as it was. */
  read: 'ALL' | 'CHANGES' | 'NOTHING';
  /** Null where nobody can say of which state of the agency the index is. */
  digest: string | null;
}

/** Null where no pass of the agency was ever complete. */
export async function fedBefore(store: StoreDatabase, agency: AgencyId): Promise<FedBefore | null> {
  const row = await store
    .selectFrom('index_feed')
    .select([
      'mark',
      'made_of as madeOf',
      'full_at as fullAt',
      'passes_since_full as passesSinceFull',
      'digest',
    ])
    .where('agency', '=', agency)
    .executeTakeFirst();
  return row ?? null;
}

export async function passUnderWay(store: StoreDatabase, agency: AgencyId): Promise<PassUnderWay | null> {
  const row = await store
    .selectFrom('index_pass')
    .select(['made_of as madeOf', 'place', 'records'])
    .where('agency', '=', agency)
    .executeTakeFirst();
  return row ?? null;
}

export async function keepPlace(
  store: StoreDatabase,
  agency: AgencyId,
  at: PassUnderWay,
  now: Date,
): Promise<void> {
  const { madeOf, place, records } = at;
  await store
    .insertInto('index_pass')
    .values({ agency, began_at: now, made_of: madeOf, place, records })
    .onConflict((conflict) => conflict.column('agency').doUpdateSet({ made_of: madeOf, place, records }))
    .execute();
}

/** From here on, what is not in the index of this agency is said to be not held by it. */
export async function markFeed(
  store: StoreDatabase,
  { agency, intervalMs }: Pick<RefreshInput, 'agency' | 'intervalMs'>,
  { asOf, mark, madeOf, read, digest }: CompletePass,
): Promise<void> {
  await sql`
    insert into index_feed (agency, as_of, interval_ms, mark, made_of, full_at, passes_since_full, digest)
    values (${agency}, ${asOf}, ${intervalMs}, ${mark}, ${madeOf}, ${asOf}, 0, ${digest})
    on conflict (agency) do update set
      as_of = excluded.as_of, interval_ms = excluded.interval_ms, mark = excluded.mark,
      made_of = excluded.made_of, digest = excluded.digest,
      full_at = case when ${read === 'ALL'} then excluded.full_at else index_feed.full_at end,
      passes_since_full = case when ${read === 'CHANGES'} then index_feed.passes_since_full + 1 else 0 end`.execute(
    store,
  );
  await store.deleteFrom('index_pass').where('agency', '=', agency).execute();
}
