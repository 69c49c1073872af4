import { sql } from 'kysely';
import type { Keys } from './keys.ts';
import type { Store } from './tables.ts';

/** How many records still carry an identifier or a place under another key than the current one. */
export async function rowsUnderOtherKeys(store: Store, keys: Keys): Promise<number> {
  const { rows } = await sql<{ others: number }>`
    select count(*)::int as others from index_record
    where key_id is distinct from ${keys.current.id} and (place is not null or identifiers <> '[]')`.execute(
    store,
  );
  return rows[0]?.others ?? 0;
}
