import { parentPort, workerData } from 'node:worker_threads';
import { matchPending } from '../person-index/match/match-pending.ts';
import { openStore } from '../store/store.ts';
import type { MatchWork } from './match-in-worker.ts';

// The program of a thread: matches all that waits, says how far it is, and ends.
const { storeUrl, now, statementTimeoutMs } = workerData as MatchWork;
const store = openStore(storeUrl, { connections: 1, connectTimeoutMs: 60_000, statementTimeoutMs });
try {
  await matchPending(store.db, { now, onProgress: (progress) => parentPort?.postMessage(progress) });
} finally {
  await store.close();
}
