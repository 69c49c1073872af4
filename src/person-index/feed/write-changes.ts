import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { FeedRow } from '../records/features.ts';

/**
 * Writes records as the agency gives them now. Each is pending until it is matched: one that is new is nobody's and
 * cannot be seen, one that has changed keeps its person until then.
 */
export async function writeRecords(store: StoreDatabase, rows: readonly FeedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into index_record (agency, record, content, merged_into, names, date_of_birth, sex, postcode, place, place_was, key_id,
      identifiers, block_keys, search_keys, place_keys, protections, relatives, household, adverse, excluded_staff)
    select agency, record, content, merged_into, names, date_of_birth, sex, postcode, place, place_was, key_id,
      identifiers, block_keys, search_keys, place_keys, protections, relatives, household, adverse, excluded_staff
    from jsonb_populate_recordset(null::index_record, ${JSON.stringify(rows)}::jsonb)
    on conflict (agency, record) do update set
      content = excluded.content, merged_into = excluded.merged_into, names = excluded.names,
      date_of_birth = excluded.date_of_birth, sex = excluded.sex, postcode = excluded.postcode,
      place = excluded.place, place_was = excluded.place_was, key_id = excluded.key_id, identifiers = excluded.identifiers, block_keys = excluded.block_keys,
      search_keys = excluded.search_keys, place_keys = excluded.place_keys, protections = excluded.protections,
      relatives = excluded.relatives, household = excluded.household, adverse = excluded.adverse,
      excluded_staff = excluded.excluded_staff, pending = true`.execute(store);
  const fed = rows.map(({ agency, record }) => ({ agency, record }));
  await sql`
    delete from index_gone g using jsonb_to_recordset(${JSON.stringify(fed)}::jsonb) as f (agency text, record text)
    where g.agency = f.agency and g.record = f.record`.execute(store);
}

/**
 * Takes records out that the agency feeds no longer, so that nobody is found, linked or answered for by them. What they
 * said to hide is kept until `endRetention`, or until they are fed again. Whoever they were linked to, or kept apart,
 * waits to be matched anew.
 */
export async function removeRecords(
  store: StoreDatabase,
  agency: AgencyId,
  records: readonly RecordId[],
  goneAt: Date,
): Promise<void> {
  if (records.length === 0) return;
  await sql`
    insert into index_gone (agency, record, person, candidates, gone_at, place, place_was, protections, relatives,
      household, adverse, excluded_staff)
    select agency, record, person,
      array(select c.person from index_candidate c where c.agency = r.agency and c.record = r.record),
      ${goneAt}::timestamptz, place, place_was, protections, relatives, household, adverse, excluded_staff
    from index_record r where agency = ${agency} and record = any(${records}::text[])
    on conflict (agency, record) do nothing`.execute(store);
  await dropRecords(store, agency, records);
}

/** Takes records out, and all that they said with them. */
export async function dropRecords(
  store: StoreDatabase,
  agency: AgencyId,
  records: readonly RecordId[],
): Promise<void> {
  await sql`
    with gone as (
      select agency, record, person from index_record where agency = ${agency} and record = any(${records}::text[])
    ), touched as (
      select person from gone
      union select c.person from gone g join index_candidate c using (agency, record)
      union select r.person from gone g join index_candidate c on c.person = g.person
        join index_record r on r.agency = c.agency and r.record = c.record
    )
    update index_record set pending = true where person in (select person from touched)`.execute(store);
  await sql`
    delete from index_candidate where agency = ${agency} and record = any(${records}::text[])`.execute(store);
  await sql`
    delete from index_record where agency = ${agency} and record = any(${records}::text[])`.execute(store);
}
