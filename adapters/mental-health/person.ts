/** Who a client of the trust is, and what the person index is fed. */
import { indexOf, personOf, wordsOf } from '../contract.ts';
import { ADDRESS_KINDS, ALIAS_KINDS, CONTACT_KINDS, GENDERS, protections, traced } from './codes.ts';
import type { MentalHealthTables } from './tables.ts';

const { birth, code, column, columns, day, flag, identifier, key, rowsOf, text, value } =
  wordsOf<MentalHealthTables>();

const reachedFrom = day('ClientPhone.StartDT');
const livedFrom = day('ClientAddress.StartDT');
const livedTo = day('ClientAddress.EndDT');

export const client = rowsOf('Client', 'ClientID', 'ClientID', {
  asOf: 'LastUpd',
  join: [{ table: 'GPPractice', on: ['GPPractice.PracticeCode', 'Client.GPPracticeCode'] }],
});

export const person = personOf<MentalHealthTables>({
  source: client,
  givenName: text('Client.Forename'),
  familyName: text('Client.Surname'),
  otherNames: [
    {
      source: rowsOf('ClientAlias', 'ClientID', 'AliasID', { asOf: 'LastUpd' }),
      kind: code('ClientAlias.AliasType', ALIAS_KINDS),
      givenName: text('ClientAlias.Forename'),
      familyName: text('ClientAlias.Surname'),
    },
  ],
  born: birth('Client.DOB', 'Client.DOBEstYN'),
  sex: code('Client.Gender', GENDERS),
  deceased: flag('Client.DeceasedYN'),
  identifiers: [
    identifier('NHS_NUMBER', 'Client.NHSNumber', { verified: column('Client.NHSNumStatus', traced) }),
    identifier('LOCAL', 'Client.ClientID'),
  ],
  safeContact: value(client, text('Client.SafeContactTxt', { freeText: true })),
  contact: {
    source: rowsOf('ClientPhone', 'ClientID', 'PhoneID', { asOf: 'LastUpd', newestFirst: reachedFrom }),
    kind: code('ClientPhone.PhoneType', CONTACT_KINDS),
    value: 'ClientPhone.PhoneNo',
    from: reachedFrom,
    safe: flag('ClientPhone.SafeYN'),
  },
  addresses: {
    source: rowsOf('ClientAddress', 'ClientID', 'AddressID', { asOf: 'LastUpd', newestFirst: livedFrom }),
    lines: ['ClientAddress.Addr1', 'ClientAddress.Addr2', 'ClientAddress.Town'],
    postcode: 'ClientAddress.Postcode',
    uprn: 'ClientAddress.UPRN',
    kind: code('ClientAddress.AddrType', ADDRESS_KINDS),
    from: livedFrom,
    to: livedTo,
    current: flag('ClientAddress.CurrentYN').until(livedTo),
  },
});

export const index = indexOf(person, {
  merged: key('Client.MergedToClientID'),
  protection: columns(['Client.SensitiveYN', 'Client.AccommStatus'], protections),
  relatives: [
    {
      rows: rowsOf('ClientRelation', 'ClientID', ['ClientID', 'RelatedClientID'], {
        otherPerson: 'ClientRelation.RelatedClientID',
      }),
      sameHousehold: flag('ClientRelation.SameHouseYN'),
    },
  ],
  excluded: { person: 'StaffExclusion.ClientID', staff: 'StaffExclusion.StaffID' },
  // An address ends on its day by itself: nobody writes a row then.
  changes: {
    stamps: [
      { record: 'Client.ClientID', at: 'Client.ChangedTS' },
      { record: 'ClientAddress.ClientID', dayAfter: 'ClientAddress.EndDT' },
    ],
  },
});
