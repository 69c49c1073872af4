import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { LinkedEntry } from '../chain.ts';
import { formerHashes } from '../forks.ts';
import { inPages } from '../table.ts';
import { type EvidenceSource, gatherEvidence, type RegisterEvidence } from './evidence.ts';
import { firstUnrecorded } from './no-longer-kept.ts';
import type { ChainReport, VerifyReport } from './report.ts';
import { type ChainEvidence, verifyChain } from './verify-chain.ts';
import { verifyTree } from './verify-tree.ts';

export interface VerifyOptions {
  readonly db: StoreDatabase;
  /** The data directories of all gateways that write to this store. */
  readonly sources: readonly EvidenceSource[];
  /** Told now and then how many rows have been read. */
  readonly onProgress?: (rows: number) => void;
  /** Rows read at a time (2,000). */
  readonly page?: number;
}

/**
 * Compares every chain of the register with its own hashes, with the signed heads, its tree and what waits in the spools.
 * Gateways may be writing meanwhile. Names the first problem of each chain.
 * @throws RegisterFileError when heads or spools cannot be read; the driver's error when the store cannot
 */
export async function verifyRegister(options: VerifyOptions): Promise<VerifyReport> {
  const { db, sources, page = 2_000 } = options;
  const read = progressCounter(options.onProgress ?? (() => {}), page);
  const emptied = new Map<string, number[]>();
  const verify = async (chain: string, evidence: RegisterEvidence) => {
    const places: number[] = [];
    emptied.set(chain, places);
    const forks = evidence.forks.filter((fork) => fork.chain === chain);
    const former = await Promise.all(forks.map((fork) => formerHashes(fork, chainRows(db, fork.into, page))));
    const isFormer = (hash: string) => former.some((hashes) => hashes.has(hash));
    const { heads, ...rest } = evidenceOf(chain, evidence);
    const own = { ...rest, forks, heads: heads.filter(({ hash }) => !isFormer(hash)) };
    const rows = () => read(withoutFormer(isFormer, chainRows(db, chain, page)));
    const report = await verifyChain(own, rows, (seq) => places.push(seq));
    if (report.problem !== null) return report;
    return {
      ...report,
      problem: await verifyTree(db, chain, evidence.checkpoints.get(chain) ?? [], { page }),
    };
  };
  const evidence = await gatherEvidence(sources);
  const chains: ChainReport[] = [];
  for (const chain of await allChains(db, evidence)) {
    const report = await verify(chain, evidence);
    // A gateway may have been started since its heads were read: only what stays wrong is wrong.
    chains.push(report.problem === null ? report : await verify(chain, await gatherEvidence(sources)));
  }
  const whole = new Set(chains.filter(({ problem }) => problem === null).map(({ chain }) => chain));
  const unrecorded = await firstUnrecorded(db, emptied, whole);
  return reportOf(
    chains.map((report) => ({ ...report, problem: report.problem ?? unrecorded.get(report.chain) ?? null })),
    evidence,
  );
}

function reportOf(
  chains: readonly ChainReport[],
  { badHeads, damagedSpools }: RegisterEvidence,
): VerifyReport {
  const sound = badHeads.length === 0 && damagedSpools.length === 0;
  return {
    whole: sound && chains.every(({ problem }) => problem === null),
    entries: sum(chains.map(({ entries }) => entries)),
    notYetSigned: sum(chains.map(({ notYetSigned }) => notYetSigned)),
    waiting: sum(chains.map(({ waiting }) => waiting)),
    noLongerKept: sum(chains.map(({ noLongerKept }) => noLongerKept)),
    chains,
    badHeads,
    damagedSpools,
  };
}

function evidenceOf(
  chain: string,
  { heads, spooled, chains }: RegisterEvidence,
): Omit<ChainEvidence, 'forks'> {
  const known = chains.has(chain);
  return { chain, known, heads: heads.get(chain) ?? [], spooled: spooled.get(chain) ?? [] };
}

async function allChains(
  db: StoreDatabase,
  { heads, checkpoints, spooled }: RegisterEvidence,
): Promise<readonly string[]> {
  const chains = new Set([...heads.keys(), ...checkpoints.keys(), ...spooled.keys()]);
  for await (const chain of chainsIn(db)) chains.add(chain);
  return [...chains].sort();
}

/** Rows of the other gateway that came to stand in this chain, and stand in their own now. */
async function* withoutFormer(isFormer: (hash: string) => boolean, rows: AsyncIterable<LinkedEntry>) {
  for await (const row of rows) if (!isFormer(row.hash)) yield row;
}

function progressCounter(onProgress: (rows: number) => void, page: number) {
  let rows = 0;
  return async function* (entries: AsyncIterable<LinkedEntry>): AsyncGenerator<LinkedEntry> {
    for await (const entry of entries) {
      rows += 1;
      if (rows % page === 0) onProgress(rows);
      yield entry;
    }
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

type Db = StoreDatabase;

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
export async function* chainRows(db: Db, chain: string, page: number): AsyncGenerator<LinkedEntry> {
  const rowsAfter = (after: string) =>
    db
      .selectFrom('register_entry')
      .select(['seq', 'previous', 'hash', 'entry', 'at', 'request_id', 'person'])
      .where('chain', '=', chain)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(page)
      .execute();
  for await (const row of inPages(rowsAfter, String(Number.MIN_SAFE_INTEGER), page)) {
    const { seq, request_id: requestId, at, ...rest } = row;
    yield { chain, seq: Number(seq), requestId, at: timeText(at), ...rest };
  }
}

/** A tampered time may be one that no Date can hold, such as infinity. */
function timeText(at: unknown): string {
  return at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString() : String(at);
}
