import type { AgencyId, IndexRecord } from '../../adapters/contract.ts';
import type { FeatureHash } from './feature-hash.ts';
import { postcode } from './features.ts';
import { familyName, givenName } from './names.ts';
import type { PersonSearchInput } from './types.ts';

/** What is looked for, in the forms that the index keeps. Null is not asked. */
export interface SearchQuery {
  familyName: string | null;
  givenName: string | null;
  dateOfBirth: string | null;
  sex: IndexRecord['sex'];
  postcode: string | null;
  identifier: { system: NonNullable<PersonSearchInput['identifier']>['system']; hash: string } | null;
}

/** The query in the index's forms, or null where there is not enough to go on. */
export function searchQuery(input: PersonSearchInput, hash: FeatureHash): SearchQuery | null {
  if (texts(input).some((text) => /[*%?_]/.test(text))) return null;
  const query = {
    familyName: familyName(input.familyName),
    givenName: givenName(input.givenName),
    dateOfBirth: input.dateOfBirth ?? null,
    sex: input.sex === 'UNKNOWN' ? null : (input.sex ?? null),
    postcode: postcode(input.postcode),
    identifier: identifierOf(input, hash),
  };
  return input.identifier || enough(query) ? query : null;
}

function texts({ familyName, givenName, postcode, dateOfBirth, identifier }: PersonSearchInput): string[] {
  return [familyName, givenName, postcode, dateOfBirth, identifier?.value].filter((text) => text != null);
}

function enough({ familyName, givenName, dateOfBirth, postcode }: SearchQuery): boolean {
  if (familyName === null || familyName.length < 2) return false;
  return dateOfBirth !== null || (givenName !== null && postcode !== null);
}

/** A number that cannot be one is looked for all the same, and found nowhere: it gets the answer for unknown. */
function identifierOf({ identifier }: PersonSearchInput, hash: FeatureHash): SearchQuery['identifier'] {
  if (!identifier) return null;
  const issuer: AgencyId | null = identifier.issuer ?? null;
  return {
    system: identifier.system,
    hash: hash.identifier(identifier.system, identifier.value, issuer) ?? '',
  };
}
