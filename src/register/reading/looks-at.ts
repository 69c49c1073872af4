import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { RegisterEntry } from '../entry.ts';
import { parsedEntry } from './stored-entry.ts';

/** A look of which the person may be told, and the hash by which a page reads on: a number would tell how many were left out. */
export interface Look {
  readonly hash: string;
  readonly entry: RegisterEntry;
}

/**
 * Looks at a person that they may be told of, newest first. That was decided when each was registered: nothing that happened
 * since makes one appear or vanish.
 * @param ids every id that the person ever had; nobody's looks for none
 * @param after the hash of the last of the page before; one that is none of theirs reads on from nowhere
 */
export async function findLooksAt(
  store: StoreDatabase,
  ids: readonly string[],
  { first, after }: { first: number; after: string | null },
): Promise<{ looks: readonly Look[]; next: string | null }> {
  const { rows } = await sql<{ hash: string; entry: string }>`
    with look as (
      select l.at, l.chain, l.seq, e.hash, e.entry from register_look l join register_entry e using (chain, seq)
      where l.person = any(${[...ids]}::text[]) and l.shown
    )
    select hash, entry from look
    where ${after}::text is null
      or (at, chain, seq) < (select at, chain, seq from look where hash = ${after}::text)
    order by at desc, chain desc, seq desc limit ${first + 1}`.execute(store);
  const shown = rows.slice(0, first);
  return {
    looks: shown.flatMap(({ hash, entry: text }) => {
      const entry = parsedEntry(text);
      return entry ? [{ hash, entry }] : [];
    }),
    next: rows.length > first ? (shown.at(-1)?.hash ?? null) : null,
  };
}
