import { hash } from 'node:crypto';
import { canonicalEntry, type RegisterEntry } from './entry.ts';

/** The last place taken in a chain. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** An entry at its place in a chain. */
export interface LinkedEntry {
  readonly chain: string;
  /** From 1. */
  readonly seq: number;
  /** Hash of the entry before, GENESIS for the first. */
  readonly previous: string;
  /** SHA-256 in hex over chain, seq, previous and the entry. */
  readonly hash: string;
  /** Canonical JSON. */
  readonly entry: string;
  readonly at: string;
  readonly requestId: string;
  readonly person: string | null;
}

export const GENESIS = '0'.repeat(64);
export const START: ChainHead = { seq: 0, hash: GENESIS };

/** Made of parts that cannot contain the line feed between them, so that no two lists of parts read alike. */
export function hashOf(chain: string, seq: number, previous: string, entry: string): string {
  return hash('sha256', `${chain}\n${seq}\n${previous}\n${entry}`, 'hex');
}

export interface PlainEntry {
  readonly entry: string;
  readonly at: string;
  readonly requestId: string;
  readonly person: string | null;
}

/** @throws RegisterEntryError */
export function plainEntry(entry: RegisterEntry): PlainEntry {
  const { at, requestId, person } = entry;
  return { entry: canonicalEntry(entry), at, requestId, person };
}

/** Puts entries behind the head, in order. */
export function link(chain: string, head: ChainHead, entries: readonly PlainEntry[]): readonly LinkedEntry[] {
  let { seq, hash: previous } = head;
  return entries.map((plain) => {
    seq += 1;
    const own = hashOf(chain, seq, previous, plain.entry);
    const linked = { chain, seq, previous, hash: own, ...plain };
    previous = own;
    return linked;
  });
}
