import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { RegisterEntry } from '../entry.ts';
import { londonDate } from './london-date.ts';
import { isByBreakGlass, parsedEntry, ruleText, wasWithheld } from './stored-entry.ts';

/** Keeps a transaction to some hundred milliseconds and a few megabytes. */
const AT_ONCE = 2_000;

/**
 * Lays out what the register has taken since it was last read. Whoever asks the register does this first, so that the answer
 * has everything that stands in the table; entries that wait in a spool are not found until they are drained.
 * @returns how many entries were laid out
 */
export async function catchUp(store: StoreDatabase): Promise<number> {
  let all = 0;
  for (const chain of await chainsOf(store)) {
    for (;;) {
      const count = await layOut(store, chain);
      all += count;
      if (count < AT_ONCE) break;
    }
  }
  return all;
}

/** Each by one step through the index: a register has few chains and many entries. */
async function chainsOf(store: StoreDatabase): Promise<string[]> {
  const { rows } = await sql<{ chain: string }>`
    with recursive each as (
      (select chain from register_entry order by chain limit 1)
      union all
      select (select e.chain from register_entry e where e.chain > each.chain order by e.chain limit 1)
      from each where each.chain is not null
    ) select chain from each where chain is not null`.execute(store);
  return rows.map(({ chain }) => chain);
}

/** Entries of a chain are written in its order, so that its last place is all that need be remembered. */
function layOut(store: StoreDatabase, chain: string): Promise<number> {
  return store.transaction().execute(async (transaction) => {
    await sql`insert into register_reading (chain, seq) values (${chain}, 0) on conflict do nothing`.execute(
      transaction,
    );
    // Gateways that read together take turns.
    const { rows } = await sql<{ seq: string; entry: string }>`
      with reading as materialized (select seq from register_reading where chain = ${chain} for update)
      select e.seq, e.entry from reading cross join lateral (
        select seq, entry from register_entry where chain = ${chain} and seq > reading.seq order by seq limit ${AT_ONCE}
      ) e order by e.seq`.execute(transaction);
    const last = rows.at(-1);
    if (last === undefined) return 0;
    const entries = rows.flatMap(({ seq, entry }) => {
      const parsed = parsedEntry(entry);
      return parsed ? [{ chain, seq, entry: parsed }] : [];
    });
    await insert(transaction, 'register_look', entries.map(look));
    await insert(transaction, 'register_look_agency', entries.flatMap(ofAgencies));
    await count(
      transaction,
      entries.map(({ entry }) => entry),
    );
    await sql`update register_reading set seq = ${last.seq} where chain = ${chain}`.execute(transaction);
    return rows.length;
  });
}

interface Placed {
  chain: string;
  seq: string;
  entry: RegisterEntry;
}

function look({ chain, seq, entry }: Placed) {
  const { at, kind, sub, organisation, role, reference, person, outcomes } = entry;
  return {
    ...{ chain, seq, at, kind, sub, organisation, role, reference, person },
    sections: sectionsOf(outcomes),
    break_glass: isByBreakGlass(entry),
    refused: outcomes.some(wasWithheld),
    shown: (entry.shownToSubject ?? []).length > 0,
  };
}

function ofAgencies({ chain, seq, entry }: Placed) {
  const agencies = [...new Set(entry.outcomes.map(({ agency }) => agency))];
  return agencies.map((agency) => {
    const own = entry.outcomes.filter((one) => one.agency === agency);
    const records = [...new Set(own.flatMap((one) => one.records ?? []))];
    return { agency, at: entry.at, chain, seq, sections: sectionsOf(own), records };
  });
}

const sectionsOf = (outcomes: RegisterEntry['outcomes']): string[] => [
  ...new Set(outcomes.map(({ section }) => section)),
];

/** As rows of JSON: no text of an entry can hold what JSON cannot, but PostgreSQL takes no NUL. */
async function insert(transaction: StoreDatabase, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into ${sql.table(table)}
    select * from jsonb_populate_recordset(null::${sql.table(table)}, ${jsonText(rows)}::jsonb)
    on conflict do nothing`.execute(transaction);
}

const jsonText = (rows: readonly object[]): string =>
  JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '') : value,
  );

/** Counts of disclosures alone: of what else is registered there is no policy to meet. */
async function count(transaction: StoreDatabase, entries: readonly RegisterEntry[]): Promise<void> {
  const counts = new Map<string, CountedRefusal & { asked: number }>();
  for (const entry of entries)
    for (const counted of countedOf(entry)) {
      const key = JSON.stringify(counted);
      const before = counts.get(key)?.asked ?? 0;
      counts.set(key, { ...counted, asked: before + 1 });
    }
  if (counts.size === 0) return;
  await sql`insert into register_count
    select * from jsonb_populate_recordset(null::register_count, ${jsonText([...counts.values()])}::jsonb)
    on conflict (day, organisation, agency, section, role, purpose, reason, rule)
    do update set asked = register_count.asked + excluded.asked`.execute(transaction);
}

/** One thing that was asked of one agency. */
export interface CountedRefusal {
  day: string;
  organisation: string;
  agency: string;
  section: string;
  role: string;
  purpose: string;
  /** Why it was withheld; empty where policy gave. */
  reason: string;
  rule: string;
}

/** What an entry counts as. */
export function countedOf({
  kind,
  at,
  organisation,
  role,
  purpose,
  outcomes,
}: RegisterEntry): CountedRefusal[] {
  if (kind !== 'DISCLOSURE') return [];
  const day = londonDate(new Date(at));
  return outcomes.map((outcome) => ({
    day,
    organisation: organisation ?? '',
    agency: outcome.agency,
    section: outcome.section,
    role: role ?? '',
    purpose: purpose ?? '',
    reason: wasWithheld(outcome) ? (outcome.reason ?? 'NOT_LISTED') : '',
    rule: ruleText(outcome.rule),
  }));
}
