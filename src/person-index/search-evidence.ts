import type { AgencyId } from '../../adapters/contract.ts';
import type { FoundRecord } from './find-features.ts';
import type { Appearance } from './may-appear.ts';
import { givenNamesAgree } from './names.ts';
import type { SearchQuery } from './search-query.ts';

type Field = keyof SearchQuery;
type Bearing = 'AGREES' | 'DIFFERS' | 'UNKNOWN';

/** How a person's records stand to what was looked for. */
export interface Evidence {
  /** POSSIBLE: too weak to show anybody on. Null: not found at all. */
  confidence: 'CONFIRMED' | 'PROBABLE' | 'POSSIBLE' | null;
  holdsIdentifier: boolean;
  agreesOn: readonly Field[];
  differsOn: readonly Field[];
}

/** Weighs one person's records, of those agencies alone that may appear. */
export function weigh(query: SearchQuery, records: readonly FoundRecord[], appearance: Appearance): Evidence {
  const shown = records.filter(({ agency }) => appearance.agencies.has(agency));
  const numbered = query.identifier ? appearance.identifiers(query.identifier.system) : new Set<AgencyId>();
  const holding = identifiersOf(query, shown, numbered);
  const bearings: Record<Field, Bearing> = {
    familyName: bearing(query.familyName, familyNames(shown), (one, other) => one === other),
    givenName: bearing(query.givenName, givenNames(shown), givenNamesAgree),
    dateOfBirth: bearing(
      query.dateOfBirth,
      shown.map((one) => one.date_of_birth),
      (one, other) => one === other,
    ),
    sex: bearing(
      query.sex,
      shown.map(({ sex }) => (sex === 'UNKNOWN' ? null : sex)),
      (one, other) => one === other,
    ),
    postcode: bearing(
      query.postcode,
      shown.map((one) => one.postcode),
      (one, other) => one === other,
    ),
    identifier: bearing(
      query.identifier?.hash ?? null,
      holding.map(({ hash }) => hash),
      (one, other) => one === other,
    ),
  };
  const fields = Object.keys(bearings) as Field[];
  const verified = holding.some((one) => one.verified && one.hash === query.identifier?.hash);
  return {
    confidence: query.identifier ? withIdentifier(bearings, verified) : withoutIdentifier(bearings),
    holdsIdentifier: bearings.identifier === 'AGREES',
    agreesOn: fields.filter((field) => bearings[field] === 'AGREES'),
    differsOn: fields.filter((field) => bearings[field] === 'DIFFERS'),
  };
}

function bearing<T>(
  asked: T | null,
  held: readonly (T | null)[],
  agree: (one: T, other: T) => boolean,
): Bearing {
  const known = held.filter((one): one is T & {} => one !== null);
  if (asked === null || known.length === 0) return 'UNKNOWN';
  return known.some((one) => agree(asked, one)) ? 'AGREES' : 'DIFFERS';
}

const familyNames = (records: readonly FoundRecord[]) =>
  records.flatMap(({ names }) => names.map(({ family }) => family));
const givenNames = (records: readonly FoundRecord[]) =>
  records.flatMap(({ names }) => names.map(({ given }) => given));

function identifiersOf(
  { identifier }: SearchQuery,
  records: readonly FoundRecord[],
  numbered: ReadonlySet<AgencyId>,
) {
  return records
    .filter(({ agency }) => numbered.has(agency))
    .flatMap(({ identifiers }) => identifiers.filter(({ system }) => system === identifier?.system));
}

/** Family names, addresses and recorded sex change; a forename or date of birth that differs says another person. */
function withIdentifier(bearings: Record<Field, Bearing>, verified: boolean): Evidence['confidence'] {
  if (bearings.identifier !== 'AGREES') return withoutIdentifier(bearings) === null ? null : 'POSSIBLE';
  if (bearings.givenName === 'DIFFERS' || bearings.dateOfBirth === 'DIFFERS') return 'POSSIBLE';
  if (verified) return Object.values(bearings).includes('DIFFERS') ? 'PROBABLE' : 'CONFIRMED';
  return bearings.familyName === 'AGREES' || bearings.dateOfBirth === 'AGREES' ? 'PROBABLE' : 'POSSIBLE';
}

function withoutIdentifier(bearings: Record<Field, Bearing>): Evidence['confidence'] {
  if (bearings.familyName !== 'AGREES') return null;
  if (bearings.dateOfBirth === 'AGREES') return bearings.givenName === 'DIFFERS' ? 'POSSIBLE' : 'PROBABLE';
  if (bearings.givenName !== 'AGREES' || bearings.postcode !== 'AGREES') return null;
  return bearings.dateOfBirth === 'DIFFERS' ? 'POSSIBLE' : 'PROBABLE';
}
