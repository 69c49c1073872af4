import { createHash } from 'node:crypto';
import { KEYS, LAST_COUNT, type PerturbationTable, tableOf } from './perturbation-table.ts';

/**
 * The parameters of our own table, derived in docs/counting.md. Noise is a whole number from −furthest to +furthest; `ratio` is
 * how much rarer each further step is, before counts of keys are rounded to whole ones.
 */
export const OWN_TABLE = { furthest: 10, ratio: 0.74, fewestKeys: 2 } as const;

/**
 * How many of the 256 cell keys add how much to a count: of all distributions with mean 0 and the same mean distance from the
 * true count, the one of maximum entropy (a two-sided geometric one), cut off at ±10 and where a count would become
 * less than nothing.
 */
export function ownNoise(people: number): Map<number, number> {
  const { furthest, ratio, fewestKeys } = OWN_TABLE;
  const steps = Array.from({ length: 2 * furthest + 1 }, (_, at) => at - furthest).filter(
    (step) => people + step >= 0,
  );
  const tilt = zeroMeanTilt(steps);
  const weights = steps.map((step) => ratio ** Math.abs(step) * tilt ** step);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (weight / total) * KEYS);
  const keys = exact.map((share) => Math.max(fewestKeys, Math.round(share)));
  balance(steps, exact, keys);
  return new Map(steps.map((step, at) => [step, keys[at] ?? 0]));
}

let own: PerturbationTable | undefined;

/**
 * Our own perturbation table, counts from 1: which keys add what is drawn for each count by itself, by a hash. It is the same
 * always, so a process works it out once.
 */
export function ownPerturbationTable(): PerturbationTable {
  own ??= drawTable();
  return own;
}

function drawTable(): PerturbationTable {
  const noise = new Int16Array((LAST_COUNT + 1) * KEYS);
  // From the furthest step on nothing is cut off, so all counts have the same noise.
  const noises = Array.from({ length: OWN_TABLE.furthest }, (_, at) => [...ownNoise(at + 1)]);
  for (let people = 1; people <= LAST_COUNT; people += 1) {
    const order = drawOrder(people);
    let at = 0;
    for (const [step, keys] of noises[Math.min(people, OWN_TABLE.furthest) - 1] ?? [])
      for (let taken = 0; taken < keys; taken += 1, at += 1) noise[people * KEYS + (order[at] ?? 0)] = step;
  }
  return tableOf(noise, 1);
}

/** The keys in the order of what the hash of a count gives each of them, eight bytes for every key. */
function drawOrder(people: number): number[] {
  const drawn = createHash('shake256', { outputLength: 8 * KEYS })
    .update(String(people))
    .digest();
  const halves = Array.from({ length: 2 * KEYS }, (_, half) => drawn.readUInt32BE(4 * half));
  const half = (at: number) => halves[at] ?? 0;
  return Array.from({ length: KEYS }, (_, key) => key).sort(
    (a, b) => half(2 * a) - half(2 * b) || half(2 * a + 1) - half(2 * b + 1),
  );
}

/** The factor by which each step up is likelier, so that the mean is 0: 1 where noise may go as far down as up. */
function zeroMeanTilt(steps: readonly number[]): number {
  const meanAt = (tilt: number) =>
    steps.reduce((sum, step) => sum + step * OWN_TABLE.ratio ** Math.abs(step) * tilt ** step, 0);
  let [low, high] = [0.01, 1];
  if (meanAt(1) === 0) return 1;
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (meanAt(middle) > 0) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Moves single keys until there are 256 and the mean is 0, each time where it departs least from the exact shares. */
function balance(steps: readonly number[], exact: readonly number[], keys: number[]): void {
  const at = (step: number) => steps.indexOf(step);
  const spare = () => KEYS - keys.reduce((sum, count) => sum + count, 0);
  // No noise moves no mean.
  keys[at(0)] = (keys[at(0)] ?? 0) + spare();
  const mean = () => steps.reduce((sum, step, place) => sum + step * (keys[place] ?? 0), 0);
  for (let excess = mean(); excess !== 0; excess = mean()) {
    const down = Math.sign(excess);
    const costs = steps.map((step, from) => {
      const to = at(step - down);
      if (to < 0 || (keys[from] ?? 0) <= OWN_TABLE.fewestKeys) return Number.POSITIVE_INFINITY;
      const departure = (place: number, change: number) =>
        ((keys[place] ?? 0) + change - (exact[place] ?? 0)) ** 2 / (exact[place] ?? 1);
      return departure(from, -1) + departure(to, 1) - departure(from, 0) - departure(to, 0);
    });
    const from = costs.indexOf(Math.min(...costs));
    const to = at((steps[from] ?? 0) - down);
    keys[from] = (keys[from] ?? 0) - 1;
    keys[to] = (keys[to] ?? 0) + 1;
  }
}
