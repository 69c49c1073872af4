import type { IndexRecord } from '../../adapters/contract.ts';

/** A record of nobody that has all that a record can have: what is made of it tells how rows are made. */
export const SPECIMEN: IndexRecord = {
  record: 'specimen',
  mergedInto: null,
  names: [
    { givenName: 'Mary-Ann Zoë', familyName: 'O’Specimen-Smith', kind: 'CURRENT' },
    { givenName: 'Liz', familyName: 'van der Specimen', kind: 'ALIAS' },
  ],
  dateOfBirth: '2001-02-03',
  sex: 'FEMALE',
  postcode: 'ZZ99 3WZ',
  place: '9999999999',
  identifiers: [
    { system: 'NHS_NUMBER', value: '999 000 0018', verified: true },
    { system: 'NINO', value: 'QQ 00 00 01 A', verified: false },
    { system: 'LOCAL', value: 'S/0001', verified: true },
  ],
  protections: ['PROTECTED', 'PLACE_SHIELD'],
  related: [{ record: 'relative', sameHousehold: true }],
  adverse: ['other side'],
  excludedStaff: ['staff'],
};
