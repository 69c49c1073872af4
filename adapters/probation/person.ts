/** Who somebody on probation is, and what the person index is fed. */
import { hasCode, indexOf, personOf, wordsOf } from '../contract.ts';
import { ADDRESS_KINDS, CONTACT_KINDS, GENDERS, isCurrent, isSet, LIVING_THERE } from './codes.ts';
import type { ProbationTables } from './tables.ts';

const { birth, code, column, columns, day, flag, identifier, key, rowsOf, text } = wordsOf<ProbationTables>();

const reachedFrom = day('OFFENDER_PHONE.FROM_DT');
const livedFrom = day('OFFENDER_ADDRESS.FROM_DT');
const livedTo = day('OFFENDER_ADDRESS.TO_DT');

export const person = personOf<ProbationTables>({
  source: rowsOf('OFFENDER', 'CRN', 'CRN', { asOf: 'LAST_UPD' }),
  givenName: text('OFFENDER.FIRST_NAME'),
  familyName: text('OFFENDER.SURNAME'),
  otherNames: [
    {
      source: rowsOf('ALIAS', 'CRN', 'ALIAS_ID', { asOf: 'LAST_UPD' }),
      kind: 'ALIAS',
      givenName: text('ALIAS.FIRST_NAME'),
      familyName: text('ALIAS.SURNAME'),
      born: birth('ALIAS.DATE_OF_BIRTH'),
    },
  ],
  born: birth('OFFENDER.DATE_OF_BIRTH', 'OFFENDER.DOB_EST'),
  sex: code('OFFENDER.GENDER', GENDERS),
  deceased: flag('OFFENDER.DECEASED'),
  // The service issues the CRN alone; other numbers are copied from what the courts and the police sent.
  identifiers: [
    identifier('CRN', 'OFFENDER.CRN', { verified: true }),
    identifier('NOMS', 'OFFENDER.NOMS_NUMBER'),
    identifier('PNC', 'OFFENDER.PNC_NUMBER'),
    identifier('CRO', 'OFFENDER.CRO_NUMBER'),
    identifier('NINO', 'OFFENDER.NINO'),
  ],
  contact: {
    source: rowsOf('OFFENDER_PHONE', 'CRN', 'PHONE_ID', { asOf: 'LAST_UPD', newestFirst: reachedFrom }),
    kind: code('OFFENDER_PHONE.PHONE_TYPE', CONTACT_KINDS),
    value: 'OFFENDER_PHONE.PHONE_NO',
    from: reachedFrom,
  },
  addresses: {
    source: rowsOf('OFFENDER_ADDRESS', 'CRN', 'ADDRESS_ID', { asOf: 'LAST_UPD', newestFirst: livedFrom }),
    lines: ['OFFENDER_ADDRESS.ADDR1', 'OFFENDER_ADDRESS.ADDR2', 'OFFENDER_ADDRESS.TOWN'],
    postcode: 'OFFENDER_ADDRESS.POSTCODE',
    uprn: 'OFFENDER_ADDRESS.UPRN',
    kind: code('OFFENDER_ADDRESS.STATUS_CD', ADDRESS_KINDS),
    from: livedFrom,
    to: livedTo,
    current: {
      ...columns(['OFFENDER_ADDRESS.STATUS_CD', 'OFFENDER_ADDRESS.TO_DT'], isCurrent),
      rows: { all: [hasCode('OFFENDER_ADDRESS.STATUS_CD', LIVING_THERE), livedTo.isRunning.rows] },
    },
  },
});

export const index = indexOf(person, {
  merged: key('OFFENDER.MERGED_TO_CRN'),
  // A restricted case is for named staff alone, whom Sightline cannot tell from others: for it, the person is protected.
  // So is one whose exclusion names nobody, and one whose flags cannot be read: they may hide from anybody.
  protection: {
    row: {
      restricted: column('OFFENDER.CURRENT_RESTRICTION', isSet),
      excludes: column('OFFENDER.CURRENT_EXCLUSION', isSet),
    },
    protectionsOf: ({ restricted, excludes }, { excludedStaff }) =>
      restricted || (excludes && excludedStaff.length === 0) ? ['PROTECTED'] : [],
  },
  // An end that cannot be read has not come.
  excluded: { person: 'EXCLUSION.CRN', staff: 'EXCLUSION.STAFF_CD', unless: day('EXCLUSION.END_DT').isPast },
});
