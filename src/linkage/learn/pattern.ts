import type { Agreement } from '../comparisons/agreement.ts';
import { COMPARISON_NAMES, type ComparisonName } from '../comparisons/levels.ts';

/** The levels of all comparisons in one whole number, four bits each, in the order of `COMPARISON_NAMES`. */
export type Pattern = number;

export function patternOf({ names, born, sex, address, phone, identifier }: Agreement): Pattern {
  const levels: Record<ComparisonName, number> = {
    forename: names.forename,
    surname: names.surname,
    order: names.order,
    born,
    sex,
    address: address.level,
    phone,
    identifier: identifier.level,
  };
  return COMPARISON_NAMES.reduce((pattern, name, at) => pattern | (levels[name] << (at * 4)), 0) >>> 0;
}

export const levelIn = (pattern: Pattern, comparison: number): number => (pattern >>> (comparison * 4)) & 15;

/** How often each pattern was seen. */
export type PatternCounts = Map<Pattern, number>;

export function countPattern(counts: PatternCounts, pattern: Pattern): void {
  counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
}
