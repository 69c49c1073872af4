import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import { parsedEntry, type StoredEntry } from './stored-entry.ts';

/** Kinds of entry by which somebody came to know something of a person, or could have. */
const LOOKS = ['DISCLOSURE', 'BREAK_GLASS', 'RELAY'] as const;

/**
 * Every look at a person that one agency may tell of, oldest first: at its own record, by its number then, and by its own people
 * at the person it is of.
 * @param ids every id of the person whose record it is now; nobody's for none
 * @param hidden people of whom nothing is found
 */
export async function findEntriesAbout(
  store: StoreDatabase,
  {
    agency,
    record,
    ids,
    hidden,
  }: { agency: string; record: string; ids: readonly string[]; hidden: readonly string[] },
): Promise<readonly StoredEntry[]> {
  const { rows } = await sql<{ chain: string; seq: string; hash: string; entry: string }>`
    with about as (
      select chain, seq from register_look_agency
      where agency = ${agency} and records <> '{}' and records @> array[${record}]::text[]
      union
      select chain, seq from register_look where organisation = ${agency} and person = any(${[...ids]}::text[])
    )
    select e.chain, e.seq, e.hash, e.entry
    from about join register_look l using (chain, seq) join register_entry e using (chain, seq)
    where l.kind in (${sql.join(LOOKS.map((kind) => sql.lit(kind)))})
      and (l.person is null or l.person <> all(${[...hidden]}::text[]))
    order by l.at, l.chain, l.seq`.execute(store);
  return rows.flatMap(({ entry: text, ...place }) => {
    const entry = parsedEntry(text);
    return entry ? [{ ...place, entry }] : [];
  });
}
