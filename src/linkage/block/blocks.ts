import type { LinkRecord } from '../features.ts';
import { hash32 } from '../random.ts';
import { blockingKeys } from './keys.ts';
import { Splitter } from './splitter.ts';

/** Groups of records to be compared with each other; a record stands in several. */
export interface Blocks {
  readonly count: number;
  /** Members of block `n`: `members[starts[n]]` up to `starts[n + 1]`. Each is a record's index. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
  readonly report: BlockReport;
}
export interface BlockReport {
  readonly blocks: number;
  /** Blocks that were too large and were split by further fields. */
  readonly split: number;
  /** Of these, those in which records agreed in all further fields and were compared with their neighbours only. */
  readonly windowed: number;
  readonly largest: number;
}

/** Finds all blocks. Memory: some 100 bytes a record, outside of the heap. */
export function findBlocks(
  records: readonly LinkRecord[],
  onProgress: (done: number) => void = () => {},
): Blocks {
  const shift = 2 ** Math.ceil(Math.log2(Math.max(2, records.length)));
  const keyed = sortedKeys(records, shift, onProgress);
  const splitter = new Splitter(records);
  for (let from = 0; from < keyed.length; ) {
    const hash = Math.floor((keyed[from] as number) / shift);
    let to = from + 1;
    while (to < keyed.length && Math.floor((keyed[to] as number) / shift) === hash) to += 1;
    if (to - from > 1) splitter.take(keyed.subarray(from, to), shift);
    from = to;
  }
  return splitter.done();
}

/** Hash of key and index of record in one number of 53 bits, sorted: those of one key stand together. */
function sortedKeys(
  records: readonly LinkRecord[],
  shift: number,
  onProgress: (done: number) => void,
): Float64Array {
  const most = 2 ** 53 / shift;
  let keyed = new Float64Array(Math.max(64, records.length * 14));
  let length = 0;
  for (const [index, { features }] of records.entries()) {
    for (const key of new Set(blockingKeys(features))) {
      if (length === keyed.length) keyed = grown(keyed);
      keyed[length] = (hash32(key) % most) * shift + index;
      length += 1;
    }
    if (index % 10_000 === 0) onProgress(index);
  }
  return keyed.subarray(0, length).sort();
}

function grown(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const more = new Float64Array(Math.ceil(numbers.length * 1.5));
  more.set(numbers);
  return more;
}
