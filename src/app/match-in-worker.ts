import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { MatchAll, MatchProgress } from '../person-index/match/match-pending.ts';

/** What the thread is given. */
export interface MatchWork {
  storeUrl: string;
  now: Date;
  statementTimeoutMs: number;
}

/** Learning from 200,000 records takes some hundred megabytes; a part that is matched much less. */
const HEAP_MB = 2_048;
const STATEMENT_TIMEOUT_MS = 120_000;
const isBuilt = import.meta.url.endsWith('.js');

export interface MatchingThread {
  matchAll: MatchAll;
  /** Ends what is under way between two statements; the next start goes on from there. */
  stop(): Promise<void>;
}

/**
 * Matching in a thread of its own, with its own connection, so that learning and scoring keep no request waiting.
 * Undefined where the program runs from its sources, which a thread cannot read: then it is done in this one.
 */
export function matchInWorker(root: string, storeUrl: string): MatchingThread | undefined {
  if (!isBuilt) return undefined;
  const program = join(root, 'dist/src/app/match-worker.js');
  const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB };
  const running = new Set<Worker>();
  return {
    matchAll: ({ now, onProgress = () => {} }) =>
      new Promise((resolve, reject) => {
        const work: MatchWork = { storeUrl, now, statementTimeoutMs: STATEMENT_TIMEOUT_MS };
        const worker = new Worker(program, { workerData: work, resourceLimits });
        running.add(worker);
        worker.on('message', (progress: MatchProgress) => onProgress(progress));
        worker.on('error', reject);
        worker.on('exit', (code) => {
          running.delete(worker);
          if (code === 0) resolve();
          else reject(new Error(`matching ended with ${code}`));
        });
      }),
    async stop() {
      await Promise.all([...running].map((worker) => worker.terminate()));
    },
  };
}
