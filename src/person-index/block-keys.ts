import { blockingKeys } from '../linkage/block/keys.ts';
import type { Features } from '../linkage/features.ts';
import { hash32 } from '../linkage/random.ts';

/**
 * Kinds of keys by their first letter. Two of one kind say the same thing twice: a name in its own order and in either
 * order, or a name with the place and the forename with the place.
 */
const KINDS = ['ns', 'b', 'f', 'g', 'h', 'k', 'i', 'p', 'u', 'a', 'oqrl', 'cdem'];
/** Kinds that the lowest bits of a key have room for. */
const ROOM = 16;

/**
 * The blocking keys of a record as numbers of at most 52 bits: a hash, with the kind of the key in the lowest four.
 * Different keys may rarely get one number; their records are then compared for nothing.
 */
export function blockKeys(features: Features): number[] {
  return [...new Set(blockingKeys(features).map(numberOf))].toSorted((one, other) => one - other);
}

function numberOf(key: string): number {
  const kind = KINDS.findIndex((letters) => letters.includes(key.charAt(0))) + 1;
  const hash = hash32(key) * 0x10000 + (hash32(`${key}~`) & 0xffff);
  return hash * ROOM + kind;
}

/** The kind of a key, from 1 to 15. */
export const kindOf = (key: number): number => key % ROOM;
