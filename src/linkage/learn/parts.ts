import { compareAddresses } from '../comparisons/address.ts';
import { agreementOf, patternOf } from '../comparisons/agreement.ts';
import { ADDRESS, PART_NAMES, PARTS, type PartName } from '../comparisons/levels.ts';
import type { LinkRecord } from '../features.ts';
import type { Model } from '../model.ts';
import type { LinkagePolicy } from '../policy.ts';
import { agreesOnArea } from '../weigh-address.ts';
import { type Distributions, partWithPrior } from './distributions.ts';
import { chanceOfMatch } from './maximise.ts';
import { TRAINING_RULES, visitRandom, visitSharing } from './training-pairs.ts';

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

/** Learns the parts of an address from pairs that are surely one person's, or surely not, by all else. */
export function learnParts(
  records: readonly LinkRecord[],
  model: Pick<Model, 'generic' | 'frequencies' | 'population'> & { m: Distributions; u: Distributions },
  policy: LinkagePolicy,
): Learnt {
  const found = { m: empty(), u: empty(), same: empty(), known: 0, moved: 0 };
  const countParts = (matches: number) => (a: LinkRecord, b: LinkRecord) => {
    const agreement = agreementOf(a.features, b.features, model.generic);
    const { level, parts } = agreement.address;
    if (level === 0) return;
    const chance = chanceOfMatch(patternOf(agreement), model.m, model.u, matches, WITHOUT_ADDRESS);
    if (chance > CERTAIN) {
      found.known += 1;
      if (level === ADDRESS.DIFFERENT) found.moved += 1;
      else for (const name of PART_NAMES) add(found.m, name, parts[name]);
    } else if (chance < 1 - CERTAIN) {
      for (const name of PART_NAMES) {
        if (agreesOnArea(name, parts)) add(found.same, name, parts[name]);
      }
    }
  };
  for (const { keys } of TRAINING_RULES) visitSharing(records, keys, countParts(0.3));
  visitSharing(
    records,
    ({ addresses }) => addresses.flatMap(({ postcode }) => postcode ?? []),
    countParts(0.02),
  );
  visitSharing(records, ({ addresses }) => addresses.flatMap(({ suburb }) => suburb ?? []), countParts(0.02));
  visitRandom(records, (a, b) => {
    const { parts } = compareAddresses(a.features.addresses, b.features.addresses, model.generic);
    for (const name of PART_NAMES) if (!agreesOnArea(name, parts)) add(found.u, name, parts[name]);
  });
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

const forEachPart = <T>(of: (name: PartName) => T): Record<PartName, T> =>
  Object.fromEntries(PART_NAMES.map((name) => [name, of(name)])) as Record<PartName, T>;
const empty = (): Counts => forEachPart(() => [0, 0, 0, 0]);

function add(counts: Counts, name: PartName, level: number): void {
  if (level !== 0) counts[name][level] = (counts[name][level] as number) + 1;
}
