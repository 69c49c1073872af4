import { type AgreementPattern, levelIn, type SeenPairs } from '../comparisons/agreement.ts';
import { COMPARISON_NAMES, type ComparisonName } from '../comparisons/levels.ts';
import { type Distributions, forEachComparison, withPrior } from './distributions.ts';

/** Pairs that agree on some fields by the way they were found, so that nothing can be learnt about those from them. */
export interface TrainingPairs extends SeenPairs {
  readonly agreeing: ReadonlySet<ComparisonName>;
  /** How many of all such pairs these are: 0 to 1. */
  readonly share: number;
}

export interface Maximised {
  readonly m: Distributions;
  /** For each kind, how many of its pairs are expected to be true. */
  readonly matches: readonly number[];
}

const ROUNDS = 25;
/** Pairs' worth of belief in what was held before. */
export const PRIOR_BELIEF = 40;

/** The chance that a pair with this pattern is one person's, before rarity is looked at. `prior` is that of any pair. */
export function chanceOfMatch(
  pattern: AgreementPattern,
  m: Distributions,
  u: Distributions,
  prior: number,
  skip: ReadonlySet<ComparisonName>,
): number {
  let odds = prior / (1 - prior);
  for (const [at, name] of COMPARISON_NAMES.entries()) {
    const level = levelIn(pattern, at);
    if (level !== 0 && !skip.has(name)) odds *= (m[name][level] as number) / (u[name][level] as number);
  }
  return odds / (1 + odds);
}

/**
 * Learns m by expectation–maximisation with u held fast (Winkler 1988): each kind of training pairs by itself, since
 * they differ in how many are true; then the expected counts of all kinds together.
 */
export function maximise(kinds: readonly TrainingPairs[], prior: Distributions, u: Distributions): Maximised {
  const counts = forEachComparison((name) => prior[name].map(() => 0));
  const matches = kinds.map((kind) => addExpected(counts, kind, prior, u));
  return {
    m: forEachComparison((name) => withPrior(name, counts[name], prior[name], PRIOR_BELIEF)),
    matches,
  };
}

function addExpected(
  counts: Counts,
  { counts: seen, agreeing }: TrainingPairs,
  prior: Distributions,
  u: Distributions,
): number {
  const patterns = [...seen].toSorted(([one], [other]) => one - other);
  let turn = expect(patterns, prior, u, 0.3, agreeing);
  for (let round = 1; round < ROUNDS; round += 1) {
    const share = Math.min(0.999, Math.max(0.001, (turn.matches + 1) / (turn.pairs + 2)));
    const m = forEachComparison((name) => withPrior(name, turn.levels[name], prior[name], PRIOR_BELIEF));
    turn = expect(patterns, m, u, share, agreeing);
  }
  for (const name of COMPARISON_NAMES) {
    if (agreeing.has(name)) continue;
    for (const [level, count] of turn.levels[name].entries())
      counts[name][level] = (counts[name][level] as number) + count;
  }
  return turn.matches;
}

type Counts = Record<ComparisonName, number[]>;

/** One step of expectation: how many pairs at each level are true. */
function expect(
  patterns: readonly (readonly [AgreementPattern, number])[],
  m: Distributions,
  u: Distributions,
  share: number,
  agreeing: ReadonlySet<ComparisonName>,
): { levels: Counts; matches: number; pairs: number } {
  const levels = forEachComparison((name) => m[name].map(() => 0));
  let [matches, pairs] = [0, 0];
  for (const [pattern, count] of patterns) {
    const expected = count * chanceOfMatch(pattern, m, u, share, agreeing);
    matches += expected;
    pairs += count;
    for (const [at, name] of COMPARISON_NAMES.entries()) {
      const level = levelIn(pattern, at);
      if (level !== 0) levels[name][level] = (levels[name][level] as number) + expected;
    }
  }
  return { levels, matches, pairs };
}
