import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import { hashOf } from '../chain.ts';
import { batchesNamed, batchOf, mayRecordExpired } from '../retention/batch.ts';
import type { RegisterProblem } from './report.ts';

/**
 * Whether every entry that is no longer kept was shrunk because its period was over: its batch is the one that an entry of
 * kind RETENTION names. Read after the chains, so that what was shrunk meanwhile is recorded by then.
 * @param emptied places of each chain
 * @param whole chains in which nothing is wrong: an entry of any other vouches for nothing
 * @returns the first of each chain of which nobody recorded it
 */
export async function firstUnrecorded(
  db: StoreDatabase,
  emptied: ReadonlyMap<string, readonly number[]>,
  whole: ReadonlySet<string>,
): Promise<ReadonlyMap<string, RegisterProblem>> {
  const chains = [...emptied].filter(([, places]) => places.length > 0);
  const problems = new Map<string, RegisterProblem>();
  if (chains.length === 0) return problems;
  const named = await namedBatches(db, whole);
  for (const [chain, places] of chains) {
    const recorded = await placesIn(db, chain, named);
    const seq = places.find((place) => !recorded.has(place));
    if (seq !== undefined)
      problems.set(chain, {
        ...{ kind: 'CHANGED', chain, seq, requestId: null, at: null },
        detail: 'it is empty, and no entry records that its period was over',
      });
  }
  return problems;
}

async function namedBatches(db: StoreDatabase, whole: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ chain: string; seq: string; previous: string; hash: string; entry: string }>`
    select chain, seq, previous, hash, entry from register_entry where ${mayRecordExpired('entry')}`.execute(
    db,
  );
  const genuine = rows.filter(
    ({ chain, seq, previous, hash, entry }) =>
      whole.has(chain) && hashOf(chain, Number(seq), previous, entry) === hash,
  );
  return new Set(genuine.flatMap(({ entry }) => batchesNamed(entry)));
}

/** Places of batches that are named, and are what they were named for. */
async function placesIn(
  db: StoreDatabase,
  chain: string,
  named: ReadonlySet<string>,
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ seq: string; batch: string; hash: string }>`
    select x.seq, x.batch, e.hash from register_expired x
    join register_entry e on e.chain = x.chain and e.seq = x.seq
    where x.chain = ${chain} order by x.seq`.execute(db);
  const recorded = new Set<number>();
  const batches = new Map<string, typeof rows>();
  for (const row of rows) {
    const others = batches.get(row.batch);
    if (others === undefined) batches.set(row.batch, [row]);
    else others.push(row);
  }
  for (const [batch, entries] of batches) {
    if (!named.has(batch) || batchOf(chain, entries) !== batch) continue;
    for (const { seq } of entries) recorded.add(Number(seq));
  }
  return recorded;
}
