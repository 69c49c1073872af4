import type { LinkRecord } from '../features.ts';
import type { Maximised, TrainingPairs } from './maximise.ts';
import { TRAINING_RULES } from './training-pairs.ts';

/** Fewest true pairs to reckon with, so that none found does not mean that there are none. */
const FEWEST = 2;
/** Fewer true pairs of a kind than this tell nothing of how many there are in all. */
const TELLING = 20;

/**
 * How rare true pairs are, in bits. Each kind of training pairs finds those true pairs that agree on its fields; how
 * many there are in all follows from how often true pairs agree on them. The kind that finds most is believed.
 */
export function rarityOf(
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
