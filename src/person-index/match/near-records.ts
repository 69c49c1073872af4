import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import { kindOf } from '../records/features.ts';
import type { HumanVerdicts } from '../records/matcher.ts';

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

/** What more records than this have in common leads to nobody by itself; it still counts as a key that two share. */
const TELLING = 2_000;

interface Members {
  key: string;
  members: string[];
}

/** Of records the keys that too many others have for a block of their own. */
type Widely = ReadonlyMap<string, ReadonlySet<string>>;

/** Which of the keys that over 2,000 records have these have, and those whom they met under another key. */
async function sharedWidely(
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

/**
 * These records and all that hangs together with them, however many steps away: records of one person, records and the
 * people whose candidates they are, records that were merged, and those of which a human spoke. What is settled for
 * them together touches nobody else.
 */
export async function hangingTogether(
  store: StoreDatabase,
  ids: Iterable<string>,
  decided: HumanVerdicts,
): Promise<Set<string>> {
  const together = new Set(ids);
  const spoken = JSON.stringify(
    [...decided.same, ...decided.different].map(([one, other]) => ({ one, other })),
  );
  for (let fresh = [...together]; fresh.length > 0; ) {
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
    fresh = rows.flatMap(({ id }) => (together.has(id) ? [] : [id]));
    for (const id of fresh) together.add(id);
  }
  return together;
}
