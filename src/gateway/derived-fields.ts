/**
 * Fields that the gateway makes from what agencies supply: section → field → the fields it is made from.
 * A derived field is released by its own `@shared`; only inputs that the agency releases go into it.
 */
export const DERIVED_FIELDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  household: { 'members.person': ['members'] },
  identity: { differs: ['givenName', 'familyName', 'dateOfBirth', 'sex'] },
};
