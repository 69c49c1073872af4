import { hashOf, type LinkedEntry } from '../chain.ts';
import type { Mismatch } from './chain-check.ts';
import type { ProblemKind, RegisterProblem } from './report.ts';

export interface WrongEntry {
  readonly entry: LinkedEntry;
  readonly mismatch: Mismatch;
  /** The hash of the last right entry. */
  readonly previous: string;
  /** The furthest place under a signed head. */
  readonly signed: number;
}

/** Says what was done to a chain, from the first entry that is wrong. */
export async function explainProblem(
  wrong: WrongEntry,
  rows: () => AsyncIterable<LinkedEntry>,
): Promise<RegisterProblem> {
  const { entry, mismatch, previous, signed } = wrong;
  switch (mismatch.way) {
    case 'BEFORE_FIRST':
      return problem('ADDED', entry, 'it stands before the first place of the chain');
    case 'COLUMNS':
      return problem(
        'CHANGED',
        entry,
        'its time, request or person for look-ups is not the one in the entry',
      );
    case 'LINK':
      return problem(
        'CHANGED',
        mismatch.before ?? entry,
        'its hash was made anew, and the next entry names another',
      );
    case 'HEAD':
      return problem('CHANGED', entry, rewritten(mismatch.after, entry.seq));
    case 'GAP': {
      const place = { chain: entry.chain, seq: mismatch.from, previous, found: null };
      const { ownerElsewhere } = await findDisplacement(place, rows(), signed);
      return ownerElsewhere
        ? missingEntry('REORDERED', entry.chain, mismatch.from, 'the entry of this place stands at another')
        : missingEntry('REMOVED', entry.chain, mismatch.from, `no entry until ${entry.seq}`);
    }
    case 'HASH': {
      const place = { chain: entry.chain, seq: entry.seq, previous, found: entry };
      const displacement = await findDisplacement(place, rows(), signed);
      const strange = entry.seq > signed && entry.previous !== previous;
      return displaced(entry, displacement, strange);
    }
  }
}

/** @param strange it names another entry before it, and no signed head says that there was any at this place */
function displaced(
  entry: LinkedEntry,
  { belongsAt, ownerElsewhere }: Displacement,
  strange: boolean,
): RegisterProblem {
  if (belongsAt === null) {
    return ownerElsewhere || strange
      ? problem('ADDED', entry, 'it was never in the chain')
      : problem('CHANGED', entry, 'it is not the entry that was written');
  }
  if (belongsAt < entry.seq) {
    return missingEntry('ADDED', entry.chain, belongsAt, `the entry of this place stands at ${entry.seq}`);
  }
  return ownerElsewhere
    ? problem('REORDERED', entry, `it was written at ${belongsAt}`)
    : missingEntry('REMOVED', entry.chain, entry.seq, `the entry of ${belongsAt} stands in its place`);
}

function rewritten(after: number, upTo: number): string {
  return `one of the entries ${after + 1} to ${upTo} was changed, and the hashes made anew: the signed head of ${upTo} is another`;
}

function problem(
  kind: ProblemKind,
  { chain, seq, requestId, at }: LinkedEntry,
  detail: string,
): RegisterProblem {
  return { kind, chain, seq, requestId, at, detail };
}

export function missingEntry(kind: ProblemKind, chain: string, seq: number, detail: string): RegisterProblem {
  return { kind, chain, seq, requestId: null, at: null, detail };
}

interface Displacement {
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
async function findDisplacement(
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
