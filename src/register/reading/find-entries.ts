import { type RawBuilder, sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { EntryKind } from '../entry.ts';
import { type EntryCursor, parsedEntry, type StoredEntry } from './stored-entry.ts';

/** Which entries are looked for; whatever is null does not matter. */
export interface EntryFilter {
  /** From this moment on, and before that one. */
  from: Date | null;
  to: Date | null;
  /** The login that asked, its role and its organisation. */
  sub: string | null;
  role: string | null;
  organisation: string | null;
  kinds: readonly EntryKind[] | null;
  section: string | null;
  /** An agency's own number of a record. */
  ownRecord: string | null;
  breakGlass: boolean | null;
  /** Only what some policy withheld, or what was refused as a whole. */
  refused: boolean | null;
}

export const ANY_ENTRY: EntryFilter = {
  ...{ from: null, to: null, sub: null, role: null, organisation: null, kinds: null },
  ...{ section: null, ownRecord: null, breakGlass: null, refused: null },
};

/** Whose register it is. */
export interface EntryScope {
  /** What this agency answered, and what its people asked; null for every agency's, at the terminal. */
  agency: string | null;
  /** People of whom nothing is found. */
  hidden: readonly string[];
}

export interface EntryPage {
  first: number;
  /** The last of the page before. */
  after: EntryCursor | null;
}

/** Newest first. What is found by the agency's outcomes, and what by its people's asking, are two walks along their indexes. */
export async function findEntries(
  store: StoreDatabase,
  scope: EntryScope,
  filter: EntryFilter,
  { first, after }: EntryPage,
): Promise<{ entries: readonly StoredEntry[]; next: EntryCursor | null }> {
  const { agency } = scope;
  const most = first + 1;
  const byOutcome = sql`(
    select l.at, l.chain, l.seq from register_look_agency a join register_look l using (chain, seq, at)
    where ${every(ofAgency(agency, filter, after))} and ${every(common(scope, filter, after))}
    order by a.at desc, a.chain desc, a.seq desc limit ${most})`;
  const byAsking = sql`(
    select l.at, l.chain, l.seq from register_look l
    where ${every(asked(agency, filter))} and ${every(common(scope, filter, after))}
    order by l.at desc, l.chain desc, l.seq desc limit ${most})`;
  // Of every agency's register the entries are all; by a record's number, those of the agencies that have it.
  const walks =
    agency === null
      ? filter.ownRecord === null
        ? byAsking
        : byOutcome
      : filter.ownRecord === null
        ? sql`${byOutcome} union ${byAsking}`
        : byOutcome;
  const { rows } = await sql<EntryCursor & { hash: string; entry: string }>`
    select found.at, e.chain, e.seq, e.hash, e.entry
    from (select distinct at, chain, seq from (${walks}) walk order by at desc, chain desc, seq desc limit ${most}) found
    join register_entry e using (chain, seq)
    order by found.at desc, e.chain desc, e.seq desc`.execute(store);
  const shown = rows.slice(0, first);
  const last = shown.at(-1);
  return {
    entries: shown.flatMap(({ chain, seq, hash, entry: text }) => {
      const entry = parsedEntry(text);
      return entry ? [{ chain, seq, hash, entry }] : [];
    }),
    next: rows.length > first && last ? { at: last.at, chain: last.chain, seq: last.seq } : null,
  };
}

type Condition = RawBuilder<boolean>;
const every = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`;

/** Times are compared here as well as below, so that the walk begins where the period does. */
function ofAgency(
  agency: string | null,
  { ownRecord, section, from, to }: EntryFilter,
  after: EntryCursor | null,
): Condition[] {
  return [
    ...(from === null ? [] : [sql<boolean>`a.at >= ${from}`]),
    ...(to === null ? [] : [sql<boolean>`a.at < ${to}`]),
    ...(after === null ? [] : [sql<boolean>`a.at <= ${after.at}`]),
    ...(agency === null ? [] : [sql<boolean>`a.agency = ${agency}`]),
    ...(ownRecord === null
      ? []
      : [sql<boolean>`a.records <> '{}' and a.records @> array[${ownRecord}]::text[]`]),
    ...(section === null ? [] : [sql<boolean>`a.sections @> array[${section}]::text[]`]),
  ];
}

/** Of an entry that the agency's own people asked, every section is the agency's to see. */
function asked(agency: string | null, { section }: EntryFilter): Condition[] {
  return [
    ...(agency === null ? [] : [sql<boolean>`l.organisation = ${agency}`]),
    ...(section === null ? [] : [sql<boolean>`l.sections @> array[${section}]::text[]`]),
  ];
}

function common({ hidden }: EntryScope, filter: EntryFilter, after: EntryCursor | null): Condition[] {
  const { from, to, sub, role, organisation, kinds, breakGlass, refused } = filter;
  return [
    ...(hidden.length === 0
      ? []
      : [sql<boolean>`(l.person is null or l.person <> all(${[...hidden]}::text[]))`]),
    ...(from === null ? [] : [sql<boolean>`l.at >= ${from}`]),
    ...(to === null ? [] : [sql<boolean>`l.at < ${to}`]),
    ...(sub === null ? [] : [sql<boolean>`l.sub = ${sub}`]),
    ...(role === null ? [] : [sql<boolean>`l.role = ${role}`]),
    ...(organisation === null ? [] : [sql<boolean>`l.organisation = ${organisation}`]),
    ...(kinds === null ? [] : [sql<boolean>`l.kind = any(${[...kinds]}::text[])`]),
    ...(breakGlass === null ? [] : [sql<boolean>`l.break_glass = ${breakGlass}`]),
    ...(refused === null ? [] : [sql<boolean>`l.refused = ${refused}`]),
    ...(after === null
      ? []
      : [
          sql<boolean>`(l.at, l.chain, l.seq) < (${after.at}::timestamptz, ${after.chain}::uuid, ${after.seq}::bigint)`,
        ]),
  ];
}
