import type { LinkagePolicy } from '../policy.ts';
import { contestedLinks } from './contested.ts';
import type { PairList } from './pair-list.ts';

/** How two records of a growing cluster relate. */
export interface Relation {
  readonly bits: number;
  /** They cannot be one person. */
  readonly conflict: boolean;
  /** What is the same and what differs altogether, as bits; it may be a mistake of one record. */
  readonly same?: number;
  readonly apart?: number;
}

export interface Clustering {
  /** For each record the index of the first record of its person. */
  readonly person: Uint32Array;
  /** Weights of pairs that are one person's through others: `a * records + b` → bits, a below b. */
  readonly implied: ReadonlyMap<number, number>;
}

/** Of two large groups so many pairs are looked at. */
const MOST_COMPARED = 400;
/** How many records of a group are checked for vouching for each other. */
const VOUCHING = 12;
/** Larger groups are not told pair by pair. */
const MOST_IMPLIED = 2500;

/**
 * Joins records, strongest link first. Two groups come together only if nobody in one is in conflict with anybody in
 * the other, and their records agree on the whole: no chain holds through one weak link. A pair that is one person's
 * only through others weighs what the weakest link on the way weighs.
 */
export function clusterPairs(
  records: number,
  list: PairList,
  relate: (a: number, b: number) => Relation,
  policy: LinkagePolicy,
): Clustering {
  const conflict = (a: number, b: number) => relate(a, b).conflict;
  const links = linksOf(list, policy);
  const contested = contestedLinks(list, links, records, conflict);
  const person = Uint32Array.from({ length: records }, (_, at) => at);
  const groups = new Map<number, number[]>();
  const implied = new Map<number, number>();
  for (const link of links.filter((one) => contested[one] === 0)) {
    const [a, b] = [person[list.a[link] as number] as number, person[list.b[link] as number] as number];
    if (a === b) continue;
    const [ours, theirs] = [groups.get(a) ?? [a], groups.get(b) ?? [b]];
    if (ours.length + theirs.length > 2 && !belongTogether(ours, theirs, relate, policy)) continue;
    addImplied(ours, theirs, list.bits[link] as number, records, implied);
    const [first, second] = a < b ? [a, b] : [b, a];
    const joined = ours.concat(theirs);
    for (const one of joined) person[one] = first;
    groups.set(first, joined);
    groups.delete(second);
  }
  return { person, implied };
}

/** Pairs that may be linked, strongest first; equals in the order of their records. */
function linksOf({ length, a, b, bits, vetoed }: PairList, { match }: LinkagePolicy): Uint32Array {
  const links: number[] = [];
  for (let pair = 0; pair < length; pair += 1)
    if ((bits[pair] as number) >= match && vetoed[pair] === 0) links.push(pair);
  const at = (numbers: Float32Array | Uint32Array, pair: number) => numbers[pair] as number;
  return Uint32Array.from(links).sort(
    (one, other) => at(bits, other) - at(bits, one) || at(a, one) - at(a, other) || at(b, one) - at(b, other),
  );
}

function belongTogether(
  ours: readonly number[],
  theirs: readonly number[],
  relate: (a: number, b: number) => Relation,
  { together }: LinkagePolicy,
): boolean {
  const step = Math.max(1, Math.floor((ours.length * theirs.length) / MOST_COMPARED));
  let sum = 0;
  let count = 0;
  let apart = -1;
  for (let at = 0; at < ours.length * theirs.length; at += step) {
    const one = relate(ours[Math.floor(at / theirs.length)] as number, theirs[at % theirs.length] as number);
    if (one.conflict) return false;
    sum += one.bits;
    count += 1;
    apart &= one.apart ?? 0;
  }
  if (apart !== 0 && (vouchedIn(ours, relate) & vouchedIn(theirs, relate) & apart) !== 0) return false;
  return sum / count >= together;
}

/**
 * What records of a group agree on among themselves. If two groups each agree within themselves and differ from each
 * other on it, the difference is no mistake.
 */
function vouchedIn(group: readonly number[], relate: (a: number, b: number) => Relation): number {
  const some = group.slice(0, VOUCHING);
  return some.reduce(
    (vouched, one, at) =>
      some.slice(at + 1).reduce((bits, other) => bits | (relate(one, other).same ?? 0), vouched),
    0,
  );
}

function addImplied(
  ours: readonly number[],
  theirs: readonly number[],
  bits: number,
  records: number,
  implied: Map<number, number>,
): void {
  if (ours.length * theirs.length > MOST_IMPLIED || ours.length + theirs.length === 2) return;
  for (const a of ours) for (const b of theirs) implied.set(Math.min(a, b) * records + Math.max(a, b), bits);
}
