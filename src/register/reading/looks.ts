import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { RegisterEntry } from '../entry.ts';
import { parsedEntry, type StoredEntry } from './stored-entry.ts';

/** A look of which the person may be told, and the hash by which a page reads on: a number would tell how many were left out. */
export interface ShownLook {
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
): Promise<{ looks: readonly ShownLook[]; next: string | null }> {
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

/** The agencies of whose records one had this number in some entry. */
export async function agenciesOfRecord(store: StoreDatabase, record: string): Promise<string[]> {
  const { rows } = await sql<{ agency: string }>`
    select distinct agency from register_look_agency
    where records <> '{}' and records @> array[${record}]::text[] order by agency`.execute(store);
  return rows.map(({ agency }) => agency);
}
