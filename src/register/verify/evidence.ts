import type { KeyObject } from 'node:crypto';
import type { LinkedEntry } from '../chain.ts';
import { registerFolder } from '../data-folder.ts';
import { readIfThere } from '../durable-file.ts';
import { RegisterFileError } from '../errors.ts';
import { type Fork, isGenuineFork, readForks } from '../forks.ts';
import { isGenuine, readHeads, type SignedHead } from '../heads.ts';
import { readPublicKeys } from '../signing-key.ts';
import { readSpool } from '../spool.ts';
import { type Checkpoint, openCheckpoint } from '../tree/checkpoint.ts';
import { readCheckpoints } from '../tree/checkpoint-log.ts';
import type { BadHead, DamagedSpool } from './report.ts';

/** Where one gateway's evidence lies, outside the store. */
export interface EvidenceSource {
  readonly headsFile: string;
  /** Signed heads of the trees. */
  readonly checkpointsFile: string;
  readonly spoolFile: string | null;
  /** Chains that two gateways wrote, and were mended; null where there is no such file. */
  readonly forksFile: string | null;
  /** The chain this gateway writes, where that is known. */
  readonly chain: string | null;
  readonly publicKeys: readonly KeyObject[];
}

/** What all sources say together. */
export interface RegisterEvidence {
  /** Genuine heads by chain, in order of place, then of time. */
  readonly heads: ReadonlyMap<string, readonly SignedHead[]>;
  /** Genuine checkpoints by chain, in order of size. */
  readonly checkpoints: ReadonlyMap<string, readonly Checkpoint[]>;
  /** Entries in spools by chain, in order of place; some may be in the table already. */
  readonly spooled: ReadonlyMap<string, readonly LinkedEntry[]>;
  /** Chains that are known to be a gateway's own. */
  readonly chains: ReadonlySet<string>;
  readonly forks: readonly Fork[];
  readonly badHeads: readonly BadHead[];
  readonly damagedSpools: readonly DamagedSpool[];
}

/**
 * The evidence in a gateway's data directory.
 * @param publicKeyFile the key to trust; without it the one beside the heads, which whoever can write there can replace
 * @throws RegisterFileError when there is no key
 */
export async function evidenceIn(dataDir: string, publicKeyFile?: string): Promise<EvidenceSource> {
  const files = registerFolder(dataDir);
  const keyFile = publicKeyFile ?? files.publicKey;
  const publicKeys = await readPublicKeys(keyFile);
  if (publicKeys.length === 0) throw new RegisterFileError(keyFile, 'there is no public key');
  const chain = (await readIfThere(files.chain))?.trim() ?? null;
  return {
    ...{ headsFile: files.heads, checkpointsFile: files.checkpoints },
    ...{ spoolFile: files.spool, forksFile: files.forks, chain, publicKeys },
  };
}

/**
 * Reads heads before spools, and both before the table is read: whatever a head speaks of was then in the spool or
 * the table already, so a gateway may go on writing meanwhile.
 */
export async function gatherEvidence(sources: readonly EvidenceSource[]): Promise<RegisterEvidence> {
  const heads = await Promise.all(sources.map(headsOf));
  const checkpoints = await Promise.all(sources.map(checkpointsOf));
  const spools = await Promise.all(sources.map(spoolOf));
  const forks = await Promise.all(sources.map(forksOf));
  const known = sources.flatMap(({ chain }) => (chain === null ? [] : [chain]));
  return {
    heads: byChain(inOrderOfTime(heads.flatMap(({ genuine }) => genuine))),
    checkpoints: checkpointsByChain(checkpoints.flatMap(({ genuine }) => genuine)),
    spooled: byChain(spools.flatMap(({ entries }) => entries)),
    chains: new Set(known),
    forks: forks.flatMap(({ genuine }) => genuine),
    badHeads: [...heads, ...checkpoints, ...forks].flatMap(({ bad }) => bad),
    damagedSpools: spools.flatMap(({ damaged }) => damaged),
  };
}

async function headsOf({ headsFile, publicKeys }: EvidenceSource) {
  const genuine: SignedHead[] = [];
  const bad: BadHead[] = [];
  for (const { line, head } of await readHeads(headsFile)) {
    if (head === null) bad.push({ file: headsFile, line, why: 'it is not a head' });
    else if (publicKeys.some((key) => isGenuine(key, head))) genuine.push(head);
    else bad.push({ file: headsFile, line, why: 'its signature is not by the key given' });
  }
  return { genuine, bad };
}

async function checkpointsOf({ checkpointsFile: file, publicKeys }: EvidenceSource) {
  const genuine: Checkpoint[] = [];
  const bad: BadHead[] = [];
  for (const { line, note, chain } of await readCheckpoints(file)) {
    const checkpoint = note === null || chain === null ? null : openCheckpoint(note, chain, publicKeys);
    if (checkpoint !== null) genuine.push(checkpoint);
    else bad.push({ file, line, why: 'it is not a checkpoint signed by the key given' });
  }
  return { genuine, bad };
}

async function forksOf({ forksFile, publicKeys }: EvidenceSource) {
  const genuine: Fork[] = [];
  const bad: BadHead[] = [];
  for (const [index, fork] of (forksFile === null ? [] : await readForks(forksFile)).entries()) {
    if (fork !== null && publicKeys.some((key) => isGenuineFork(key, fork))) genuine.push(fork);
    else
      bad.push({ file: forksFile ?? '', line: index + 1, why: 'it is not a fork signed by the key given' });
  }
  return { genuine, bad };
}

async function spoolOf({ spoolFile }: EvidenceSource) {
  if (spoolFile === null) return { entries: [], damaged: [] };
  const { entries, damagedLine } = await readSpool(spoolFile);
  return { entries, damaged: damagedLine === null ? [] : [{ file: spoolFile, line: damagedLine }] };
}

/** In order of size; one that two folders keep is there twice. */
function checkpointsByChain(checkpoints: readonly Checkpoint[]): ReadonlyMap<string, readonly Checkpoint[]> {
  const chains = new Map<string, Checkpoint[]>();
  for (const checkpoint of checkpoints.toSorted((a, b) => a.size - b.size)) {
    const chain = chains.get(checkpoint.chain);
    if (chain === undefined) chains.set(checkpoint.chain, [checkpoint]);
    else chain.push(checkpoint);
  }
  return chains;
}

function inOrderOfTime(heads: readonly SignedHead[]): readonly SignedHead[] {
  return [...heads].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** The order of equal places stays as it is. */
function byChain<T extends { chain: string; seq: number }>(
  items: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const chains = new Map<string, T[]>();
  for (const item of [...items].sort((a, b) => a.seq - b.seq)) {
    const chain = chains.get(item.chain);
    if (chain === undefined) chains.set(item.chain, [item]);
    else chain.push(item);
  }
  return chains;
}
