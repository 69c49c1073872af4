import type { Features } from '../features.ts';
import { genericKey, type Model } from '../model.ts';
import { type AddressAgreement, compareAddresses } from './address.ts';
import { bornLevel, isVague } from './born.ts';
import { COMPARISON_NAMES, type ComparisonName, SEX } from './levels.ts';
import { compareNames, type NameAgreement } from './names.ts';
import { compareIdentifiers, type IdentifierAgreement, phoneLevel } from './shared-values.ts';

/** How two records agree on everything, before it is weighed. */
export interface PairAgreement {
  readonly names: NameAgreement;
  readonly born: number;
  /** The day is one that registers fill in for people who do not know theirs: at most the year is known. */
  readonly vague: boolean;
  readonly sex: number;
  readonly address: AddressAgreement;
  readonly phone: number;
  readonly identifier: IdentifierAgreement;
}

/** Compares two records. Symmetric in all that is weighed. */
export function agreementOf(a: Features, b: Features, generic: Model['generic']): PairAgreement {
  return {
    names: compareNames(a.names, b.names),
    born: bornLevel(a.born, b.born, generic),
    vague: isVague(a.born, generic) || isVague(b.born, generic),
    sex: a.sex === null || b.sex === null ? 0 : a.sex === b.sex ? SEX.SAME : SEX.DIFFERENT,
    address: compareAddresses(a.addresses, b.addresses, generic),
    phone: phoneLevel(a.phones, b.phones, generic),
    identifier: compareIdentifiers(
      a.identifiers,
      b.identifiers,
      (one) => one.trust === 'GENERIC' || (generic.size > 0 && generic.has(genericKey(one))),
    ),
  };
}

/** The levels of all comparisons in one whole number, four bits each, in the order of `COMPARISON_NAMES`. */
export type Pattern = number;

export function patternOf({ names, born, sex, address, phone, identifier }: PairAgreement): Pattern {
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
