import { hash } from 'node:crypto';
import { canonicalEntry, type RegisterEntry } from './entry.ts';
import type { SignedHead } from './heads.ts';

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

export interface KnownPlaces {
  /** Nothing has ever been written to this chain. */
  readonly fresh: boolean;
  readonly spooled: LinkedEntry | null;
  readonly signed: SignedHead | null;
}

/**
 * Where the chain goes on while the store cannot say: where it was closed, or behind the spool, which holds all that
 * is newer than the store. Null when that is not known: entries may have gone to the store since the last head, and
 * no place may be taken twice.
 */
export function headWithoutStore({ fresh, spooled, signed }: KnownPlaces): ChainHead | null {
  if (fresh) return START;
  if (signed?.closed) return placeOf(signed);
  return spooled !== null && spooled.seq >= (signed?.seq ?? 0) ? placeOf(spooled) : null;
}

/**
 * Where the chain goes on: behind the furthest place known. A table that is behind a signed head has lost entries;
 * their places stay empty, so that verifying says so.
 */
export function headWithStore(inTable: ChainHead | null, { spooled, signed }: KnownPlaces): ChainHead {
  let head = START;
  for (const place of [inTable, spooled, signed]) {
    if (place !== null && place.seq > head.seq) head = place;
  }
  return placeOf(head);
}

/** Whether somebody added to the chain while its gateway was away. To continue it would vouch for what they added. */
export function wasContinued(inTable: ChainHead | null, { signed }: KnownPlaces): boolean {
  return signed?.closed === true && inTable !== null && inTable.seq > signed.seq;
}

function placeOf({ seq, hash }: ChainHead): ChainHead {
  return { seq, hash };
}
