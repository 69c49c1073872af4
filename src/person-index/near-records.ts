import { sql } from 'kysely';
import { kindOf } from './block-keys.ts';
import type { Store } from './tables.ts';

export type IdPair = readonly [one: string, other: string];

/** Up to so many records of one key are all compared with each other. */
const LARGEST = 24;
/** What more records than this have in common is no lead to anybody. */
const TELLING = 2_000;

/**
 * Pairs of records to compare: each of `ids` with all that share a blocking key with it. Of a block that is larger than
 * 24 those who share a key of another kind too: a pair that has nothing in common but what so many have cannot reach
 * the weight at which it would be kept. Records that wait for their first match are in no block yet: they meet these when
 * it is their turn.
 */
export async function pairsToCompare(store: Store, ids: readonly string[]): Promise<IdPair[]> {
  const part = new Set(ids);
  const blocks = new Map<string, Block[]>(ids.map((id) => [id, []]));
  for (const { key, members } of await blocksOf(store, ids)) {
    const block = { members, kind: members.length <= LARGEST ? SURE : 1 << kindOf(Number(key)) };
    for (const id of members) blocks.get(id)?.push(block);
  }
  return ids.flatMap((one) =>
    partnersOf(one, blocks.get(one) ?? [], part).map((other): IdPair => [one, other]),
  );
}

interface Block {
  /** Records, by their numbers in the store. */
  members: readonly string[];
  /** One bit for its kind of key. */
  kind: number;
}
/** The bit of a block that is small enough: no other key is asked for. */
const SURE = 1 << 30;

/** Those with whom this one is worth comparing; of two that are both looked at now the first says so. */
function partnersOf(one: string, blocks: readonly Block[], part: ReadonlySet<string>): string[] {
  const kinds = new Map<string, number>();
  for (const { members, kind } of blocks)
    for (const other of members)
      if (other !== one && (one < other || !part.has(other)))
        kinds.set(other, (kinds.get(other) ?? 0) | kind);
  const severalKinds = (mask: number) => (mask & (mask - 1)) !== 0;
  return [...kinds].flatMap(([other, mask]) => (mask >= SURE || severalKinds(mask) ? [other] : []));
}

/** Puts the records into their blocks, and out of those that they have left. */
export async function placeInBlocks(store: Store, ids: readonly string[]): Promise<void> {
  await sql`delete from index_block where id = any(${ids}::bigint[])`.execute(store);
  await sql`
    insert into index_block (key, id)
    select key, id from index_record cross join unnest(block_keys) as key where id = any(${ids}::bigint[])`.execute(
    store,
  );
}

/** The blocks that these records stand in with others. */
async function blocksOf(
  store: Store,
  ids: readonly string[],
): Promise<readonly { key: string; members: string[] }[]> {
  const { rows: own } = await sql<{ key: string }>`
    select distinct key from index_block where id = any(${ids}::bigint[])`.execute(store);
  const { rows } = await sql<{ key: string; members: string[] }>`
    select key, array_agg(id) as members from index_block
    where key = any(${own.map(({ key }) => key)}::bigint[])
    group by key having count(*) between 2 and ${TELLING}`.execute(store);
  return rows;
}
