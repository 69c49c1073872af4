import { type ChainHead, type LinkedEntry, START } from './chain.ts';
import type { SignedHead } from './heads.ts';

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
