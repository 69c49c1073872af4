import { type Blocks, sharedNumbers } from './blocks.ts';

/**
 * Visits each pair of records that share a block, once: under the first block that they share. Pairs come in the
 * order of blocks. `onProgress` is told how many blocks are done.
 */
export function visitPairs(
  blocks: Blocks,
  records: number,
  visit: (a: number, b: number) => void,
  onProgress: (blocksDone: number) => void = () => {},
): void {
  const own = membersBlocks(blocks, records);
  for (let from = 0; from < blocks.count; from += 4096) {
    onProgress(from);
    visitPairsOf(blocks, own, from, Math.min(blocks.count, from + 4096), visit);
  }
}

/** The same for the blocks from `first` up to `end`. */
export function visitPairsOf(
  { starts, members }: Blocks,
  own: MembersBlocks,
  first: number,
  end: number,
  visit: (a: number, b: number) => void,
): void {
  for (let block = first; block < end; block += 1) {
    const from = starts[block] as number;
    const to = starts[block + 1] as number;
    for (let i = from; i < to; i += 1) {
      const a = members[i] as number;
      for (let j = i + 1; j < to; j += 1) {
        const b = members[j] as number;
        if (firstShared(own, a, b) === block) visit(Math.min(a, b), Math.max(a, b));
      }
    }
  }
}

/** For each record the blocks that it stands in. */
export interface MembersBlocks {
  /** Blocks of record `n`, ascending: `blocks[starts[n]]` up to `starts[n + 1]`. */
  readonly starts: Uint32Array;
  readonly blocks: Uint32Array;
}

export function membersBlocks({ count, starts, members }: Blocks, records: number): MembersBlocks {
  const ends = sharedNumbers(records + 1);
  for (const member of members) ends[member + 1] = (ends[member + 1] as number) + 1;
  for (let at = 1; at <= records; at += 1) ends[at] = (ends[at] as number) + (ends[at - 1] as number);
  const next = ends.slice();
  const blocks = sharedNumbers(members.length);
  for (let block = 0; block < count; block += 1) {
    for (let at = starts[block] as number; at < (starts[block + 1] as number); at += 1) {
      const member = members[at] as number;
      blocks[next[member] as number] = block;
      next[member] = (next[member] as number) + 1;
    }
  }
  return { starts: ends, blocks };
}

function firstShared({ starts, blocks }: MembersBlocks, a: number, b: number): number {
  let i = starts[a] as number;
  let j = starts[b] as number;
  const [endA, endB] = [starts[a + 1] as number, starts[b + 1] as number];
  while (i < endA && j < endB) {
    const difference = (blocks[i] as number) - (blocks[j] as number);
    if (difference === 0) return blocks[i] as number;
    if (difference < 0) i += 1;
    else j += 1;
  }
  return -1;
}
