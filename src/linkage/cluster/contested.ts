import { neighboursOf } from './neighbours.ts';
import type { PairList } from './pair-list.ts';

/** Bits by which a link must be stronger than its rival to stand. */
const CLEARLY = 8;
/** Of a record with very many links, the first are looked at. */
const LOOKED_AT = 60;

/**
 * Links of a record to two that cannot be one person. The clearly weaker is given up; where neither is, both are: it
 * cannot be told whose the middle record is. Gives a mark for each pair of the list. Depends on no order.
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
    const to = Math.min(starts[record + 1] as number, from + LOOKED_AT);
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
