import type { LinkRecord } from '../features.ts';
import { hash32 } from '../random.ts';
import { blockingKeys, furtherKeys, REFINEMENTS } from './keys.ts';

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

/** Under which keys records are looked for, and how many may share one, by the number of records in all. */
export interface Blocking {
  keys(records: number): (features: LinkRecord['features']) => readonly string[];
  limit(records: number): number;
}

/** Finds all blocks. Memory: some 100 bytes a record, outside of the heap. */
export function findBlocks(
  records: readonly LinkRecord[],
  blocking: Blocking = FILES,
  onProgress: (done: number) => void = () => {},
): Blocks {
  const shift = 2 ** Math.ceil(Math.log2(Math.max(2, records.length)));
  const keyed = sortedKeys(records, blocking.keys(records.length), shift, onProgress);
  const splitter = new Splitter(records, blocking.limit(records.length));
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
  keysOf: ReturnType<Blocking['keys']>,
  shift: number,
  onProgress: (done: number) => void,
): Float64Array {
  const most = 2 ** 53 / shift;
  let keyed = new Float64Array(Math.max(64, records.length * 14));
  let length = 0;
  for (const [index, { features }] of records.entries()) {
    for (const key of new Set(keysOf(features))) {
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

/**
 * Largest block whose records are all compared with each other, by the number of records in all. The more records, the
 * more share a key by chance; a smaller limit keeps the pairs of one record about the same. There are few steps, so
 * that one record more or less rarely affects others.
 */
const LIMITS: readonly (readonly [records: number, limit: number])[] = [
  [60_000, 40],
  [150_000, 24],
  [500_000, 16],
];
const LEAST_LIMIT = 12;

export function blockLimit(records: number): number {
  return LIMITS.find(([most]) => records <= most)?.[1] ?? LEAST_LIMIT;
}

/** Beyond so many records the further keys find next to nobody but by chance. */
const FURTHER_UP_TO = 150_000;

/** For records of which nothing else is known than their files. */
const FILES: Blocking = {
  keys: (records) =>
    records > FURTHER_UP_TO
      ? blockingKeys
      : (features) => [...blockingKeys(features), ...furtherKeys(features)],
  limit: blockLimit,
};

/** For records that were gathered under the keys of the index: the same keys, however many there are. */
export const INDEX_BLOCKING: Blocking = { keys: () => blockingKeys, limit: () => INDEX_LIMIT };
const INDEX_LIMIT = 24;

/** Gathers blocks, and splits those that are too large. */
class Splitter {
  private readonly records: readonly LinkRecord[];
  private readonly limit: number;
  private starts = new Uint32Array(1024);
  private members = new Uint32Array(4096);
  private count = 0;
  private length = 0;
  private split = 0;
  private windowed = 0;
  private largest = 0;

  constructor(records: readonly LinkRecord[], limit: number) {
    this.records = records;
    this.limit = limit;
  }

  /** Takes the run of one key: numbers whose remainder by `shift` is the record's index. */
  take(run: Float64Array, shift: number): void {
    const indexes = Array.from(run, (one) => one % shift);
    this.largest = Math.max(this.largest, indexes.length);
    if (indexes.length <= this.limit) this.add(indexes);
    else {
      this.split += 1;
      this.divide(indexes, 0);
    }
  }

  done(): Blocks {
    this.starts[this.count] = this.length;
    return {
      count: this.count,
      starts: shared(this.starts.subarray(0, this.count + 1)),
      members: shared(this.members.subarray(0, this.length)),
      report: { blocks: this.count, split: this.split, windowed: this.windowed, largest: this.largest },
    };
  }

  private divide(indexes: readonly number[], depth: number): void {
    if (indexes.length < 2) return;
    const refinement = REFINEMENTS[depth];
    if (indexes.length <= this.limit) this.add(indexes);
    else if (!refinement) this.slide(indexes);
    else {
      const parts = new Map<string | null, number[]>();
      for (const index of indexes) {
        const value = refinement((this.records[index] as LinkRecord).features);
        const part = parts.get(value);
        if (part) part.push(index);
        else parts.set(value, [index]);
      }
      for (const part of parts.values()) this.divide(part, depth + 1);
    }
  }

  private slide(indexes: readonly number[]): void {
    this.windowed += 1;
    const step = this.limit - 4;
    for (let at = 0; at < indexes.length - 1; at += step) this.add(indexes.slice(at, at + 2 * step));
  }

  private add(indexes: readonly number[]): void {
    while (this.length + indexes.length > this.members.length) this.members = doubled(this.members);
    if (this.count + 2 > this.starts.length) this.starts = doubled(this.starts);
    this.starts[this.count] = this.length;
    this.members.set(indexes, this.length);
    this.length += indexes.length;
    this.count += 1;
  }
}

/** Numbers that threads can read together. */
export const sharedNumbers = (length: number): Uint32Array<SharedArrayBuffer> =>
  new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));

function shared(numbers: Uint32Array): Uint32Array {
  const copy = sharedNumbers(numbers.length);
  copy.set(numbers);
  return copy;
}

function doubled(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}
