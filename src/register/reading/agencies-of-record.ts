import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';

/** The agencies of whose records one had this number in some entry. */
export async function agenciesOfRecord(store: StoreDatabase, record: string): Promise<string[]> {
  const { rows } = await sql<{ agency: string }>`
    select distinct agency from register_look_agency
    where records <> '{}' and records @> array[${record}]::text[] order by agency`.execute(store);
  return rows.map(({ agency }) => agency);
}
