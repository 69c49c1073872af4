import type { AgencyId } from '../../../adapters/contract.ts';
import type { Scored, Scorer } from '../../linkage/compare.ts';
import {
  BORN,
  COMPARISONS,
  FORENAME,
  type Levels,
  ORDER,
  PARTS,
  SEX,
} from '../../linkage/comparisons/levels.ts';
import type { Features } from '../../linkage/features.ts';
import { INDEX_POLICY } from '../../linkage/policy.ts';
import type { HashedIdentifier } from '../../store/tables.ts';
import type { Usable } from '../admit/may-appear.ts';
import { formsOf, inOneForm } from '../records/feature-hash.ts';
import type { FoundRecord } from './find-features.ts';
import { type Bearings, bearingsOf } from './search-bearings.ts';
import { personFeatures } from './search-features.ts';
import type { SearchQuery } from './search-query.ts';

/** How a person's records stand to what was looked for. */
export interface Evidence {
  /** POSSIBLE: too weak to show anybody on. Null: not found at all. */
  confidence: 'CONFIRMED' | 'PROBABLE' | 'POSSIBLE' | null;
  /** What speaks for this person, in bits. Never told to callers. */
  bits: number;
  holdsIdentifier: boolean;
  agreesOn: readonly string[];
  differsOn: readonly string[];
  /** What agrees and differs in the model's words, strongest first. */
  explanation: readonly string[];
}

export interface WeighedQuestion {
  query: SearchQuery;
  features: Features;
  scorer: Scorer;
}

/** Weighs one person's records together, of those alone through which the person may appear. */
export function weigh(
  { query, features, scorer }: WeighedQuestion,
  records: readonly FoundRecord[],
  usable: Usable,
): Evidence {
  const shown = records.filter((record) => usable.shows(record));
  const holding = numbersOf(query, shown, usable);
  const bearings = bearingsOf(query, shown, holding);
  const views = personFeatures(shown, holding).map((view) => scorer(features, view));
  const scored = views.reduce((best, one) => (bitsOf(one) > bitsOf(best) ? one : best));
  const holdsIdentifier = bearings.identifier === 'AGREES';
  const verified = holding.some((one) => one.verified && one.hash === query.identifier?.hash);
  const fields = Object.keys(bearings) as (keyof Bearings)[];
  return {
    confidence: holdsIdentifier ? withIdentifier(bearings, scored, verified) : byWeight(query, scored),
    bits: bitsOf(scored),
    holdsIdentifier,
    agreesOn: fields.filter((field) => bearings[field] === 'AGREES'),
    differsOn: fields.filter((field) => bearings[field] === 'DIFFERS'),
    explanation: explanationOf(scored),
  };
}

/** Numbers of the system asked for, where the caller's grants name it; an agency's own number from that agency alone. */
function numbersOf(
  { identifier }: SearchQuery,
  records: readonly FoundRecord[],
  usable: Usable,
): HashedIdentifier[] {
  if (!identifier) return [];
  const { system, issuer } = identifier;
  const named = usable.identifiers(system);
  const asked = (agency: AgencyId) => named.has(agency) && (system !== 'LOCAL' || agency === issuer);
  const held = records
    .filter(({ agency }) => asked(agency))
    .flatMap(({ identifiers }) => identifiers.filter((one) => one.system === system));
  // In the form of the number asked for, whichever key each was read under.
  const forms = new Set(formsOf(identifier));
  const all = (inOneForm([{ place: null, identifiers: held }])[0]?.identifiers ?? []).map((one) =>
    formsOf(one).some((form) => forms.has(form)) ? { ...one, hash: identifier.hash } : one,
  );
  return [...new Map(all.map((one) => [JSON.stringify([one.hash, one.verified]), one])).values()].toSorted(
    (one, other) => (one.hash < other.hash ? -1 : 1),
  );
}

/**
 * Without what is for pairs of records alone: how rare true pairs are among all pairs, and that two of one house agree
 * on surname and address. Whoever else lives there is found and weighed as well.
 */
function bitsOf({ bits, total }: Scored): number {
  return total - bits.population - bits.household;
}

/** Family names, addresses and recorded sex change; a forename or date of birth that differs says another person. */
function withIdentifier(bearings: Bearings, scored: Scored, verified: boolean): Evidence['confidence'] {
  const { names, born } = scored.agreement;
  if (names.forename === FORENAME.DIFFERENT || names.forename === FORENAME.NEAR) return 'POSSIBLE';
  if (!dateHolds(born)) return 'POSSIBLE';
  if (verified) return Object.values(bearings).includes('DIFFERS') ? 'PROBABLE' : 'CONFIRMED';
  return bearings.familyName === 'AGREES' || bearings.dateOfBirth === 'AGREES' ? 'PROBABLE' : 'POSSIBLE';
}

/** A number that was asked for and is not there leaves a match possible at most. */
function byWeight({ identifier }: SearchQuery, scored: Scored): Evidence['confidence'] {
  const bits = bitsOf(scored);
  if (bits < INDEX_POLICY.keep || !saysMoreThanNames(scored)) return null;
  const sure = identifier === null && bits >= INDEX_POLICY.match;
  return sure && dateHolds(scored.agreement.born) && !speaksAgainst(scored) ? 'PROBABLE' : 'POSSIBLE';
}

/** A name alone finds nobody, as it is not enough to ask for anybody. */
const saysMoreThanNames = ({ bits }: Scored): boolean =>
  Math.max(bits.born, bits.address, bits.identifier) > 0;

/** The same, day and month the wrong way round, or not known. A slip in the year may be father and son. */
const dateHolds = (born: number): boolean => born === 0 || born === BORN.EXACT || born === BORN.SWAPPED;

/**
 * The vetoes of linking, less those that come of what was not asked or is not known: whoever else it may be is found
 * and weighed as well. That the postcode differs is said, and does not hide who has moved.
 */
function speaksAgainst({ agreement, veto }: Scored): boolean {
  if (veto === null || veto === 'SAME_NAME_AND_BIRTH') return false;
  if (veto === 'GENERATIONS') return agreement.born !== 0;
  if (veto !== 'TWINS') return true;
  const { forename } = agreement.names;
  return forename >= FORENAME.NEAR || agreement.sex === SEX.DIFFERENT;
}

/**
 * Why somebody was found, in the linkage model's words: what agrees and what differs of that which was asked, strongest
 * first. Never how much it weighs, which would tell how rare a name is.
 */
function explanationOf({ agreement, bits }: Scored): string[] {
  const { names, born, sex, address, identifier } = agreement;
  const comparisons: readonly (readonly [levels: Levels, level: number, bits: number])[] = [
    [COMPARISONS.forename, names.forename, bits.forename],
    [COMPARISONS.surname, names.surname, bits.surname],
    [COMPARISONS.order, names.order === ORDER.SWAPPED ? names.order : 0, bits.order],
    [COMPARISONS.born, born, bits.born],
    [COMPARISONS.sex, sex, bits.sex],
    [PARTS.postcode, address.parts.postcode, bits.address],
    [COMPARISONS.identifier, identifier.level, bits.identifier],
  ];
  return comparisons
    .toSorted((one, other) => Math.abs(other[2]) - Math.abs(one[2]))
    .flatMap(([levels, level]) => levels[level - 1]?.words ?? []);
}
