import {
  BORN,
  COMPARISON_NAMES,
  COMPARISONS,
  type ComparisonName,
  type Levels,
} from '../comparisons/levels.ts';
import type { Distribution } from '../model.ts';

export type Distributions = Readonly<Record<ComparisonName, Distribution>>;

/** Levels that share out one whole: a date of which only the year is known is another case than a full one. */
function groupOf(name: ComparisonName, level: number): number {
  return name === 'born' && level >= BORN.YEAR_SAME ? 1 : 0;
}

export function priorOf(which: 'm' | 'u'): Distributions {
  return forEachComparison((name) => [0, ...COMPARISONS[name].map((level) => level[which])]);
}

export function forEachComparison<T>(
  make: (name: ComparisonName, at: number) => T,
): Record<ComparisonName, T> {
  return Object.fromEntries(COMPARISON_NAMES.map((name, at) => [name, make(name, at)])) as Record<
    ComparisonName,
    T
  >;
}

/**
 * What was counted, and `belief` pairs' worth of what was held before (a Dirichlet prior), so that a place of a few
 * hundred records gets sensible values and a large one its own.
 */
export function withPrior(
  name: ComparisonName,
  counts: readonly number[],
  prior: Distribution,
  belief: number,
): Distribution {
  const totals = [0, 0];
  const priors = [0, 0];
  for (let level = 1; level < prior.length; level += 1) {
    const group = groupOf(name, level);
    totals[group] = (totals[group] as number) + (counts[level] ?? 0);
    priors[group] = (priors[group] as number) + (prior[level] as number);
  }
  return prior.map((share, level) => {
    if (level === 0) return 0;
    const group = groupOf(name, level);
    const held = share / (priors[group] as number);
    return ((counts[level] ?? 0) + belief * held) / ((totals[group] as number) + belief);
  });
}

/** The same for the levels of one part of an address. */
export function partWithPrior(
  levels: Levels,
  which: 'm' | 'u',
  counts: readonly number[],
  belief: number,
): Distribution {
  const total = counts.reduce((sum, count) => sum + count, 0) + belief;
  return [0, ...levels.map((level, at) => ((counts[at + 1] ?? 0) + belief * level[which]) / total)];
}
