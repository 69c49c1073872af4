import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { Decided } from '../records/matcher.ts';

/**
 * These records and all that hangs together with them, however many steps away: records of one person, records and the
 * people whose candidates they are, records that were merged, and those of which a human spoke. What is settled for
 * them together touches nobody else.
 */
export async function hangingTogether(
  store: StoreDatabase,
  ids: Iterable<string>,
  decided: Decided,
): Promise<Set<string>> {
  const known = new Set(ids);
  const spoken = JSON.stringify(
    [...decided.same, ...decided.different].map(([one, other]) => ({ one, other })),
  );
  for (let fresh = [...known]; fresh.length > 0; ) {
    const { rows } = await sql<{ id: string }>`
      with fresh as materialized (
        select id, agency, record, merged_into, person from index_record where id = any(${fresh}::bigint[])
      ), said as (
        select one, other from jsonb_to_recordset(${spoken}::jsonb) as s (one text, other text)
        union all select other, one from jsonb_to_recordset(${spoken}::jsonb) as s (one text, other text)
      )
      select r.id from fresh f join index_record r on r.person = f.person
      union select r.id from fresh f join index_candidate c using (agency, record)
        join index_record r on r.person = c.person
      union select r.id from fresh f join index_candidate c on c.person = f.person
        join index_record r on r.agency = c.agency and r.record = c.record
      union select r.id from fresh f join index_record r on r.agency = f.agency and r.merged_into = f.record
      union select r.id from fresh f join index_record r on r.agency = f.agency and r.record = f.merged_into
      union select r.id from fresh f join said s on s.one = f.agency || '|' || f.record
        join index_record r on r.agency = split_part(s.other, '|', 1)
          and r.record = substr(s.other, strpos(s.other, '|') + 1)`.execute(store);
    fresh = rows.flatMap(({ id }) => (known.has(id) ? [] : [id]));
    for (const id of fresh) known.add(id);
  }
  return known;
}
