import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import { hashOf } from '../chain.ts';
import { agencySalt, entryDigest, hashOfLeaf, type Leaf, partDigest, shownParts } from './leaf.ts';

/** An entry in the table, as a leaf is made of it. */
export interface EntryRow {
  readonly seq: number;
  readonly entry: string;
  readonly previous: string;
  readonly hash: string;
  readonly salt: string | null;
}

/** Entries of a chain behind a place, in order, so many at most. */
export async function entriesAfter(
  db: StoreDatabase,
  chain: string,
  seq: number,
  most: number,
): Promise<readonly EntryRow[]> {
  const rows = await db
    .selectFrom('register_entry')
    .select(['seq', 'entry', 'previous', 'hash', 'salt'])
    .where('chain', '=', chain)
    .where('seq', '>', String(seq))
    .orderBy('seq')
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** Whether this entry is the one written behind that hash, at that place. */
export const follows = (chain: string, row: EntryRow, seq: number, previous: string): boolean =>
  row.seq === seq && row.previous === previous && hashOf(chain, seq, previous, row.entry) === row.hash;

/**
 * The leaf of an entry; counts on the numbers of the agencies that it concerns.
 * @param salt of the leaf, new for each
 * @param counts agency → its last number, changed here
 */
export function makeLeaf(chain: string, row: EntryRow, salt: string, counts: Map<string, number>): Leaf {
  const entrySalt = row.salt ?? '';
  const parts = new Map(
    [...shownParts(row.entry)].map(([agency, shown]) => {
      const number = (counts.get(agency) ?? 0) + 1;
      counts.set(agency, number);
      return [agency, { number, digest: partDigest(agencySalt(entrySalt, agency), shown) }];
    }),
  );
  return { chain, seq: row.seq, entry: entryDigest(salt, row.hash), salt, parts };
}

export interface HashedLeaf {
  readonly leaf: Leaf;
  readonly hash: Buffer;
}

export const hashed = (leaf: Leaf): HashedLeaf => ({ leaf, hash: hashOfLeaf(leaf) });

export async function insertLeaves(db: StoreDatabase, leaves: readonly HashedLeaf[]): Promise<void> {
  const rows = leaves.map(({ leaf: { chain, seq, entry, salt, parts }, hash }) => ({
    ...{ chain, seq, entry, salt },
    hash: `\\x${hash.toString('hex')}`,
    parts: Object.fromEntries([...parts].map(([agency, { number, digest }]) => [agency, [number, digest]])),
  }));
  await sql`
    insert into register_leaf (chain, seq, hash, entry, salt, parts)
    select chain, seq, hash, entry, salt, parts from json_to_recordset(${JSON.stringify(rows)}::json)
      as leaf (chain uuid, seq bigint, hash bytea, entry text, salt uuid, parts jsonb)`.execute(db);
}

/** A signed head as it stands in the store, with what it was made of. */
export interface StoredCheckpoint {
  readonly chain: string;
  readonly size: number;
  readonly at: Date;
  readonly note: string;
  readonly salt: string;
  readonly counts: ReadonlyMap<string, number>;
  readonly frontier: Buffer;
  readonly head: string;
}

export async function newestCheckpoint(db: StoreDatabase, chain: string): Promise<StoredCheckpoint | null> {
  const row = await db
    .selectFrom('register_checkpoint')
    .selectAll()
    .where('chain', '=', chain)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { ...row, size: Number(row.size), counts: new Map(Object.entries(row.counts)) };
}

export async function insertCheckpoint(
  db: StoreDatabase,
  { at, counts, ...row }: StoredCheckpoint,
): Promise<void> {
  await db
    .insertInto('register_checkpoint')
    .values({
      ...row,
      at: at.toISOString(),
      counts: JSON.stringify(Object.fromEntries(counts)),
    })
    .execute();
}
