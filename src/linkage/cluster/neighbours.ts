import type { PairList } from './pair-list.ts';

/** For each record the pairs that may link it, by index in the list. */
export interface Neighbours {
  /** Pairs of record `n`: `pairs[starts[n]]` up to `starts[n + 1]`. */
  readonly starts: Uint32Array;
  readonly pairs: Uint32Array;
}

export function neighboursOf(list: PairList, links: Uint32Array, records: number): Neighbours {
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
