import type { BirthDate, Features } from '../features.ts';
import type { Model } from '../model.ts';
import { oneEditApart } from '../word-likeness.ts';
import { type AddressAgreement, compareAddresses } from './address.ts';
import { type Commonplace, commonplaceOf, NOTHING_COMMON } from './commonplace.ts';
import { BORN, PART_NAMES, type PartName, SEX } from './levels.ts';
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
  const common = commonplaceOf(generic);
  return {
    names: compareNames(a.names, b.names),
    born: bornLevel(a.born, b.born, common),
    vague: (a.born !== null && common.isVague(a.born)) || (b.born !== null && common.isVague(b.born)),
    sex: a.sex === null || b.sex === null ? 0 : a.sex === b.sex ? SEX.SAME : SEX.DIFFERENT,
    address: compareAddresses(a.addresses, b.addresses, common),
    phone: phoneLevel(a.phones, b.phones, common),
    identifier: compareIdentifiers(a.identifiers, b.identifiers, common.isGeneric),
  };
}

/** The levels of all comparisons in one whole number, four bits each, in the order of `COMPARISON_NAMES`. */
export type AgreementPattern = number;

export function patternOf({ names, born, sex, address, phone, identifier }: PairAgreement): AgreementPattern {
  const { forename, surname, order } = names;
  const ahead = forename | (surname << 4) | (order << 8) | (born << 12) | (sex << 16);
  return (ahead | (address.level << 20) | (phone << 24) | (identifier.level << 28)) >>> 0;
}

export const levelIn = (pattern: AgreementPattern, comparison: number): number =>
  (pattern >>> (comparison * 4)) & 15;

/** How often each pattern was seen. */
export type PatternCounts = Map<AgreementPattern, number>;

/** The levels of all parts of an address in one whole number, two bits each, in the order of `PART_NAMES`. */
type PartsPattern = number;

/** Pairs as they were seen: how often each pattern, and how often each way in which the addresses agreed with it. */
export interface SeenPairs {
  readonly counts: PatternCounts;
  readonly addresses: ReadonlyMap<AgreementPattern, ReadonlyMap<PartsPattern, number>>;
}

/** Makes a count of pairs, and what adds one to it. */
export function countPairs(): { readonly seen: SeenPairs; add(agreement: PairAgreement): void } {
  const counts: PatternCounts = new Map();
  const addresses = new Map<AgreementPattern, Map<PartsPattern, number>>();
  return {
    seen: { counts, addresses },
    add(agreement) {
      const pattern = patternOf(agreement);
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
      const parts = partsPatternOf(agreement.address.parts);
      if (parts === 0) return;
      const known = addresses.get(pattern);
      if (known) known.set(parts, (known.get(parts) ?? 0) + 1);
      else addresses.set(pattern, new Map([[parts, 1]]));
    },
  };
}

function partsPatternOf(parts: PairAgreement['address']['parts']): PartsPattern {
  const { place, postcode, suburb, state, street, locality, number } = parts;
  const area = place | (postcode << 2) | (suburb << 4) | (state << 6);
  return area | (street << 8) | (locality << 10) | (number << 12);
}

export const partsIn = (pattern: PartsPattern): PairAgreement['address']['parts'] =>
  Object.fromEntries(PART_NAMES.map((name, at) => [name, (pattern >>> (at * 2)) & 3])) as Record<
    PartName,
    number
  >;

/** How two dates of birth agree: a level of `BORN`, 0 if one is missing. */
export function bornLevel(
  a: BirthDate | null,
  b: BirthDate | null,
  common: Commonplace = NOTHING_COMMON,
): number {
  if (a === null || b === null) return 0;
  if (!a.full || !b.full) return yearLevel(a.year, b.year);
  if (a.digits === b.digits) return common.isVague(a) ? BORN.YEAR_SAME : BORN.EXACT;
  if (common.isVague(a) || common.isVague(b)) return yearLevel(a.year, b.year);
  if (a.year === b.year && a.month === b.day && a.day === b.month) return BORN.SWAPPED;
  if (oneEditApart(a.digits, b.digits)) return BORN.ONE_EDIT;
  const agreeing = Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day);
  if (agreeing === 2) return BORN.TWO_PARTS;
  return a.year === b.year ? BORN.SAME_YEAR : BORN.DIFFERENT;
}

function yearLevel(one: number, other: number): number {
  if (one === other) return BORN.YEAR_SAME;
  return Math.abs(one - other) <= 2 ? BORN.YEAR_NEAR : BORN.YEAR_DIFFERENT;
}
