import { parentPort, workerData } from 'node:worker_threads';
import { type Blocks, findBlocks } from '../block/blocks.ts';
import { type MembersBlocks, membersBlocks } from '../block/pairs.ts';
import { scorer } from '../compare.ts';
import type { Model } from '../model.ts';
import { type PackedRecords, unpackedRecords } from '../packed-records.ts';
import type { LinkagePolicy } from '../policy.ts';
import { type ScoredChunk, type ScoringLimits, scoreChunks } from './score-chunks.ts';

/** What a thread is told, one after another. */
export type ToThread =
  | { readonly kind: 'BLOCK' }
  | {
      readonly kind: 'SCORE';
      readonly blocks: Blocks;
      readonly own: MembersBlocks;
      readonly model: Model;
      readonly policy: LinkagePolicy;
      readonly limits: ScoringLimits;
      /** The next chunk that nobody has taken. */
      readonly next: Int32Array;
    };
/** What it answers. */
export type FromThread =
  | { readonly kind: 'BLOCKED'; readonly blocks: Blocks; readonly own: MembersBlocks }
  | { readonly kind: 'SCORED'; readonly chunks: readonly ScoredChunk[] };

// The program of a thread: finds blocks or scores pairs of the records that it was started with.
const records = unpackedRecords(workerData as PackedRecords);
const answer = (words: FromThread) => parentPort?.postMessage(words);
parentPort?.on('message', (asked: ToThread) => {
  if (asked.kind === 'BLOCK') {
    const blocks = findBlocks(records);
    answer({ kind: 'BLOCKED', blocks, own: membersBlocks(blocks, records.length) });
    return;
  }
  const { blocks, own, model, policy, limits, next } = asked;
  const chunks = [...scoreChunks({ records, blocks, own, score: scorer(model, policy), limits, next })];
  answer({ kind: 'SCORED', chunks });
});
