import { sql } from 'kysely';
import { IndexKeyError, type Keys } from './keys.ts';
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

/**
 * Refuses keys that do not fit the store: what is hashed under neither meets nothing by number or place, so that a
 * shield would no longer reach everybody at a place, and nobody would see it.
 * @throws IndexKeyError naming the agencies, where records with an identifier or a place are under another key
 */
export async function refuseUnknownKeys(store: Store, keys: Keys): Promise<void> {
  const known = [keys.current.id, ...(keys.previous ? [keys.previous.id] : [])];
  const { rows } = await sql<{ agency: string; records: number }>`
    select agency, count(*)::int as records from index_record
    where key_id <> all(${known}::text[]) and (place is not null or identifiers <> '[]')
    group by agency order by agency`.execute(store);
  if (rows.length === 0) return;
  const what = rows.map(({ agency, records }) => `${agency} ${records}`).join(', ');
  throw new IndexKeyError(
    `the person index has records under a key that is neither the current nor the previous one (${what}), which place ` +
      'shields could miss. Give that key as INDEX_KEY_PREVIOUS or index.key.previous; where it is lost, run ' +
      '`npx sightline index refresh`, which makes them anew',
  );
}
