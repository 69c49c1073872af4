import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import { kindOf } from '../records/features.ts';
import { type Members, sharedWidely, TELLING, type Widely } from './wide-blocks.ts';

export type IdPair = readonly [one: string, other: string];

/** Up to so many records of one key are all compared with each other. */
const LARGEST = 24;

/**
 * Pairs of records to compare: each of `ids` with all that share a blocking key with it. Of a block that is larger than
 * 24 those who share a key of another kind too: a pair that has nothing in common but what so many have cannot reach
 * the weight at which it would be kept. Records that wait for their first match are in no block yet: they meet these when
 * it is their turn.
 */
export async function pairsToCompare(store: StoreDatabase, ids: readonly string[]): Promise<IdPair[]> {
  const part = new Set(ids);
  const blocks = new Map<string, Block[]>(ids.map((id) => [id, []]));
  const own = await keysOf(store, ids);
  const found = await blocksOf(store, own);
  for (const { key, members } of found) {
    const block = { members, kind: members.length <= LARGEST ? SURE : bitOf(key) };
    for (const id of members) blocks.get(id)?.push(block);
  }
  const widely = await sharedWidely(store, own, ids, found);
  return ids.flatMap((one) =>
    partnersOf(one, blocks.get(one) ?? [], part, widely).map((other): IdPair => [one, other]),
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
const bitOf = (key: string): number => 1 << kindOf(Number(key));

/** Those with whom this one is worth comparing; of two that are both looked at now the first says so. */
function partnersOf(
  one: string,
  blocks: readonly Block[],
  part: ReadonlySet<string>,
  widely: Widely,
): string[] {
  const kinds = new Map<string, number>();
  for (const { members, kind } of blocks)
    for (const other of members)
      if (other !== one && (one < other || !part.has(other)))
        kinds.set(other, (kinds.get(other) ?? 0) | kind);
  const mine = [...(widely.get(one) ?? [])];
  const also = (other: string) =>
    mine.reduce((mask, key) => (widely.get(other)?.has(key) ? mask | bitOf(key) : mask), 0);
  const severalKinds = (mask: number) => (mask & (mask - 1)) !== 0;
  return [...kinds].flatMap(([other, mask]) =>
    mask >= SURE || severalKinds(mask | also(other)) ? [other] : [],
  );
}

/** Puts the records into their blocks, and out of those that they have left. */
export async function placeInBlocks(store: StoreDatabase, ids: readonly string[]): Promise<void> {
  await sql`delete from index_block where id = any(${ids}::bigint[])`.execute(store);
  await sql`
    insert into index_block (key, id)
    select key, id from index_record cross join unnest(block_keys) as key where id = any(${ids}::bigint[])`.execute(
    store,
  );
}

async function keysOf(store: StoreDatabase, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct key from index_block where id = any(${ids}::bigint[])`.execute(store);
  return rows.map(({ key }) => key);
}

/** Of these keys those that several records have, and not too many. */
async function blocksOf(store: StoreDatabase, keys: readonly string[]): Promise<readonly Members[]> {
  const { rows } = await sql<Members>`
    select key, array_agg(id) as members from index_block where key = any(${keys}::bigint[])
    group by key having count(*) between 2 and ${TELLING}`.execute(store);
  return rows;
}
