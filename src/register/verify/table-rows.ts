import { type Kysely, sql } from 'kysely';
import type { StoreTables } from '../../store/store.ts';
import type { LinkedEntry } from '../chain.ts';

type Db = Kysely<StoreTables>;

/** The table's chains, in order of id, each found by one step in the primary key. */
export async function* chainsIn(db: Db): AsyncGenerator<string> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<{ chain: string }>`
      select chain from register_entry where chain > ${after}::uuid order by chain limit 1`.execute(db);
    if (rows[0] === undefined) return;
    after = rows[0].chain;
    yield after;
  }
}

/** A chain's rows as they stand in the table, in order of place, a page at a time. */
export async function* rowsOf(db: Db, chain: string, page: number): AsyncGenerator<LinkedEntry> {
  let after = String(Number.MIN_SAFE_INTEGER);
  for (;;) {
    const rows = await db
      .selectFrom('register_entry')
      .select(['seq', 'previous', 'hash', 'entry', 'at', 'request_id', 'person'])
      .where('chain', '=', chain)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(page)
      .execute();
    for (const { seq, request_id: requestId, at, ...row } of rows) {
      yield { chain, seq: Number(seq), requestId, at: timeText(at), ...row };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last.seq;
  }
}

/** A tampered time may be one that no Date can hold, such as infinity. */
function timeText(at: unknown): string {
  return at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString() : String(at);
}
