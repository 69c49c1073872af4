import type { Blocks } from '../block/blocks.ts';
import { type MembersBlocks, visitPairsOf } from '../block/pairs.ts';
import { PairList } from '../cluster/pair-list.ts';
import type { Scorer } from '../compare.ts';
import type { LinkRecord } from '../features.ts';

/** Blocks that are scored together: few enough for threads to end at about the same time. */
const CHUNK = 2048;

export interface ScoringLimits {
  /** Given, only pairs whose files differ are compared: the file of each record. */
  readonly file: Uint8Array | undefined;
  /** Pairs below this weight are forgotten. */
  readonly floor: number;
}

/** The pairs of one run of blocks. */
export interface ScoredChunk {
  readonly chunk: number;
  /** Blocks up to the end of this chunk. */
  readonly done: number;
  readonly compared: number;
  readonly pairs: Pick<PairList, 'length' | 'a' | 'b' | 'bits' | 'vetoed'>;
}

/** Scores one chunk after another that nobody has taken yet, until there is none. */
export function* scoreChunks({
  records,
  blocks,
  own,
  score,
  limits: { file, floor },
  next,
}: {
  readonly records: readonly LinkRecord[];
  readonly blocks: Blocks;
  readonly own: MembersBlocks;
  readonly score: Scorer;
  readonly limits: ScoringLimits;
  readonly next: Int32Array;
}): Iterable<ScoredChunk> {
  for (;;) {
    const chunk = Atomics.add(next, 0, 1);
    const from = chunk * CHUNK;
    if (from >= blocks.count) return;
    const done = Math.min(blocks.count, from + CHUNK);
    const list = new PairList();
    let compared = 0;
    visitPairsOf(blocks, own, from, done, (a, b) => {
      if (file && file[a] === file[b]) return;
      compared += 1;
      const [one, other] = [records[a] as LinkRecord, records[b] as LinkRecord];
      const { total, veto } = score(one.features, other.features);
      if (total >= floor) list.add(a, b, total, veto !== null);
    });
    yield { chunk, done, compared, pairs: list.cut() };
  }
}

/** All pairs in the order of chunks, whoever scored them. */
export function joinedChunks(chunks: readonly ScoredChunk[]): { list: PairList; compared: number } {
  const list = new PairList();
  let compared = 0;
  for (const { compared: some, pairs } of chunks.toSorted((one, other) => one.chunk - other.chunk)) {
    compared += some;
    list.addAll(pairs);
  }
  return { list, compared };
}
