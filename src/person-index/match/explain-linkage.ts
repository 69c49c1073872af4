import { scorer } from '../../linkage/compare.ts';
import type { AddressAgreement } from '../../linkage/comparisons/address.ts';
import {
  ADDRESS,
  BORN,
  FORENAME,
  IDENTIFIER,
  ORDER,
  PART,
  SEX,
  SURNAME,
} from '../../linkage/comparisons/levels.ts';
import { compareIdentifiers } from '../../linkage/comparisons/shared-values.ts';
import type { Features } from '../../linkage/features.ts';
import type { Model } from '../../linkage/model.ts';
import { INDEX_POLICY } from '../../linkage/policy.ts';
import { VETO_WORDS } from '../../linkage/vetoes.ts';
import type { Bits } from '../../linkage/weigh.ts';
import type { FeatureComparison } from '../../store/tables.ts';
import type { Explanation } from '../records/matcher.ts';

type Agreement = FeatureComparison['agreement'];

/** The waterfall of bits: what each feature of two records weighs. The bits of all comparisons sum to the weight. */
export function explainLinkage(one: Features, other: Features, model: Model): Explanation {
  const { agreement, bits, total, veto } = scorer(model, INDEX_POLICY)(one, other);
  const { names, born, sex, address, identifier } = agreement;
  const comparisons: FeatureComparison[] = [
    comparison('givenName', stands(names.forename, FORENAME.EXACT, FORENAME.DIFFERENT), bits.forename),
    comparison('familyName', stands(names.surname, SURNAME.EXACT, SURNAME.DIFFERENT), bits.surname),
    comparison('dateOfBirth', bornStands(born), bits.born),
    comparison('sex', stands(sex, SEX.SAME, SEX.DIFFERENT), bits.sex),
    comparison('postcode', placeAgreement(address), bits.address),
    ...systems(one, other).map((system) => numbered(system, one, other, identifier.type, bits)),
  ];
  const rest: FeatureComparison[] = [
    comparison('nameOrder', names.order === ORDER.SWAPPED ? 'DIFFERS' : 'AGREES', bits.order),
    comparison('household', 'AGREES', bits.household),
    comparison('relatives', 'UNKNOWN', bits.relatives),
    comparison('population', 'UNKNOWN', bits.population),
  ];
  return {
    comparisons: [...comparisons, ...rest.filter(isWorthTelling)],
    weightBits: total,
    heldBack: veto && VETO_WORDS[veto],
  };
}

const comparison = (feature: string, agreement: Agreement, bits: number): FeatureComparison => ({
  feature,
  agreement,
  bits,
});
const isWorthTelling = ({ bits }: FeatureComparison): boolean => Math.abs(bits ?? 0) >= 0.05;

function stands(level: number, same: number, different: number): Agreement {
  if (level === 0) return 'UNKNOWN';
  return level === same ? 'AGREES' : level === different ? 'DIFFERS' : 'CLOSE';
}

/** Where only a year is known, years are what agrees or differs. */
function bornStands(level: number): Agreement {
  if (level === BORN.YEAR_SAME) return 'AGREES';
  return level === BORN.YEAR_DIFFERENT ? 'DIFFERS' : stands(level, BORN.EXACT, BORN.DIFFERENT);
}

function placeAgreement(address: AddressAgreement): Agreement {
  if (address.level === 0) return 'UNKNOWN';
  if (address.level === ADDRESS.HOUSE || address.parts.postcode === PART.SAME) return 'AGREES';
  return address.level === ADDRESS.DIFFERENT ? 'DIFFERS' : 'CLOSE';
}

/** Systems in which both have a number. */
function systems(one: Features, other: Features): string[] {
  const theirs = new Set(other.identifiers.map(({ type }) => type));
  return [...new Set(one.identifiers.map(({ type }) => type).filter((type) => theirs.has(type)))].toSorted();
}

/** Numbers are one comparison, of the system that agrees best; the others add nothing. */
function numbered(
  system: string,
  one: Features,
  other: Features,
  best: string | null,
  bits: Bits,
): FeatureComparison {
  const of = ({ identifiers }: Features) => identifiers.filter(({ type }) => type === system);
  const { level } = compareIdentifiers(of(one), of(other), () => false);
  const agreement = stands(level, IDENTIFIER.SAME, IDENTIFIER.DIFFERENT);
  return comparison(system, agreement, system === best ? bits.identifier : 0);
}
