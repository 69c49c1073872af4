/** Who a pupil is, and what the person index is fed. At the level of the caller's own organisation, those of the school the pupil is at. */
import { indexOf, personOf, wordsOf } from '../contract.ts';
import { ADDRESS_KINDS, CONTACT_KINDS, isPupilNumber, SEXES } from './codes.ts';
import type { EducationTables } from './tables.ts';

const { birth, code, column, day, flag, identifier, key, restriction, rowsOf, text } =
  wordsOf<EducationTables>();

export const pupil = rowsOf('STUD', 'STUD_ID', 'STUD_ID', { asOf: 'LAST_UPD', site: 'STUD.SCHOOL' });

const reachedFrom = day('STUD_TEL.ST_DT', 'YYYYMMDD');
const livedFrom = day('STUD_ADDR.ST_DT', 'YYYYMMDD');
const livedTo = day('STUD_ADDR.END_DT', 'YYYYMMDD');

export const relation = rowsOf('STUD_CONT', 'STUD_ID', 'CONT_ID', {
  asOf: 'LAST_UPD',
  join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'STUD_CONT.STUD_ID'] }],
  otherPerson: 'STUD_CONT.REL_STUD_ID',
  site: 'STUD.SCHOOL',
});
export const sameAddress = flag('STUD_CONT.SAME_ADR');

export const person = personOf<EducationTables>({
  source: pupil,
  givenName: text('STUD.FORENAME'),
  familyName: text('STUD.SURNAME'),
  otherNames: [{ kind: 'PREFERRED', givenName: text('STUD.KNOWN_AS') }],
  born: birth('STUD.DOB', 'STUD.DOB_EST'),
  sex: code('STUD.SEX', SEXES),
  identifiers: [
    // Its digits name the authority and the school that gave it: perhaps one that nobody may learn of.
    identifier('UPN', 'STUD.UPN', { verified: column('STUD.UPN', isPupilNumber), place: true }),
    identifier('LOCAL', 'STUD.STUD_ID'),
  ],
  // Those whom the school rings about the pupil.
  contact: {
    source: rowsOf('STUD_TEL', 'STUD_ID', 'TEL_ID', {
      asOf: 'LAST_UPD',
      join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'STUD_TEL.STUD_ID'] }],
      newestFirst: reachedFrom,
      site: 'STUD.SCHOOL',
    }),
    kind: code('STUD_TEL.TEL_TYP', CONTACT_KINDS),
    value: 'STUD_TEL.TEL_VAL',
    from: reachedFrom,
    safe: flag('STUD_TEL.SAFE_YN'),
  },
  addresses: {
    source: rowsOf('STUD_ADDR', 'STUD_ID', 'ADDR_ID', {
      asOf: 'LAST_UPD',
      join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'STUD_ADDR.STUD_ID'] }],
      newestFirst: livedFrom,
      site: 'STUD.SCHOOL',
    }),
    lines: ['STUD_ADDR.ADDR1', 'STUD_ADDR.TOWN'],
    postcode: 'STUD_ADDR.POSTCODE',
    uprn: 'STUD_ADDR.UPRN',
    kind: code('STUD_ADDR.ADDR_TYP', ADDRESS_KINDS),
    from: livedFrom,
    to: livedTo,
    current: flag('STUD_ADDR.CURR_FLG').until(livedTo),
  },
});

export const index = indexOf(person, {
  merged: key('STUD.MERGED_TO'),
  protection: restriction('STUD.SENS_CD'),
  // Brothers, sisters and other pupils of the family.
  relatives: [{ rows: relation, sameHousehold: sameAddress }],
  excluded: { person: 'STAFF_EXCL.STUD_ID', staff: 'STAFF_EXCL.STAFF_REF' },
});
