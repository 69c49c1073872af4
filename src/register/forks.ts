import { type KeyObject, sign, verify } from 'node:crypto';
import { hashOf, type PlainEntry } from './chain.ts';
import { readIfThere } from './durable-file.ts';

/**
 * A signed record that two gateways wrote one chain, and of the chain into which the entries that were not in the table
 * were put. Kept outside the store, beside the heads.
 */
export interface Fork {
  readonly chain: string;
  /** The first place that both had taken, and the hash of the entry before it. */
  readonly from: number;
  readonly previous: string;
  /** The chain that holds the others now, from its first place, and how many they are. */
  readonly into: string;
  readonly entries: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

export function signFork(key: KeyObject, fork: Omit<Fork, 'signature'>): Fork {
  return { ...fork, signature: sign(null, signedBytes(fork), key).toString('base64') };
}

export function isGenuineFork(key: KeyObject, fork: Fork): boolean {
  return verify(null, signedBytes(fork), key, Buffer.from(fork.signature, 'base64'));
}

function signedBytes({ chain, from, previous, into, entries, at }: Omit<Fork, 'signature'>): Buffer {
  return Buffer.from(`sightline register fork\n${chain}\n${from}\n${previous}\n${into}\n${entries}\n${at}`);
}

/** A file's forks in the order written; null for a line that is none. No file is no forks. */
export async function readForks(file: string): Promise<readonly (Fork | null)[]> {
  const lines = ((await readIfThere(file)) ?? '').split('\n').slice(0, -1);
  return lines.map((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isFork(value) ? value : null;
    } catch {
      return null;
    }
  });
}

function isFork(value: unknown): value is Fork {
  if (typeof value !== 'object' || value === null) return false;
  const { chain, from, previous, into, entries, at, signature } = value as Record<string, unknown>;
  const texts = [chain, previous, into, at, signature].every((part) => typeof part === 'string');
  return texts && Number.isSafeInteger(from) && Number.isSafeInteger(entries);
}

/**
 * The hashes that a fork's entries had while they stood in the chain that two gateways wrote, made anew from the
 * entries: a head over one of these was signed by the other gateway, and is no contradiction.
 */
export async function formerHashes(
  { chain, from, previous: before, entries }: Fork,
  rows: AsyncIterable<Pick<PlainEntry, 'entry'>>,
): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  let previous = before;
  for await (const { entry } of rows) {
    if (hashes.size === entries) break;
    previous = hashOf(chain, from + hashes.size, previous, entry);
    hashes.add(previous);
  }
  return hashes;
}
