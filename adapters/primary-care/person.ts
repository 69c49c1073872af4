/**
 * Who a patient is, by the system's own key and never by NHS number, which two patients can carry; and what the person
 * index is fed. The caller's own site is the practice with which the patient is registered now.
 */
import { indexOf, personOf, wordsOf } from '../contract.ts';
import { ADDRESS_KINDS, CONTACT_KINDS, numberToLinkBy, protections, SEXES, traced } from './codes.ts';
import type { PrimaryCareTables } from './tables.ts';

const { birth, code, column, columns, day, flag, identifier, key, rowsOf, text, value } =
  wordsOf<PrimaryCareTables>();

export const site = 'PATIENT.PRACT_ODS';
export const patient = rowsOf('PATIENT', 'PATIENT_ID', 'PATIENT_ID', {
  asOf: 'LAST_UPD',
  join: [{ table: 'PRACTICE', on: ['PRACTICE.PRACT_ODS', 'PATIENT.PRACT_ODS'] }],
  site,
});

const reachedFrom = day('PATIENT_TEL.START_DT');
const livedFrom = day('PATIENT_ADDR.START_DT');
const livedTo = day('PATIENT_ADDR.END_DT');

export const person = personOf<PrimaryCareTables>({
  source: patient,
  givenName: text('PATIENT.FORENAME'),
  familyName: text('PATIENT.SURNAME'),
  otherNames: [{ kind: 'PREFERRED', givenName: text('PATIENT.KNOWN_AS') }],
  born: birth('PATIENT.DOB', 'PATIENT.DOB_EST'),
  sex: code('PATIENT.SEX', SEXES),
  deceased: flag('PATIENT.DECD_YN'),
  identifiers: [
    identifier('NHS_NUMBER', 'PATIENT.NHS_NO', {
      verified: column('PATIENT.PDS_SEC', traced),
      fed: columns(['PATIENT.NHS_NO', 'PATIENT.PDS_SEC'], numberToLinkBy),
    }),
    identifier('LOCAL', 'PATIENT.PATIENT_ID'),
  ],
  safeContact: value(patient, text('PATIENT.SAFE_CONTACT', { freeText: true })),
  // Where PDS restricts a person, telecom goes with the address, mobiles too.
  contact: {
    source: rowsOf('PATIENT_TEL', 'PATIENT_ID', 'TEL_ID', {
      asOf: 'LAST_UPD',
      join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'PATIENT_TEL.PATIENT_ID'] }],
      newestFirst: reachedFrom,
      site,
      place: true,
    }),
    kind: code('PATIENT_TEL.TEL_TYPE', CONTACT_KINDS),
    value: 'PATIENT_TEL.TEL_NO',
    from: reachedFrom,
    safe: flag('PATIENT_TEL.SAFE_YN'),
    place: true,
  },
  addresses: {
    source: rowsOf('PATIENT_ADDR', 'PATIENT_ID', 'ADDR_ID', {
      asOf: 'LAST_UPD',
      join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'PATIENT_ADDR.PATIENT_ID'] }],
      newestFirst: livedFrom,
      site,
    }),
    lines: ['PATIENT_ADDR.ADDR1', 'PATIENT_ADDR.ADDR2', 'PATIENT_ADDR.TOWN'],
    postcode: 'PATIENT_ADDR.POSTCODE',
    uprn: 'PATIENT_ADDR.UPRN',
    kind: code('PATIENT_ADDR.ADDR_TYPE', ADDRESS_KINDS),
    from: livedFrom,
    to: livedTo,
    current: flag('PATIENT_ADDR.CURR_YN').until(livedTo),
  },
});

export const index = indexOf(person, {
  merged: key('PATIENT.MERGED_TO'),
  protection: column('PATIENT.PDS_SEC', protections),
  // Relatives of restricted people too: nobody is shown them, but who they are is what keeps them, as callers, from
  // each other, and what carries the shield to those who live with one.
  relatives: [
    {
      rows: rowsOf('PATIENT_REL', 'PATIENT_ID', 'REL_ID', { otherPerson: 'PATIENT_REL.REL_PATIENT_ID' }),
      sameHousehold: flag('PATIENT_REL.SAME_HSE'),
    },
  ],
  excluded: { person: 'PATIENT_EXCL.PATIENT_ID', staff: 'PATIENT_EXCL.STAFF_ID' },
});
