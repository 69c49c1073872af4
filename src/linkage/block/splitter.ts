import type { LinkRecord } from '../features.ts';
import type { Blocks } from './blocks.ts';
import { REFINEMENTS } from './keys.ts';

/**
 * Up to so many records, so many are all compared with each other at most. The more records, the more of a block share
 * its key by chance; a smaller limit keeps the pairs of one record about the same. Few steps, so that one record more
 * or less hardly ever matters to others.
 */
const LIMITS: readonly (readonly [records: number, limit: number])[] = [
  [150_000, 24],
  [500_000, 16],
];
const LEAST_LIMIT = 12;

export function blockLimit(records: number): number {
  return LIMITS.find(([most]) => records <= most)?.[1] ?? LEAST_LIMIT;
}

/** Gathers blocks, and splits those that are too large. */
export class Splitter {
  private readonly records: readonly LinkRecord[];
  private readonly limit: number;
  private starts = new Uint32Array(1024);
  private members = new Uint32Array(4096);
  private count = 0;
  private length = 0;
  private split = 0;
  private windowed = 0;
  private largest = 0;

  constructor(records: readonly LinkRecord[]) {
    this.records = records;
    this.limit = blockLimit(records.length);
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
      starts: this.starts.subarray(0, this.count + 1),
      members: this.members.subarray(0, this.length),
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

function doubled(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}
