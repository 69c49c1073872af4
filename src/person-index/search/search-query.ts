import type { AgencyId, IdentifierSystem, IndexRecord } from '../../../adapters/contract.ts';
import { nameText } from '../../linkage/normalise/name.ts';
import type { KeyedHash } from '../../store/tables.ts';
import type { FeatureHash } from '../records/feature-hash.ts';
import { postcode } from '../records/features.ts';
import type { PersonSearchInput } from '../records/types.ts';

/** What is looked for, in the forms that the index keeps. Null is not asked. */
export interface SearchQuery {
  familyName: string | null;
  givenName: string | null;
  dateOfBirth: string | null;
  sex: IndexRecord['sex'];
  postcode: string | null;
  /** `issuer` is the agency whose own number it is, for LOCAL. */
  identifier: (KeyedHash & { system: IdentifierSystem; issuer: AgencyId | null }) | null;
}

/** The query in the index's forms, or null for one with wildcards. */
export function searchQuery(input: PersonSearchInput, hash: FeatureHash): SearchQuery | null {
  if (texts(input).some((text) => /[*%?_]/.test(text))) return null;
  return {
    familyName: nameText(input.familyName, 'family'),
    givenName: nameText(input.givenName, 'given'),
    dateOfBirth: input.dateOfBirth ?? null,
    sex: input.sex === 'UNKNOWN' ? null : (input.sex ?? null),
    postcode: postcode(input.postcode),
    identifier: identifierOf(input, hash),
  };
}

function texts({ familyName, givenName, postcode, dateOfBirth, identifier }: PersonSearchInput): string[] {
  return [familyName, givenName, postcode, dateOfBirth, identifier?.value].filter((text) => text != null);
}

/** A number that cannot be one is looked for all the same, and found nowhere: it gets the answer for unknown. */
function identifierOf({ identifier }: PersonSearchInput, hash: FeatureHash): SearchQuery['identifier'] {
  if (!identifier) return null;
  const { system, value, issuer = null } = identifier;
  return { system, ...(hash.identifier(system, value, issuer) ?? { hash: '' }), issuer };
}
