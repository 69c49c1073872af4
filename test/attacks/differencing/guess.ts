import type { Pair } from './pairs.ts';

/** A count as it was answered: null where it is suppressed or refused. */
export type Answer = number | null;

/** One pair as it was answered, and whether the secret was true. */
export interface Observation {
  readonly strategy: Pair['strategy'];
  readonly first: Answer;
  readonly second: Answer;
  readonly isTrue: boolean;
}

/** How often a guess is right. */
export interface Guessing {
  readonly right: number;
  readonly pairs: number;
  /** Pairs of which both counts were told. */
  readonly told: number;
}

/**
 * The best guess that can be learnt: what each answer meant, by strategy, in the first half of what was observed, tried on the
 * second half; a coin where an answer is new. Of each strategy, for the attacker would keep to the best.
 */
export function bestGuesses(observations: readonly Observation[]): Map<string, Guessing> {
  const guesses = new Map<string, Guessing>();
  for (const strategy of new Set(observations.map((one) => one.strategy))) {
    const seen = observations.filter((one) => one.strategy === strategy);
    const half = Math.floor(seen.length / 2);
    const [learnt, tried] = [seen.slice(0, half), seen.slice(half)];
    const meaning = new Map<string, number>();
    for (const one of learnt) meaning.set(looks(one), (meaning.get(looks(one)) ?? 0) + (one.isTrue ? 1 : -1));
    const right = tried.reduce((sum, one) => {
      const lean = meaning.get(looks(one)) ?? 0;
      return sum + (lean === 0 ? 0.5 : lean > 0 === one.isTrue ? 1 : 0);
    }, 0);
    const told = seen.filter(({ first, second }) => first !== null && second !== null).length;
    guesses.set(strategy, { right: right / tried.length, pairs: seen.length, told });
  }
  return guesses;
}

/** What the attacker looks at: which count is greater, or which of them is not told. */
function looks({ first, second }: Observation): string {
  if (first === null || second === null) return `${first === null} ${second === null}`;
  return String(Math.sign(first - second));
}
