import { hashOf, type LinkedEntry } from '../chain.ts';

export interface Displacement {
  /** The place where the entry found here belongs; null if it fits nowhere. */
  readonly belongsAt: number | null;
  /** Another row holds the entry that belongs here. */
  readonly ownerElsewhere: boolean;
}

/** The place that is wrong: its number, the hash before it, and what was found there, if anything. */
export interface WrongPlace {
  readonly chain: string;
  readonly seq: number;
  readonly previous: string;
  readonly found: LinkedEntry | null;
}

/**
 * Looks through the whole chain for where the entry found at a wrong place belongs and for the one that belongs there:
 * whether rows were renumbered or their contents exchanged.
 * @param rows all rows of the chain, @param last the furthest place that is known to have been taken
 */
export async function findDisplacement(
  place: WrongPlace,
  rows: AsyncIterable<LinkedEntry>,
  last: number,
): Promise<Displacement> {
  const { chain, seq, previous, found } = place;
  let belongsAt: number | null = null;
  let ownerElsewhere = false;
  let furthest = last;
  for await (const row of rows) {
    furthest = Math.max(furthest, row.seq);
    if (row.seq === seq) continue;
    if (found !== null && belongsAt === null && belongs(found, row)) belongsAt = row.seq;
    const hash = hashOf(chain, seq, previous, row.entry);
    if (hash === row.hash || hash === found?.hash) ownerElsewhere = true;
  }
  if (found !== null) belongsAt ??= emptyPlaceFor(found, seq, furthest + 1);
  return { belongsAt, ownerElsewhere };
}

/** Renumbered from this row's place, or its content exchanged with this row's. */
function belongs(found: LinkedEntry, row: LinkedEntry): boolean {
  return (
    hashOf(found.chain, row.seq, found.previous, found.entry) === found.hash ||
    hashOf(found.chain, row.seq, row.previous, found.entry) === row.hash
  );
}

function emptyPlaceFor(found: LinkedEntry, seq: number, last: number): number | null {
  for (let place = seq + 1; place <= last; place += 1) {
    if (hashOf(found.chain, place, found.previous, found.entry) === found.hash) return place;
  }
  return null;
}
