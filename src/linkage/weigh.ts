import type { PairAgreement } from './comparisons/agreement.ts';
import { BORN, FORENAME, ORDER, PHONE, SEX } from './comparisons/levels.ts';
import type { Features, NameValue } from './features.ts';
import { chanceOfSame, type FrequencyTable, shareOf } from './frequencies.ts';
import type { Model } from './model.ts';
import type { LinkagePolicy } from './policy.ts';
import { weighAddress } from './weigh-address.ts';
import { weighRelatives } from './weigh-relatives.ts';

/** Bits of evidence, by what they come from. Their sum is the weight of the pair. */
export interface Bits {
  forename: number;
  surname: number;
  order: number;
  born: number;
  sex: number;
  address: number;
  phone: number;
  identifier: number;
  /** Taken back where surname, address and phone together say no more than "of one household". */
  household: number;
  /** Taken back because the two may be relatives, where none were seen: see `weighRelatives`. */
  relatives: number;
  /** How much rarer, or less rare, true pairs are among these records than the thresholds are made for. */
  population: number;
}

/** `one` is either of the two: where its values are weighed they are both's. */
export type Weigher = (agreement: PairAgreement, one: Features) => Bits;

/** Makes the function that weighs agreements under one model. What does not depend on the pair is reckoned once. */
export function weigherOf(model: Model, policy: LinkagePolicy): Weigher {
  const { m, u, frequencies } = model;
  const ratio = (name: keyof Model['m']) =>
    m[name].map((share, level) => (level === 0 ? 0 : Math.log2(share / (u[name][level] as number))));
  const ratios = {
    ...{ forename: ratio('forename'), surname: ratio('surname'), order: ratio('order') },
    ...{ born: ratio('born'), phone: ratio('phone'), identifier: ratio('identifier') },
  };
  const chance = { given: chanceOfSame(frequencies.given), family: chanceOfSame(frequencies.family) };
  const population = Math.min(policy.rarityGiven, policy.rarity - model.rarity);
  const addressBits = weighAddress(model);
  const relativesBits = weighRelatives(model, policy);
  const houseCap = Math.log2(Math.max(2, model.population) / model.household);

  const nameBits = (
    what: 'forename' | 'surname',
    level: number,
    swapped: boolean,
    [a, b]: readonly [NameValue | null, NameValue | null],
  ): number => {
    if (level === 0 || a === null || b === null) return 0;
    const own = what === 'forename' ? 'given' : 'family';
    const share = (name: NameValue) =>
      swapped
        ? Math.max(shareOf(frequencies.given, name.text), shareOf(frequencies.family, name.text))
        : shareOf(frequencies[own], name.text);
    if (level === FORENAME.EXACT) return Math.log2((m[what][level] as number) / share(a));
    const bits = ratios[what][level] as number;
    if (bits <= 0 || (what === 'forename' && level === FORENAME.INITIAL)) return bits;
    const rarity = Math.log2(chance[own] / Math.max(share(a), share(b)));
    return Math.max(0, bits + policy.nearRarity * rarity);
  };

  return (agreement, one) => {
    const { names, born, sex, phone, identifier } = agreement;
    const swapped = names.order === ORDER.SWAPPED;
    const bits: Bits = {
      forename: nameBits('forename', names.forename, swapped, names.given),
      surname: nameBits('surname', names.surname, swapped, names.family),
      order: names.order === 0 ? 0 : (ratios.order[names.order] as number),
      born: bornBits(born, one, ratios.born, m.born, frequencies),
      sex: sexBits(sex, names.forename),
      address: Math.min(addressBits(agreement.address), agreement.address.crowded ? CROWDED : Infinity),
      phone: phoneBits(phone, one, ratios.phone, m.phone, frequencies.phone),
      identifier: ratios.identifier[identifier.level] as number,
      household: 0,
      relatives: 0,
      population,
    };
    const shared = Math.max(0, bits.surname) + Math.max(0, bits.address) + Math.max(0, bits.phone);
    if (shared > houseCap && bits.address > 0) bits.household = houseCap - shared;
    bits.relatives = relativesBits(agreement, totalOf(bits));
    return bits;
  };
}

/** What a house is worth, in bits, where people of many families live. */
const CROWDED = 3;

/** The sum, which is the pair's weight. */
export function totalOf(bits: Bits): number {
  return (
    bits.forename +
    bits.surname +
    bits.order +
    bits.born +
    bits.sex +
    bits.address +
    bits.phone +
    bits.identifier +
    bits.household +
    bits.relatives +
    bits.population
  );
}

function bornBits(
  level: number,
  { born }: Features,
  ratios: readonly number[],
  m: readonly number[],
  { year, monthDay }: Model['frequencies'],
): number {
  if (level === 0 || !born) return 0;
  if (level === BORN.EXACT) {
    const share = shareOf(year, born.digits.slice(0, 4)) * shareOf(monthDay, born.digits.slice(4));
    return Math.log2((m[level] as number) / share);
  }
  if (level === BORN.YEAR_SAME)
    return Math.log2((m[level] as number) / shareOf(year, born.digits.slice(0, 4)));
  return ratios[level] as number;
}

/** A forename mostly says the sex, so that where forenames agree, that the sex does too is no news. */
function sexBits(level: number, forename: number): number {
  if (level === 0) return 0;
  const known = forename !== 0 && forename < FORENAME.NEAR;
  if (level === SEX.SAME) return known ? 0.02 : 0.95;
  return known ? -1.5 : -5;
}

/** A phone that is the same is worth no more than it is rare: surgeries and hostels have one for many. */
function phoneBits(
  level: number,
  { phones: [value] }: Features,
  ratios: readonly number[],
  m: readonly number[],
  table: FrequencyTable,
): number {
  const bits = ratios[level] as number;
  if (level !== PHONE.SAME || value === undefined) return bits;
  return Math.min(bits, Math.log2((m[level] as number) / shareOf(table, value)));
}
