import { type Kysely, sql } from 'kysely';
import type { StoreTables } from '../store/store.ts';
import type { ChainHead, LinkedEntry } from './chain.ts';
import { RegisterConflictError } from './errors.ts';

type Db = Kysely<StoreTables>;

/**
 * Puts entries into the table, by one statement. Entries that are there already are left as they are, so that a write
 * whose answer was lost can be made again.
 * @throws RegisterConflictError when another entry has the place of one of these
 */
export async function insertEntries(db: Db, entries: readonly LinkedEntry[]): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into register_entry (chain, seq, at, request_id, person, entry, previous, hash)
    select * from unnest(
      ${column(entries, 'chain')}::uuid[], ${column(entries, 'seq')}::bigint[],
      ${column(entries, 'at')}::timestamptz[], ${column(entries, 'requestId')}, ${column(entries, 'person')},
      ${column(entries, 'entry')}, ${column(entries, 'previous')}, ${column(entries, 'hash')})
    on conflict (chain, seq) do nothing`.execute(db);
  if (numAffectedRows !== BigInt(entries.length)) await mustBeThere(db, entries);
}

async function mustBeThere(db: Db, entries: readonly LinkedEntry[]): Promise<void> {
  const { rows } = await sql<{ chain: string; seq: string }>`
    select e.chain, e.seq from unnest(
      ${column(entries, 'chain')}::uuid[], ${column(entries, 'seq')}::bigint[], ${column(entries, 'hash')})
      as e (chain, seq, hash)
    left join register_entry r on r.chain = e.chain and r.seq = e.seq
    where r.hash is distinct from e.hash order by e.seq limit 1`.execute(db);
  const other = rows[0];
  if (other !== undefined) throw new RegisterConflictError(other.chain, Number(other.seq));
}

/** The chain’s last place in the table, null if it has none there. */
export async function headInTable(db: Db, chain: string): Promise<ChainHead | null> {
  const row = await db
    .selectFrom('register_entry')
    .select(['seq', 'hash'])
    .where('chain', '=', chain)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { seq: Number(row.seq), hash: row.hash };
}

/**
 * One column of all entries as an array. None of them can hold a line feed, so they travel as lines: the driver's own
 * array form escapes every character of every entry. An empty line is null.
 */
function column(entries: readonly LinkedEntry[], name: keyof LinkedEntry) {
  return sql`string_to_array(${entries.map((entry) => entry[name]).join('\n')}::text, E'\\n', '')`;
}
