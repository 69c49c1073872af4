/** What a run cost: each stage in the order they came, and the most memory that was seen. */
export interface Cost {
  readonly stages: ReadonlyMap<string, StageCost>;
  /** Bytes of the JavaScript heap in use, as seen at each word of progress. */
  readonly heap: number;
  /** Bytes of the whole process, as the operating system counts them. */
  readonly resident: number;
}
export interface StageCost {
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
