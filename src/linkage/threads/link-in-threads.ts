import { Worker } from 'node:worker_threads';
import type { Blocks } from '../block/blocks.ts';
import type { MembersBlocks } from '../block/pairs.ts';
import { scorer } from '../compare.ts';
import type { LinkRecord } from '../features.ts';
import { learn } from '../learn/learn.ts';
import { acrossFiles, type Linkage, type LinkOptions, linkageOf } from '../link-records.ts';
import type { PackedRecords } from '../packed-records.ts';
import { LINKAGE_POLICY } from '../policy.ts';
import { joinedChunks, type ScoredChunk, scoreChunks } from './score-chunks.ts';
import type { FromThread, ToThread } from './scoring-thread.ts';

/** How many threads, and where the program of one is, built. */
export interface Threads {
  readonly count: number;
  readonly program: string;
}

/**
 * Links records, given in both ways, as `linkRecords` does, in several threads: one finds blocks while a model is learnt, and all score pairs. The
 * outcome is the same however many they are. Rejects where a thread fails.
 */
export async function linkInThreads(
  packed: PackedRecords,
  records: readonly LinkRecord[],
  options: Omit<LinkOptions, 'decided' | 'model' | 'blocking'>,
  { count, program }: Threads,
): Promise<Linkage> {
  const { file, policy = LINKAGE_POLICY, floor = policy.keep, onProgress = () => {} } = options;
  const workers = Array.from({ length: count - 1 }, () => workingThread(program, packed));
  try {
    const [first] = workers;
    if (!first) throw new RangeError('fewer than two threads');
    const blocked = first.ask({ kind: 'BLOCK' });
    onProgress('learn', 0, records.length);
    const model = learn(records, policy, file && acrossFiles(file));
    onProgress('block', 0, records.length);
    const { blocks, own } = (await blocked) as Extract<FromThread, { kind: 'BLOCKED' }>;
    const next = new Int32Array(new SharedArrayBuffer(4));
    const work = { blocks, own, limits: { file, floor }, next };
    const scored = Promise.all(workers.map(({ ask }) => ask({ kind: 'SCORE', ...work, model, policy })));
    const score = scorer(model, policy);
    const ours = await scoreHere({ records, score, ...work }, (done) =>
      onProgress('compare', done, blocks.count),
    );
    const theirs = (await scored) as Extract<FromThread, { kind: 'SCORED' }>[];
    const { list, compared } = joinedChunks([...ours, ...theirs.flatMap(({ chunks }) => chunks)]);
    return linkageOf({ records, model, score, list, compared, blocks: blocks.report }, options);
  } finally {
    await Promise.all(workers.map(({ end }) => end()));
  }
}

/** Between two chunks this thread hears what the others say. */
async function scoreHere(
  work: Parameters<typeof scoreChunks>[0] & { readonly blocks: Blocks; readonly own: MembersBlocks },
  onProgress: (blocksDone: number) => void,
): Promise<readonly ScoredChunk[]> {
  const chunks: ScoredChunk[] = [];
  for (const one of scoreChunks(work)) {
    chunks.push(one);
    onProgress(one.done);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return chunks;
}

function workingThread(program: string, packed: PackedRecords) {
  const worker = new Worker(program, { workerData: packed });
  return {
    /** One question at a time. */
    ask: (words: ToThread) =>
      new Promise<FromThread>((resolve, reject) => {
        const ended = (code: number) => reject(new Error(`a thread ended with ${code}`));
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', ended);
        worker.postMessage(words);
      }),
    end: () => worker.terminate(),
  };
}
