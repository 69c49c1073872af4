import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';

/** What more records than this have in common leads to nobody by itself; it still counts as a key that two share. */
export const TELLING = 2_000;

export interface Members {
  key: string;
  members: string[];
}

/** Of records the keys that too many others have for a block of their own. */
export type Widely = ReadonlyMap<string, ReadonlySet<string>>;

/** Which of the keys that over 2,000 records have these have, and those whom they met under another key. */
export async function sharedWidely(
  store: StoreDatabase,
  own: readonly string[],
  ids: readonly string[],
  found: readonly Members[],
): Promise<Widely> {
  const met = new Set(found.map(({ key }) => key));
  const { rows: keys } = await sql<{ key: string }>`
    select key from index_block where key = any(${own.filter((key) => !met.has(key))}::bigint[])
    group by key having count(*) > ${TELLING}`.execute(store);
  const widely = new Map<string, Set<string>>();
  if (keys.length === 0) return widely;
  const those = new Set([...ids, ...found.flatMap(({ members }) => members)]);
  const { rows } = await sql<{ key: string; id: string }>`
    select key, id from index_block
    where key = any(${keys.map(({ key }) => key)}::bigint[]) and id = any(${[...those]}::bigint[])`.execute(
    store,
  );
  for (const { key, id } of rows) widely.set(id, (widely.get(id) ?? new Set()).add(key));
  return widely;
}

/** How many keys are shared by so many that they lead to nobody by themselves, and by how many the widest is. */
export async function tooLargeBlocks(store: StoreDatabase): Promise<{ keys: number; largest: number }> {
  const { rows } = await sql<{ keys: number; largest: number | null }>`
    select count(*)::int as keys, max(records)::int as largest from (
      select count(*) as records from index_block group by key having count(*) > ${TELLING}
    ) as large`.execute(store);
  return { keys: rows[0]?.keys ?? 0, largest: rows[0]?.largest ?? 0 };
}
