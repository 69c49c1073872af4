import { CompiledQuery, sql } from 'kysely';
import { prepared } from '../store/prepared.ts';
import type { StoreDatabase } from '../store/tables.ts';
import type { ChainHead, LinkedEntry } from './chain.ts';
import { RegisterConflictError } from './errors.ts';

/**
 * Puts entries into the table, all of them or none. Entries that are there already are left as they are, so that a write
 * whose answer was lost can be made again.
 * @throws RegisterConflictError when another entry has the place of one of these
 */
export async function insertEntries(db: StoreDatabase, entries: readonly LinkedEntry[]): Promise<void> {
  try {
    await db.executeQuery(insertion(entries, ''));
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== UNIQUE_VIOLATION) throw error;
    await db.transaction().execute(async (transaction) => {
      await transaction.executeQuery(insertion(entries, ' on conflict (chain, seq) do nothing'));
      await mustBeThere(transaction, entries);
    });
  }
}

/** The same within a transaction that somebody else has begun, of entries that cannot be there already. */
export async function insertNewEntries(
  transaction: StoreDatabase,
  entries: readonly LinkedEntry[],
): Promise<void> {
  await transaction.executeQuery(insertion(entries, ''));
}

const UNIQUE_VIOLATION = '23505';

const COLUMNS = ['chain', 'seq', 'at', 'requestId', 'person', 'entry', 'previous', 'hash'] as const;
const TYPES: Partial<Record<keyof LinkedEntry, string>> = { chain: 'uuid', seq: 'bigint', at: 'timestamptz' };
const INSERT = prepared(`
  insert into register_entry (chain, seq, at, request_id, person, entry, previous, hash)
  select * from unnest(${COLUMNS.map((name, at) => `${columnAt(at)}::${TYPES[name] ?? 'text'}[]`).join(', ')})`);

/** Written by hand instead of built each time, because every disclosure waits for it. */
const insertion = (entries: readonly LinkedEntry[], otherwise: string) =>
  CompiledQuery.raw(
    `${INSERT}${otherwise}`,
    COLUMNS.map((name) => lines(entries, name)),
  );

async function mustBeThere(db: StoreDatabase, entries: readonly LinkedEntry[]): Promise<void> {
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
export async function headInTable(db: StoreDatabase, chain: string): Promise<ChainHead | null> {
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
  return sql`string_to_array(${lines(entries, name)}::text, E'\\n', '')`;
}

function columnAt(at: number): string {
  return `string_to_array($${at + 1}::text, E'\\n', '')`;
}

const lines = (entries: readonly LinkedEntry[], name: keyof LinkedEntry): string =>
  entries.map((entry) => entry[name]).join('\n');

/** The result of `work`, or a TimeLimitError after so many milliseconds; the work itself is not stopped. */
export async function withTimeLimit<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
  readonly code = 'TIME_LIMIT';

  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
  }
}

/**
 * Rows in order of their place, a page at a time; the next page is asked for while this one is looked at.
 * @param rowsAfter at most `most` rows behind a place
 */
export async function* inPages<Row extends { readonly seq: string }>(
  rowsAfter: (seq: string) => Promise<readonly Row[]>,
  begin: string,
  most: number,
): AsyncGenerator<Row> {
  let next: Promise<readonly Row[]> | null = rowsAfter(begin);
  while (next !== null) {
    const rows: readonly Row[] = await next;
    const last = rows.at(-1);
    next = last === undefined || rows.length < most ? null : rowsAfter(last.seq);
    // Whoever stops reading here is not told that the rest could not be read.
    next?.catch(() => {});
    yield* rows;
  }
}
