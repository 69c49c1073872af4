import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import { recordKey } from '../records/features.ts';
import type { PersonId } from '../records/types.ts';

type Placed = { agency: string; record: string; person: PersonId | null };

/** Of these records, who held them when that person was merged away. */
export async function loadFormerHolders(
  store: StoreDatabase,
  rows: readonly Placed[],
): Promise<Map<PersonId, Set<string>>> {
  // Of a record that nobody has yet there is no former holder to look for: a first pass has millions.
  const asked = rows.flatMap(({ agency, record, person }) => (person === null ? [] : [{ agency, record }]));
  const { rows: found } = await sql<{ person: PersonId; agency: string; record: string }>`
    select f.person, f.agency, f.record from index_redirect_record f
    join jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (agency text, record text) using (agency, record)`.execute(
    store,
  );
  const former = new Map<PersonId, Set<string>>();
  for (const { person, agency, record } of found) {
    const records = former.get(person) ?? new Set();
    records.add(recordKey(agency, record));
    former.set(person, records);
  }
  return former;
}

/**
 * Keeps where ids lead. Whoever holds no record any more leads to the person who holds most of theirs; whoever holds
 * some again leads nowhere else. `before` says whose each record was until now.
 */
export async function keepRedirects(
  store: StoreDatabase,
  before: readonly Placed[],
  former: ReadonlyMap<PersonId, ReadonlySet<string>>,
): Promise<void> {
  const placed = before.filter(({ person }) => person !== null);
  const touched = [...new Set([...placed.flatMap(({ person }) => person ?? []), ...former.keys()])];
  await sql`
    with gone as (
      select distinct b.person from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as b (person text)
      where not exists (select from index_record r where r.person = b.person)
        and not exists (select from index_redirect d where d.person = b.person)
    ), led as (
      insert into index_redirect (person, survivor) select person, person from gone returning person
    )
    insert into index_redirect_record (person, agency, record)
    select b.person, b.agency, b.record
    from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as b (agency text, record text, person text)
      join gone using (person)
    where (select count(*) from led) >= 0`.execute(store);
  await sql`
    update index_redirect d set survivor = s.person
    from (
      select distinct on (f.person) f.person as was, r.person
      from index_redirect_record f join index_record r using (agency, record)
      where f.person = any(${touched}::text[]) and r.person is not null
      group by f.person, r.person order by f.person, count(*) desc, r.person
    ) s
    where d.person = s.was and d.survivor <> s.person`.execute(store);
  await sql`
    delete from index_redirect d
    where d.person = any(${touched}::text[])
      and (exists (select from index_record r where r.person = d.person)
        or not exists (select from index_record r where r.person = d.survivor))`.execute(store);
}
