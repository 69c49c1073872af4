import type { Linkage } from '../../linkage/link-records.ts';
import { LINKAGE_POLICY } from '../../linkage/policy.ts';
import type { Quality } from './quality.ts';

const EVERY_MS = 1000;

/** Says how far a step is, how fast it goes and how long it will take, at most once a second. */
export type Progress = (step: string, done: number, of: number | null) => void;

export function progressTo(err: (text: string) => void, now: () => number): Progress {
  let current = '';
  let started = 0;
  let said = 0;
  return (step, done, of) => {
    const time = now();
    if (step !== current) [current, started, said] = [step, time, time];
    if (time - said < EVERY_MS || done === 0) return;
    said = time;
    const rate = done / ((time - started) / 1000);
    const share = of === null ? `${done}` : `${done} of ${of}`;
    const left = of === null ? '' : `, ${Math.ceil((of - done) / rate)} s left`;
    err(`${step}: ${share}, ${Math.round(rate)} a second${left}\n`);
  };
}

/** What a run cost: each stage in the order they came, and the most memory that was seen. */
interface Cost {
  readonly stages: ReadonlyMap<string, StageCost>;
  /** Bytes of the JavaScript heap in use, as seen at each word of progress. */
  readonly heap: number;
  /** Bytes of the whole process, as the operating system counts them. */
  readonly resident: number;
}
interface StageCost {
  /** By the clock. */
  readonly seconds: number;
  /** Of processors, which other programs on the machine do not lengthen. */
  readonly processor: number;
}

export interface StageMeter {
  /** A stage begins, or goes on. */
  at(stage: string): void;
  /** Ends the last stage. */
  cost(): Cost;
}

/** Measures stages that follow one another. `now` gives milliseconds. */
export function stageMeter(now: () => number): StageMeter {
  const stages = new Map<string, StageCost>();
  let current: string | null = null;
  let since = { now: now(), cpu: process.cpuUsage() };
  let heap = 0;
  const at = (stage: string | null) => {
    heap = Math.max(heap, process.memoryUsage().heapUsed);
    if (stage === current) return;
    const { user, system } = process.cpuUsage(since.cpu);
    const seconds = (now() - since.now) / 1000;
    if (current !== null) stages.set(current, { seconds, processor: (user + system) / 1e6 });
    [current, since] = [stage, { now: now(), cpu: process.cpuUsage() }];
  };
  return {
    at,
    cost: () => {
      at(null);
      return { stages, heap, resident: process.resourceUsage().maxRSS * 1024 };
    },
  };
}

/** What was done, how much of it, how fast and at what cost. */
export function summaryText(records: number, linkage: Linkage, { stages, heap, resident }: Cost): string {
  const { compared, blocks, person } = linkage;
  const people = person.reduce((count, first, at) => count + Number(first === at), 0);
  const counts = { MATCH: 0, REVIEW: 0, NONE: 0 };
  for (const { decision } of linkage.links()) counts[decision] += 1;
  const sum = (of: (one: StageCost) => number) => [...stages.values()].reduce((all, one) => all + of(one), 0);
  const told = [...stages].map(([stage, { seconds }]) => `${stage} ${seconds.toFixed(1)}`).join(', ');
  const each = [...stages]
    .map(([stage, { processor }]) => `${stage} ${micro(processor / records)}`)
    .join(', ');
  const comparing = stages.get('compare')?.seconds || 0.001;
  const lines = [
    `records ${records}, people ${people}`,
    `pairs: ${counts.MATCH} MATCH, ${counts.REVIEW} REVIEW, ${compared} compared`,
    `blocks: ${blocks.blocks}; ${blocks.split} too large and split (the largest had ${blocks.largest}), ${blocks.windowed} of them down to neighbours`,
    `time: ${sum(({ seconds }) => seconds).toFixed(1)} s (${told}); ${Math.round(compared / comparing)} pairs a second compared`,
    `cost of a record: ${(compared / records).toFixed(1)} pairs; ${micro(sum(({ processor }) => processor) / records)} µs of processor (${each})`,
    `memory: heap ${megabytes(heap)} MB at most, process ${megabytes(resident)} MB at most`,
    `policy ${LINKAGE_POLICY.version}: MATCH from ${LINKAGE_POLICY.match} bits, REVIEW from ${LINKAGE_POLICY.keep}`,
  ];
  return `${lines.join('\n')}\n`;
}

const micro = (seconds: number): string => (seconds * 1e6).toFixed(0);
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

/** The figures against the truth. */
export function qualityText(quality: Quality): string {
  const share = (value: number) => value.toFixed(5);
  const lines = [
    `true pairs ${quality.truePairs}`,
    `MATCH: precision ${share(quality.precision)} (${quality.falseMatches} false), recall ${share(quality.recall)}, F1 ${share(quality.f1)}`,
    `MATCH + REVIEW: recall ${share(quality.recallWithReview)} (${quality.missed} missed), ${quality.reviews} to review, ${quality.trueReviews} of them true`,
    `best F1 ${share(quality.best.f1)} from ${quality.best.bits.toFixed(1)} bits`,
  ];
  return `${lines.join('\n')}\n`;
}
