/** Records about which nothing shrinks, for an inquest or a review. */
import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';

/** Whoever holds, releases or shrinks takes turns, until the end of the transaction. */
export const takeTurn = (transaction: StoreDatabase) =>
  sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
const LOCK = 7_464_271_230;

export interface RetentionHold {
  readonly id: string;
  readonly agency: string;
  /** The agency's own number. */
  readonly record: string;
  readonly why: string;
  readonly by: string;
  readonly at: Date;
  /** When it ends by itself; null where somebody must release it. */
  readonly until: Date | null;
}

/** A hold cannot be made or released; the message says why. */
export class HoldError extends Error {
  override readonly name = 'HoldError';
  readonly code = 'HOLD_REFUSED';
}

const selectStanding = (store: StoreDatabase, now: Date) =>
  store
    .selectFrom('register_hold')
    .select(['id', 'agency', 'record', 'why', 'by_whom as by', 'at', 'until'])
    .where('released_at', 'is', null)
    .where(({ or, eb }) => or([eb('until', 'is', null), eb('until', '>', now)]));

/** Those that stand, oldest first. */
export const standingHolds = (store: StoreDatabase, now: Date): Promise<readonly RetentionHold[]> =>
  selectStanding(store, now).orderBy('at').orderBy('id').execute();

/** @throws HoldError where no hold of this id stands */
export async function standingHold(store: StoreDatabase, id: string, now: Date): Promise<RetentionHold> {
  const hold = await selectStanding(store, now).where('id', '=', id).executeTakeFirst();
  if (hold === undefined) throw new HoldError(`No hold ${id} stands: register hold --list has those that do`);
  return hold;
}

/** Within the transaction of its entry. @throws HoldError where the record is held already */
export async function writeHold(transaction: StoreDatabase, hold: RetentionHold): Promise<void> {
  const { by, ...rest } = hold;
  await takeTurn(transaction);
  const other = await selectStanding(transaction, hold.at)
    .where('agency', '=', hold.agency)
    .where('record', '=', hold.record)
    .executeTakeFirst();
  if (other !== undefined)
    throw new HoldError(`Record ${hold.record} of ${hold.agency} is held already, by ${other.id}`);
  await transaction
    .insertInto('register_hold')
    .values({ ...rest, by_whom: by })
    .execute();
}

/** Within the transaction of its entry. @throws HoldError where it does not stand any more */
export async function releaseHold(
  transaction: StoreDatabase,
  { id, by, at }: Pick<RetentionHold, 'id' | 'by' | 'at'>,
): Promise<void> {
  await takeTurn(transaction);
  await standingHold(transaction, id, at);
  await transaction
    .updateTable('register_hold')
    .set({ released_at: at, released_by: by })
    .where('id', '=', id)
    .execute();
}

/**
 * Agency and person of whatever names a record of `standing`: entries, the person index, and what people asked and wrote. An
 * agency that is null stands for any.
 */
const NAMED = sql`
  select a.agency, l.person from standing h
    join register_look_agency a on a.records <> '{}' and a.records @> array[h.record] and a.agency = coalesce(h.agency, a.agency)
    join register_look l on l.chain = a.chain and l.seq = a.seq
  union select i.agency, i.person from standing h
    join index_record i on i.record = h.record and i.agency = coalesce(h.agency, i.agency)
  union select a.agency, g.person from standing h
    join break_glass_agency a on a.records @> array[h.record] and a.agency = coalesce(h.agency, a.agency)
    join break_glass g on g.id = a.glass
  union select d.agency, d.person from standing h
    join disclosure_request d on d.records @> array[h.record] and d.agency = coalesce(h.agency, d.agency)
  union select a.agency, c.person from standing h
    join consent_agency a on a.records @> array[h.record] and a.agency = coalesce(h.agency, a.agency)
    join consent c on c.id = a.consent
  union select c.agency, c.person from standing h
    join concern c on c.records @> array[h.record] and c.agency = coalesce(h.agency, c.agency)`;

/** Agencies in whose name something here has this number. The register must have been laid out. */
export async function agenciesWithRecord(store: StoreDatabase, record: string): Promise<readonly string[]> {
  const { rows } = await sql<{ agency: string }>`
    with standing as (select null::text as agency, ${record}::text as record)
    select distinct agency from (${NAMED}) as named order by agency`.execute(store);
  return rows.map(({ agency }) => agency);
}

/**
 * For a `with`: `standing` holds, and everybody whom something names together with a record that is held (`held_person`), under
 * every id that they had: what is about them is about the record.
 */
export const heldPeople = (now: Date) => sql`
  standing as materialized (
    select agency, record from register_hold where released_at is null and (until is null or until > ${now})
  ),
  held_named as materialized (select person from (${NAMED}) as named where person is not null),
  held_person as materialized (
    select person from held_named
    union select r.person from index_redirect r join held_named h on h.person = r.survivor
    union select r.survivor from index_redirect r join held_named h on h.person = r.person
  )`;
