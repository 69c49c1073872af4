import type { Kysely } from 'kysely';
import type { StoreTables } from '../../store/store.ts';
import type { LinkedEntry } from '../chain.ts';
import { type Evidence, type EvidenceSource, gatherEvidence } from './evidence.ts';
import type { ChainReport, VerifyReport } from './report.ts';
import { chainsIn, rowsOf } from './table-rows.ts';
import { type ChainEvidence, verifyChain } from './verify-chain.ts';

export interface VerifyOptions {
  readonly db: Kysely<StoreTables>;
  /** The data directories of all gateways that write to this store. */
  readonly sources: readonly EvidenceSource[];
  /** Told now and then how many rows have been read. */
  readonly onProgress?: (rows: number) => void;
  /** Rows read at a time (2,000). */
  readonly page?: number;
}

/**
 * Compares every chain of the register with its own hashes, with the signed heads and with what waits in the spools.
 * Gateways may be writing meanwhile. Names the first problem of each chain.
 * @throws RegisterFileError when heads or spools cannot be read; the driver's error when the store cannot
 */
export async function verifyRegister(options: VerifyOptions): Promise<VerifyReport> {
  const { db, sources, page = 2_000 } = options;
  const read = counter(options.onProgress ?? (() => {}), page);
  const verify = (chain: string, evidence: Evidence) =>
    verifyChain(evidenceOf(chain, evidence), () => read(rowsOf(db, chain, page)));
  const evidence = await gatherEvidence(sources);
  const chains: ChainReport[] = [];
  for (const chain of await allChains(db, evidence)) {
    const report = await verify(chain, evidence);
    // A gateway may have been started since its heads were read: only what stays wrong is wrong.
    chains.push(report.problem === null ? report : await verify(chain, await gatherEvidence(sources)));
  }
  const { badHeads, damagedSpools } = evidence;
  const sound = badHeads.length === 0 && damagedSpools.length === 0;
  return {
    whole: sound && chains.every(({ problem }) => problem === null),
    entries: sum(chains.map(({ entries }) => entries)),
    notYetSigned: sum(chains.map(({ notYetSigned }) => notYetSigned)),
    waiting: sum(chains.map(({ waiting }) => waiting)),
    chains,
    badHeads,
    damagedSpools,
  };
}

function evidenceOf(chain: string, { heads, spooled, chains }: Evidence): ChainEvidence {
  const known = chains.has(chain);
  return { chain, known, heads: heads.get(chain) ?? [], spooled: spooled.get(chain) ?? [] };
}

async function allChains(db: Kysely<StoreTables>, { heads, spooled }: Evidence): Promise<readonly string[]> {
  const chains = new Set([...heads.keys(), ...spooled.keys()]);
  for await (const chain of chainsIn(db)) chains.add(chain);
  return [...chains].sort();
}

function counter(onProgress: (rows: number) => void, page: number) {
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
