/** Entries whose period is over shrink to their hashes. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { Act } from '../chain-writer.ts';
import type { RegisterEntry } from '../entry.ts';
import { batchOf, EXPIRED, mayRecordExpired } from './batch.ts';
import { heldPeople, takeTurn } from './holds.ts';

/** Agency → how long it lets entries that concern it be kept, an ISO 8601 duration of whole days; none for without end. */
export type Periods = ReadonlyMap<string, string>;

/** Keeps a transaction well under a second. */
const AT_ONCE = 500;
/** Stands in entries of searches where an agency does in others, and keeps nothing. */
const NO_AGENCY = 'person-index';

/** Entries of one chain that are over. */
export interface Batch {
  readonly chain: string;
  /** In order of place. */
  readonly entries: readonly { readonly seq: string; readonly hash: string }[];
  readonly agencies: readonly string[];
}

/**
 * The next entries of a chain that are over: the longest period of the agencies that each concerns has passed, all of them state
 * one, it has its leaf, and nothing holds it. The register must have been laid out.
 * @param places only these, where given
 */
export async function entriesOver(
  store: StoreDatabase,
  chain: string,
  {
    periods,
    now,
    after = '0',
    places = null,
  }: {
    periods: Periods;
    now: Date;
    after?: string;
    places?: readonly string[] | null;
  },
): Promise<Batch | null> {
  if (periods.size === 0) return null;
  const stated = JSON.stringify([...periods].map(([agency, retain]) => ({ agency, retain })));
  const { rows } = await sql<{ seq: string; hash: string; agencies: string[] }>`
    with period as materialized (
      select agency, ${now}::timestamptz - retain::interval as over
      from jsonb_to_recordset(${stated}::jsonb) as p (agency text, retain text)
    ),
    ${heldPeople(now)},
    held_place as materialized (
      select chain, seq from register_look where person in (select person from held_person)
      union select look.chain, look.seq from standing
        join register_look_agency look on look.agency = standing.agency and look.records @> array[standing.record]
    )
    select e.seq, e.hash, array(select jsonb_object_keys(leaf.parts)) as agencies
    from register_entry e join register_leaf leaf on leaf.chain = e.chain and leaf.seq = e.seq
    where e.chain = ${chain} and e.seq > ${after} and e.salt is not null and e.at < (select max(over) from period)
      and (${places === null} or e.seq = any(${places === null ? [] : [...places]}::bigint[]))
      and exists (select from jsonb_object_keys(leaf.parts) as own (agency) where own.agency <> ${NO_AGENCY})
      and not exists (
        select from jsonb_object_keys(leaf.parts) as own (agency) left join period using (agency)
        where own.agency <> ${NO_AGENCY} and (period.over is null or e.at >= period.over))
      and not ${mayRecordExpired('e.entry')}
      and not exists (select from held_place held where held.chain = e.chain and held.seq = e.seq)
    order by e.seq limit ${AT_ONCE}`.execute(store);
  const agencies = new Set(rows.flatMap((row) => row.agencies).filter((agency) => agency !== NO_AGENCY));
  const entries = rows.map(({ seq, hash }) => ({ seq, hash }));
  return rows.length === 0 ? null : { chain, entries, agencies: [...agencies].sort() };
}

/** Something was held or shrunk between looking and shrinking: nothing of the batch was. */
export class OverNoMore extends Error {
  override readonly name = 'OverNoMore';
  readonly code = 'RETENTION_CHANGED';
}

/** Shrinks a batch, in the transaction that writes its entry. @throws OverNoMore where it is not all over any more */
export const shrink =
  (batch: Batch, periods: Periods, now: Date): Act =>
  async (transaction) => {
    const { chain, entries } = batch;
    const places = entries.map(({ seq }) => seq);
    await takeTurn(transaction);
    // Whoever lays out the register just now goes first, so that nothing of it comes back.
    await sql`select from register_reading where chain = ${chain} for update`.execute(transaction);
    const still = await entriesOver(transaction, chain, { periods, now, places });
    const id = batchOf(chain, entries);
    if (still === null || batchOf(chain, still.entries) !== id)
      throw new OverNoMore('What was over is held or shrunk by now');
    await transaction
      .insertInto('register_expired')
      .values(places.map((seq) => ({ chain, seq, batch: id })))
      .execute();
    await sql`select register_expire(${chain}, ${places}::bigint[])`.execute(transaction);
    for (const table of ['register_look', 'register_look_agency'] as const)
      await transaction.deleteFrom(table).where('chain', '=', chain).where('seq', 'in', places).execute();
  };

/** What the register says of a batch: to each agency that had an entry in it, and to none how many. */
export const entryOfBatch = (
  { chain, entries, agencies }: Batch,
  by: Pick<RegisterEntry, 'sub' | 'role' | 'policyVersion'>,
  now: Date,
): RegisterEntry =>
  retentionEntry(
    agencies.map((agency) => ({
      ...{ section: 'register', agency, state: EXPIRED, level: null },
      ...{ reason: batchOf(chain, entries), asOf: null },
    })),
    by,
    now,
  );

export const retentionEntry = (
  outcomes: RegisterEntry['outcomes'],
  { sub, role, policyVersion }: Pick<RegisterEntry, 'sub' | 'role' | 'policyVersion'>,
  now: Date,
): RegisterEntry => ({
  ...{ requestId: randomUUID(), at: now.toISOString(), kind: 'RETENTION' },
  ...{ sub, name: null, role, organisation: null, site: null },
  ...{ purpose: null, reference: null, regime: null, relationship: null, person: null },
  ...{ policyVersion, outcomes },
});
