import type { LinkedEntry } from '../chain.ts';
import type { Mismatch } from './chain-check.ts';
import { type Displacement, findDisplacement } from './displaced.ts';
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
export async function explain(
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
        ? missing('REORDERED', entry.chain, mismatch.from, 'the entry of this place stands at another')
        : missing('REMOVED', entry.chain, mismatch.from, `no entry until ${entry.seq}`);
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
    return missing('ADDED', entry.chain, belongsAt, `the entry of this place stands at ${entry.seq}`);
  }
  return ownerElsewhere
    ? problem('REORDERED', entry, `it was written at ${belongsAt}`)
    : missing('REMOVED', entry.chain, entry.seq, `the entry of ${belongsAt} stands in its place`);
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

export function missing(kind: ProblemKind, chain: string, seq: number, detail: string): RegisterProblem {
  return { kind, chain, seq, requestId: null, at: null, detail };
}
