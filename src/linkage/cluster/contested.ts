import type { PairList } from './pair-list.ts';

/** Bits by which a link must be stronger than its rival to stand. */
const CLEARLY = 8;
/** At most so many links of a record are looked at. */
const MOST_LINKS = 60;

/**
 * Finds records linked to two others that cannot be one person. The clearly weaker link is given up; if neither is
 * clearly weaker, both are, since we cannot tell whose record it is. Returns a mark for each pair of the list, whatever
 * their order.
 */
export function contestedLinks(
  list: PairList,
  links: Uint32Array,
  records: number,
  conflict: (a: number, b: number) => boolean,
): Uint8Array {
  const contested = new Uint8Array(list.length);
  const { starts, pairs } = neighboursOf(list, links, records);
  for (let record = 0; record < records; record += 1) {
    const from = starts[record] as number;
    const to = Math.min(starts[record + 1] as number, from + MOST_LINKS);
    for (let i = from; i < to; i += 1) {
      for (let j = i + 1; j < to; j += 1) {
        const [one, other] = [pairs[i] as number, pairs[j] as number];
        if (!conflict(farEnd(list, one, record), farEnd(list, other, record))) continue;
        const difference = (list.bits[one] as number) - (list.bits[other] as number);
        if (difference < CLEARLY) contested[one] = 1;
        if (difference > -CLEARLY) contested[other] = 1;
      }
    }
  }
  return contested;
}

function farEnd({ a, b }: PairList, pair: number, near: number): number {
  return (a[pair] === near ? b[pair] : a[pair]) as number;
}

/** For each record the pairs that may link it, by index in the list. */
export interface Neighbours {
  /** Pairs of record `n`: `pairs[starts[n]]` up to `starts[n + 1]`. */
  readonly starts: Uint32Array;
  readonly pairs: Uint32Array;
}

function neighboursOf(list: PairList, links: Uint32Array, records: number): Neighbours {
  const starts = new Uint32Array(records + 1);
  for (const link of links) {
    for (const end of [list.a[link], list.b[link]] as number[])
      starts[end + 1] = (starts[end + 1] as number) + 1;
  }
  for (let at = 1; at <= records; at += 1) starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  const next = starts.slice();
  const pairs = new Uint32Array(links.length * 2);
  for (const link of links) {
    for (const end of [list.a[link], list.b[link]] as number[]) {
      pairs[next[end] as number] = link;
      next[end] = (next[end] as number) + 1;
    }
  }
  return { starts, pairs };
}
