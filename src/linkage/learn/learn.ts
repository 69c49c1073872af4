import { levelIn, type PatternCounts } from '../comparisons/agreement.ts';
import { type ComparisonName, SURNAME } from '../comparisons/levels.ts';
import type { LinkRecord } from '../features.ts';
import { chanceOfSame, countFrequencies, type Frequencies } from '../frequencies.ts';
import type { Model } from '../model.ts';
import { LINKAGE_POLICY, type LinkagePolicy } from '../policy.ts';
import { type Distributions, forEachComparison, priorOf, withPrior } from './distributions.ts';
import { learnHouseholds } from './households.ts';
import { chanceOfMatch, type Maximised, maximise, type TrainingPairs } from './maximise.ts';
import { learnNamesakes } from './namesakes.ts';
import { learnParts } from './parts.ts';
import { sharedByMany } from './shared-by-many.ts';
import { randomCounts, TRAINING_RULES, trainingCounts } from './training-pairs.ts';

const NONE: ReadonlySet<ComparisonName> = new Set();
/** Pairs' worth of belief in how often different people agree. */
const U_BELIEF = 2000;
/** Pairs found by some rule change what is known of pairs at random, and the other way round; twice is enough. */
const TURNS = 2;

/**
 * Learns a model from records. The same records give the same model, in whatever order they come. `pairs` says how
 * many pairs of them can be true: all, or those across two files.
 */
export function learn(
  records: readonly LinkRecord[],
  policy: LinkagePolicy = LINKAGE_POLICY,
  pairs: number = (records.length * (records.length - 1)) / 2,
): Model {
  const sorted = isSorted(records) ? records : records.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const frequencies = countFrequencies(sorted.map(({ features }) => features));
  const generic = sharedByMany(sorted, policy);
  const random = randomCounts(sorted, generic);
  const kinds = TRAINING_RULES.map(
    (rule): TrainingPairs => ({
      ...trainingCounts(sorted, rule.keys, generic),
      agreeing: rule.agreeing,
    }),
  );
  const before = Math.min(0.1, 1 / Math.max(10, sorted.length));
  let learnt = maximise(
    kinds,
    priorOf('m'),
    learnU(random.counts, priorOf('m'), priorOf('u'), before, frequencies),
  );
  let u = priorOf('u');
  for (let turn = 0; turn < TURNS; turn += 1) {
    u = learnU(random.counts, learnt.m, u, before, frequencies);
    learnt = maximise(kinds, priorOf('m'), u);
  }
  const first = { population: sorted.length, m: learnt.m, u, frequencies, generic };
  const households = learnHouseholds(sorted, first, policy);
  return {
    ...first,
    rarity: rarityOf(sorted, kinds, learnt, pairs),
    namesakes: learnNamesakes(sorted, generic, policy, households.relatives),
    ...learnParts(sorted, { random, kinds }, first, policy),
    ...households,
  };
}

const isSorted = (records: readonly LinkRecord[]): boolean =>
  records.every((record, at) => at === 0 || (records[at - 1] as LinkRecord).key <= record.key);

/** From pairs at random, less those that look like one person's; where rarity decides, from the frequencies. */
function learnU(
  random: PatternCounts,
  m: Distributions,
  before: Distributions,
  matches: number,
  frequencies: Frequencies,
): Distributions {
  const prior = priorOf('u');
  const counts = forEachComparison((name) => prior[name].map(() => 0));
  for (const [pattern, count] of random) {
    const share = count * (1 - chanceOfMatch(pattern, m, before, matches, NONE));
    forEachComparison((name, at) => {
      const level = levelIn(pattern, at);
      if (level !== 0) counts[name][level] = (counts[name][level] as number) + share;
    });
  }
  const u = forEachComparison((name) => withPrior(name, counts[name], prior[name], U_BELIEF));
  const exact = (name: ComparisonName, share: number) =>
    u[name].map((held, level) => (level === SURNAME.EXACT ? share : held));
  return {
    ...u,
    forename: exact('forename', chanceOfSame(frequencies.given)),
    surname: exact('surname', chanceOfSame(frequencies.family)),
    born: exact('born', chanceOfSame(frequencies.year) * chanceOfSame(frequencies.monthDay)),
    order: prior.order,
    sex: prior.sex,
  };
}

/** Fewest true pairs to reckon with, so that none found does not mean that there are none. */
const FEWEST = 2;
/** Fewer true pairs of a kind than this tell nothing of how many there are in all. */
const TELLING = 20;

/**
 * How rare true pairs are, in bits. Each kind of training pairs finds those true pairs that agree on its fields; how
 * many there are in all follows from how often true pairs agree on them. The kind that finds most is believed.
 */
function rarityOf(
  records: readonly LinkRecord[],
  kinds: readonly TrainingPairs[],
  { m, matches }: Maximised,
  pairs: number,
): number {
  let most = FEWEST;
  for (const [at, { agreeing, share }] of kinds.entries()) {
    const found = matches[at] as number;
    if (found < TELLING) continue;
    let agree = 1;
    for (const name of agreeing) agree *= m[name][1] as number;
    most = Math.max(most, found / share / (agree * knownTwice(records, at)));
  }
  return Math.log2(Math.max(2, pairs / most));
}

/** The chance that both of two records have the fields that a kind of training pairs agrees on. */
function knownTwice(records: readonly LinkRecord[], kind: number): number {
  const keys = TRAINING_RULES[kind]?.keys;
  const known = records.reduce((count, { features }) => count + Number(keys?.(features).length !== 0), 0);
  return Math.max(0.0001, (known / records.length) ** 2);
}
