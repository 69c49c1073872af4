import { levelIn, partsIn, type SeenPairs } from '../comparisons/agreement.ts';
import { ADDRESS, COMPARISON_NAMES, PART_NAMES, PARTS, type PartName } from '../comparisons/levels.ts';
import type { LinkRecord } from '../features.ts';
import type { Model } from '../model.ts';
import type { LinkagePolicy } from '../policy.ts';
import { agreesOnArea } from '../weigh-address.ts';
import { type Distributions, partWithPrior } from './distributions.ts';
import { chanceOfMatch } from './maximise.ts';
import { type TrainingRule, trainingCounts } from './training-pairs.ts';

type Learnt = Pick<Model, 'partM' | 'partU' | 'partWithin' | 'moved'>;
type Counts = Record<PartName, number[]>;

/** Pairs' worth of belief in what was held before. */
const BELIEF = 20;
const CERTAIN = 0.98;
const WITHOUT_ADDRESS = new Set(['address'] as const);
/** What is held of neighbours before any are seen: the chance that the part agrees where the area does. */
const AMONG_NEIGHBOURS: Readonly<Record<PartName, number>> = {
  ...{ place: 0.05, postcode: 0.5, suburb: 0.6, state: 0.97, street: 0.15, locality: 0.2, number: 0.02 },
};

/**
 * Learns the parts of an address from pairs that are surely one person's, or surely not, by all else: those that the model
 * was learnt from, and neighbours.
 */
export function learnParts(
  records: readonly LinkRecord[],
  { random, kinds }: { readonly random: SeenPairs; readonly kinds: readonly SeenPairs[] },
  model: Pick<Model, 'generic'> & { m: Distributions; u: Distributions },
  policy: LinkagePolicy,
): Learnt {
  const found = { m: empty(), u: empty(), same: empty(), known: 0, moved: 0 };
  const countParts = ({ addresses }: SeenPairs, matches: number) => {
    for (const [pattern, ways] of addresses) {
      const level = levelIn(pattern, ADDRESS_AT);
      if (level === 0) continue;
      const chance = chanceOfMatch(pattern, model.m, model.u, matches, WITHOUT_ADDRESS);
      if (chance > 1 - CERTAIN && chance <= CERTAIN) continue;
      for (const [parts, count] of ways) countWays(level, partsIn(parts), count, chance > CERTAIN);
    }
  };
  const countWays = (level: number, parts: ReturnType<typeof partsIn>, count: number, isOne: boolean) => {
    if (isOne) {
      found.known += count;
      if (level === ADDRESS.DIFFERENT) found.moved += count;
      else for (const name of PART_NAMES) add(found.m, name, parts[name], count);
    } else
      for (const name of PART_NAMES) {
        if (agreesOnArea(name, parts)) add(found.same, name, parts[name], count);
      }
  };
  for (const kind of kinds) countParts(kind, 0.3);
  for (const neighbours of NEIGHBOURS) countParts(trainingCounts(records, neighbours, model.generic), 0.02);
  for (const [, ways] of random.addresses) {
    for (const [pattern, count] of ways) {
      const parts = partsIn(pattern);
      for (const name of PART_NAMES) if (!agreesOnArea(name, parts)) add(found.u, name, parts[name], count);
    }
  }
  const moved = (found.moved + BELIEF * policy.moved) / (found.known + BELIEF);
  return {
    partM: forEachPart((name) => partWithPrior(PARTS[name], 'm', found.m[name], BELIEF)),
    partU: forEachPart((name) => partWithPrior(PARTS[name], 'u', found.u[name], BELIEF * 10)),
    partWithin: forEachPart((name) => {
      const [, same = 0, near = 0, different = 0] = found.same[name];
      return (same + BELIEF * AMONG_NEIGHBOURS[name]) / (same + near + different + BELIEF);
    }),
    moved: Math.max(0.001, moved),
  };
}

/** Of one postcode, of one suburb. */
const NEIGHBOURS: readonly TrainingRule['keys'][] = [
  ({ addresses }) => addresses.flatMap(({ postcode }) => postcode ?? []),
  ({ addresses }) => addresses.flatMap(({ suburb }) => suburb ?? []),
];
const ADDRESS_AT = COMPARISON_NAMES.indexOf('address');

const forEachPart = <T>(of: (name: PartName) => T): Record<PartName, T> =>
  Object.fromEntries(PART_NAMES.map((name) => [name, of(name)])) as Record<PartName, T>;
const empty = (): Counts => forEachPart(() => [0, 0, 0, 0]);

function add(counts: Counts, name: PartName, level: number, count: number): void {
  if (level !== 0) counts[name][level] = (counts[name][level] as number) + count;
}
