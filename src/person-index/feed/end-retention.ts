import { sql } from 'kysely';
import { type AgencyId, durationBefore, type RecordId } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { PersonId } from '../records/types.ts';
import { dropRecords, inTurn } from './take-changes.ts';

/** How long agencies let the index keep what they feed no longer, and who writes down that it went. */
export interface Retention {
  /** ISO 8601 durations of whole days, as the policies of the enabled agencies say now. */
  periods(): ReadonlyMap<AgencyId, string>;
  /** Is told before records leave. Where it rejects, they stay, and are tried again. */
  register(leaving: readonly LeavingRecord[], now: Date): Promise<void>;
}

export interface LeavingRecord {
  agency: AgencyId;
  /** Whose it was; null where it was never matched. */
  person: PersonId | null;
  /** When it was found to be fed no longer; of a feed that stopped, when that was last complete. */
  goneAt: Date;
  period: string;
}

interface Due {
  agency: AgencyId;
  period: string;
  /** What was fed until then, and not after, leaves. */
  before: Date;
}

/** Records of one transaction, and of one write of the register. */
const PART = 1_000;

/**
 * Takes out of the index what is over: records that have not been fed for the period that their agency states, and all
 * records of a feed that has not been complete for as long, also of an agency that is enabled no longer. For after a pass
 * of every agency was tried. Gives how many left; who hid by them is to be worked out anew then (`matchPending`).
 */
export async function endRetention(store: StoreDatabase, retention: Retention, now: Date): Promise<number> {
  await keepPeriods(store, retention.periods());
  let left = 0;
  for (const due of await dueNow(store, now)) {
    for (let part = -1; part !== 0; left += part)
      part = await inTurn(store, (within) => leave(within, due, retention, now));
  }
  return left;
}

/** Beside each feed stands the period that was last in force, for when its agency has no policy here any more. */
async function keepPeriods(store: StoreDatabase, periods: ReadonlyMap<AgencyId, string>): Promise<void> {
  const rows = [...periods].map(([agency, retain]) => ({ agency, retain }));
  await sql`
    update index_feed f set retain = p.retain
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (agency text, retain text)
    where f.agency = p.agency and f.retain is distinct from p.retain`.execute(store);
}

async function dueNow(store: StoreDatabase, now: Date): Promise<Due[]> {
  const { rows } = await sql<{ agency: AgencyId; period: string; asOf: Date; oldest: Date | null }>`
    select agency, retain as period, as_of as "asOf",
      (select min(gone_at) from index_gone g where g.agency = f.agency) as oldest
    from index_feed f where retain is not null`.execute(store);
  return rows.flatMap(({ agency, period, asOf, oldest }) => {
    const before = durationBefore(now, period);
    const over = before !== null && (asOf <= before || (oldest !== null && oldest <= before));
    return over ? [{ agency, period, before }] : [];
  });
}

type Over = { record: RecordId; person: PersonId | null; goneAt: Date };

/** Some of an agency's records that are over; gives how many, and none at the end. */
async function leave(
  store: StoreDatabase,
  { agency, period, before }: Due,
  { register }: Retention,
  now: Date,
): Promise<number> {
  const { rows: stopped } = await sql`
    select from index_feed where agency = ${agency} and as_of <= ${before}`.execute(store);
  const { rows: gone } = await sql<Over>`
    select record, person, gone_at as "goneAt" from index_gone
    where agency = ${agency} and (gone_at <= ${before} or ${stopped.length > 0}) order by record limit ${PART}`.execute(
    store,
  );
  const { rows: fed } = await sql<Over>`
    select r.record, r.person, f.as_of as "goneAt" from index_record r join index_feed f using (agency)
    where r.agency = ${agency} and ${stopped.length > 0} order by r.record limit ${PART - gone.length}`.execute(
    store,
  );
  const over = [...gone, ...fed];
  if (over.length > 0) {
    await register(
      over.map(({ person, goneAt }) => ({ agency, person, goneAt, period })),
      now,
    );
    const records = gone.map(({ record }) => record);
    await sql`delete from index_gone where agency = ${agency} and record = any(${records}::text[])`.execute(
      store,
    );
    await dropRecords(
      store,
      agency,
      fed.map(({ record }) => record),
    );
  } else if (stopped.length > 0) {
    // As if it had never been fed: what it does not hold nobody can say.
    await sql`delete from index_pass where agency = ${agency}`.execute(store);
    await sql`delete from index_feed where agency = ${agency}`.execute(store);
  }
  return over.length;
}
