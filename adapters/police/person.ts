/** Who a nominal is, and what the person index is fed. */
import { indexOf, personOf, wordsOf } from '../contract.ts';
import { ADDRESS_KINDS, ALIAS_KINDS, CONTACT_KINDS, isRelative, SEXES } from './codes.ts';
import type { PoliceTables } from './tables.ts';

const { birth, code, columns, day, flag, identifier, key, restriction, rowsOf, text } =
  wordsOf<PoliceTables>();

const reachedFrom = day('T_TEL.FROM_DT', 'YYYYMMDD');
const livedFrom = day('T_NOMINAL_ADDR.FROM_DT', 'YYYYMMDD');
const livedTo = day('T_NOMINAL_ADDR.TO_DT', 'YYYYMMDD');

export const person = personOf<PoliceTables>({
  source: rowsOf('T_NOMINAL', 'NOM_ID', 'NOM_ID', { asOf: 'UPD_DTTM' }),
  givenName: text('T_NOMINAL.FORENAME1'),
  familyName: text('T_NOMINAL.SURNAME'),
  otherNames: [
    {
      source: rowsOf('T_ALIAS', 'NOM_ID', 'ALIAS_ID', { asOf: 'UPD_DTTM' }),
      kind: code('T_ALIAS.ALIAS_TYP', ALIAS_KINDS),
      givenName: text('T_ALIAS.FORENAME1'),
      familyName: text('T_ALIAS.SURNAME'),
      born: birth('T_ALIAS.DOB'),
    },
  ],
  born: birth('T_NOMINAL.DOB', 'T_NOMINAL.DOB_EST_FLG'),
  sex: code('T_NOMINAL.SEX_CD', SEXES),
  deceased: flag('T_NOMINAL.DECD_FLG'),
  // The force enters its own people on the national computer: the numbers are the issuer's.
  identifiers: [
    identifier('PNC', 'T_NOMINAL.PNC_ID', { verified: true }),
    identifier('CRO', 'T_NOMINAL.CRO_NO', { verified: true }),
    identifier('LOCAL', 'T_NOMINAL.NOM_ID'),
  ],
  contact: {
    source: rowsOf('T_TEL', 'NOM_ID', 'TEL_ID', { asOf: 'UPD_DTTM', newestFirst: reachedFrom }),
    kind: code('T_TEL.TEL_TYP', CONTACT_KINDS),
    value: 'T_TEL.TEL_NO',
    from: reachedFrom,
    safe: flag('T_TEL.SAFE_FLG'),
  },
  addresses: {
    source: rowsOf('T_NOMINAL_ADDR', 'NOM_ID', ['NOM_ID', 'ADDR_ID', 'FROM_DT'], {
      asOf: 'UPD_DTTM',
      join: [{ table: 'T_ADDRESS', on: ['T_ADDRESS.ADDR_ID', 'T_NOMINAL_ADDR.ADDR_ID'] }],
      newestFirst: livedFrom,
    }),
    lines: ['T_ADDRESS.LINE1', 'T_ADDRESS.LINE2', 'T_ADDRESS.TOWN'],
    postcode: 'T_ADDRESS.POSTCODE',
    uprn: 'T_ADDRESS.UPRN',
    kind: code('T_NOMINAL_ADDR.ADDR_TYP', ADDRESS_KINDS),
    from: livedFrom,
    to: livedTo,
    current: flag('T_NOMINAL_ADDR.CURR_FLG').until(livedTo),
  },
});

const together = 'T_NOMINAL_LINK.SAME_ADDR_FLG';

export const index = indexOf(person, {
  merged: key('T_NOMINAL.MERGED_TO_NOM_ID'),
  protection: restriction('T_NOMINAL.SENS_FLG'),
  // The address that the nominal itself names.
  home: {
    join: [{ table: 'T_ADDRESS', on: ['T_ADDRESS.ADDR_ID', 'T_NOMINAL.ADDR_ID'] }],
    postcode: 'T_ADDRESS.POSTCODE',
    uprn: 'T_ADDRESS.UPRN',
  },
  relatives: [
    {
      rows: rowsOf('T_NOMINAL_LINK', 'NOM_ID', ['NOM_ID', 'REL_NOM_ID'], {
        otherPerson: 'T_NOMINAL_LINK.REL_NOM_ID',
      }),
      sameHousehold: flag(together),
      counts: columns(['T_NOMINAL_LINK.LINK_TYP', together], isRelative),
    },
  ],
  // A child of a case is as much on the other side from the perpetrator as the victim is.
  adverse: [
    rowsOf('T_MARAC', 'VICTIM_NOM_ID', 'MARAC_REF', { otherPerson: 'T_MARAC.PERP_NOM_ID' }),
    rowsOf('T_MARAC_CHILD', 'CHILD_NOM_ID', ['MARAC_REF', 'CHILD_NOM_ID'], {
      join: [{ table: 'T_MARAC', on: ['T_MARAC.MARAC_REF', 'T_MARAC_CHILD.MARAC_REF'] }],
      otherPerson: 'T_MARAC.PERP_NOM_ID',
    }),
  ],
  excluded: { person: 'T_STAFF_EXCL.NOM_ID', staff: 'T_STAFF_EXCL.STAFF_REF' },
  changes: {
    log: { id: 'T_CHG_LOG.LOG_ID', record: 'T_CHG_LOG.NOM_ID', transaction: 'T_CHG_LOG.XACT_ID' },
  },
});
