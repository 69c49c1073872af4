import { agreementOf, type PairAgreement } from './comparisons/agreement.ts';
import { COMPARISONS, type ComparisonName } from './comparisons/levels.ts';
import type { Features } from './features.ts';
import type { Model } from './model.ts';
import { LINKAGE_POLICY, type LinkagePolicy } from './policy.ts';
import { VETO_WORDS, type Veto, vetoOf } from './vetoes.ts';
import { type Bits, totalOf, type Weigher, weigherOf } from './weigh.ts';

/** What one comparison adds to the weight, and why, for a person to read. */
export interface Contribution {
  readonly comparison: keyof Bits;
  /** Name of the level, null where the contribution has none. */
  readonly level: string | null;
  readonly bits: number;
  readonly words: string;
}

export type LinkDecision = 'MATCH' | 'REVIEW' | 'NONE';

export interface PairComparison {
  /** The sum of all contributions. */
  readonly bits: number;
  /** The waterfall: strongest first. Comparisons with a value missing are left out. */
  readonly contributions: readonly Contribution[];
  /** Why no score may link these two, null if nothing stands against it. */
  readonly veto: { readonly kind: Veto; readonly words: string } | null;
  readonly decision: LinkDecision;
}

/** Compares two records under a model, and says why. `compare(a, b)` and `compare(b, a)` are the same. */
export function compare(
  a: Features,
  b: Features,
  model: Model,
  policy: LinkagePolicy = LINKAGE_POLICY,
): PairComparison {
  const scored = scorer(model, policy)(a, b);
  const veto = scored.veto && { kind: scored.veto, words: VETO_WORDS[scored.veto] };
  return {
    bits: scored.total,
    contributions: contributionsOf(scored.agreement, scored.bits),
    veto,
    decision: linkDecision(scored.total, scored.veto, policy),
  };
}

/** The same without words, for many pairs. */
export interface Scored {
  readonly agreement: PairAgreement;
  readonly bits: Bits;
  readonly total: number;
  readonly veto: Veto | null;
}

export type Scorer = (a: Features, b: Features) => Scored;

/** Makes the function that scores pairs under one model. */
export function scorer(model: Model, policy: LinkagePolicy = LINKAGE_POLICY): Scorer {
  const weigh: Weigher = weigherOf(model, policy);
  return (one, other) => {
    const [a, b] = inOneOrder(one, other);
    const agreement = agreementOf(a, b, model.generic);
    const bits = weigh(agreement, a);
    return { agreement, bits, total: totalOf(bits), veto: vetoOf(agreement, model) };
  };
}

export function linkDecision(bits: number, veto: Veto | null, { match, keep }: LinkagePolicy): LinkDecision {
  if (bits < keep) return 'NONE';
  return bits >= match && veto === null ? 'MATCH' : 'REVIEW';
}

/** With several names or addresses a tie could fall differently for (a, b) and (b, a). */
function inOneOrder(a: Features, b: Features): readonly [Features, Features] {
  if (hasOneOfEach(a) && hasOneOfEach(b)) return [a, b];
  return JSON.stringify(a) <= JSON.stringify(b) ? [a, b] : [b, a];
}

const hasOneOfEach = ({ names, addresses, phones, identifiers }: Features): boolean =>
  names.length < 2 && addresses.length < 2 && phones.length < 2 && identifiers.length < 2;

const OWN_WORDS = {
  household: 'surname, address and phone of one household are no more than that',
  relatives: 'the two may be relatives',
  population: 'how rare true pairs are among so many records',
} as const;

function contributionsOf(agreement: PairAgreement, bits: Bits): Contribution[] {
  const { names, born, sex, address, phone, identifier } = agreement;
  const levels: Record<ComparisonName, number> = {
    ...{ forename: names.forename, surname: names.surname, order: names.order, born, sex },
    ...{ address: address.level, phone, identifier: identifier.level },
  };
  return (Object.keys(bits) as (keyof Bits)[])
    .flatMap((comparison): Contribution[] => {
      if (comparison === 'household' || comparison === 'relatives' || comparison === 'population') {
        const own = { comparison, level: null, bits: bits[comparison], words: OWN_WORDS[comparison] };
        return bits[comparison] === 0 ? [] : [own];
      }
      const level = COMPARISONS[comparison][levels[comparison] - 1];
      return level ? [{ comparison, level: level.name, bits: bits[comparison], words: level.words }] : [];
    })
    .toSorted((one, other) => Math.abs(other.bits) - Math.abs(one.bits));
}
