/**
 * Who a client of the charity is, the cases they are in, and what the person index is fed. The sides of a case are
 * separate sources, so that no row can be read as that of the other side. Whoever is on the other side of any case has no
 * name, telephone or support of this charity to show.
 */
import {
  EVERY_ROW,
  firstThatSays,
  hasCode,
  indexOf,
  NO_ROW,
  noPlace,
  onlyWhere,
  personOf,
  wordsOf,
} from '../contract.ts';
import { CONTACT_KINDS, closedLast, mayBeInRefuge, SEXES, SUPPORTED, safeContact } from './codes.ts';
import type { DomesticAbuseServiceTables } from './tables.ts';

const { birth, code, column, day, flag, instant, key, restriction, rowsOf, source, text, value } =
  wordsOf<DomesticAbuseServiceTables>();

const VICTIM_OR_CHILD = 'Only where the person is victim or child.';
/** Every row of these is a victim's or child's by the way it is reached. */
const always = { victimOrChild: onlyWhere(VICTIM_OR_CHILD, EVERY_ROW) };

/** Entered as victim or child, and perpetrator in no case: a slip in one column shows nobody as what they are not. */
const supported = {
  only: {
    all: [hasCode('CLIENT.PARTY_CD' as const, SUPPORTED), { column: 'MARAC_CASE.PERP_ID', isNull: true }],
  },
  never: 'anybody who is on the other side of a case',
  rows: always,
} as const;

const ofCase = {
  record: ['MARAC_CASE.REF'],
  asOf: instant('MARAC_CASE.UPD_DT'),
  newestFirst: day('MARAC_CASE.OPEN_DT'),
  precedence: column('MARAC_CASE.CLOSE_DT', closedLast),
  service: { kind: 'DOMESTIC_ABUSE_SUPPORT' },
} as const;
const adviser = { table: 'IDVA', on: ['IDVA.IDVA_ID', 'MARAC_CASE.IDVA_ID'] } as const;

export const caseAsVictim = source({
  ...ofCase,
  table: 'MARAC_CASE',
  join: [adviser],
  person: 'MARAC_CASE.VICTIM_ID',
  rows: always,
});
export const caseAsChild = source({
  ...ofCase,
  table: 'CASE_CHILD',
  join: [{ table: 'MARAC_CASE', on: ['MARAC_CASE.REF', 'CASE_CHILD.REF'] }, adviser],
  person: 'CASE_CHILD.CHILD_ID',
  // A child entered for a case that is gone leaves a row with nothing in it.
  only: { column: 'MARAC_CASE.REF', isNull: false },
  rows: always,
});
export const caseAsPerpetrator = source({
  ...ofCase,
  table: 'MARAC_CASE',
  join: [adviser],
  person: 'MARAC_CASE.PERP_ID',
  rows: { victimOrChild: onlyWhere(VICTIM_OR_CHILD, NO_ROW) },
});

const reachedFrom = day('CLIENT_TEL.FR_DT');

/** No address, postcode or property, of anybody. */
export const person = personOf<DomesticAbuseServiceTables>({
  source: rowsOf('CLIENT', 'CLIENT_ID', 'CLIENT_ID', {
    asOf: 'UPD_DT',
    ...supported,
    join: [{ table: 'MARAC_CASE', on: ['MARAC_CASE.PERP_ID', 'CLIENT.CLIENT_ID'] }],
  }),
  givenName: text('CLIENT.FORENAME'),
  familyName: text('CLIENT.SURNAME'),
  otherNames: [{ kind: 'PREFERRED', givenName: text('CLIENT.KNOWN_AS') }],
  born: birth('CLIENT.DOB', 'CLIENT.DOB_EST'),
  sex: code('CLIENT.SEX', SEXES),
  deceased: flag('CLIENT.DECD_YN'),
  safeContact: value(caseAsVictim, column('MARAC_CASE.SAFE_CONTACT', safeContact, noPlace), firstThatSays),
  contact: {
    source: rowsOf('CLIENT_TEL', 'CLIENT_ID', 'TEL_ID', {
      asOf: 'UPD_DT',
      ...supported,
      join: [
        { table: 'CLIENT', on: ['CLIENT.CLIENT_ID', 'CLIENT_TEL.CLIENT_ID'] },
        { table: 'MARAC_CASE', on: ['MARAC_CASE.PERP_ID', 'CLIENT_TEL.CLIENT_ID'] },
      ],
      newestFirst: reachedFrom,
    }),
    kind: code('CLIENT_TEL.KIND', CONTACT_KINDS),
    value: 'CLIENT_TEL.TEL_NO',
    from: reachedFrom,
    safe: flag('CLIENT_TEL.SAFE_YN'),
  },
});

/** The children of a case, and somebody else in it. */
const children = (otherPerson: 'MARAC_CASE.VICTIM_ID' | 'MARAC_CASE.PERP_ID') =>
  ({
    table: 'CASE_CHILD',
    join: [{ table: 'MARAC_CASE', on: ['MARAC_CASE.REF', 'CASE_CHILD.REF'] }],
    person: 'CASE_CHILD.CHILD_ID',
    otherPerson,
    record: ['CASE_CHILD.REF', 'CASE_CHILD.CHILD_ID'],
  }) as const;
const inRefuge = column('MARAC_CASE.REFUGE_YN', mayBeInRefuge);

/** Both sides of every case, so that neither can look up the other. */
export const index = indexOf(person, {
  merged: key('CLIENT.MERGED_TO'),
  protection: restriction('CLIENT.RESTRICT_CD'),
  shieldedBy: [
    { rows: caseAsVictim, when: inRefuge },
    { rows: caseAsChild, when: inRefuge },
  ],
  // A victim and her children.
  relatives: [{ rows: children('MARAC_CASE.VICTIM_ID'), sameHousehold: flag('CASE_CHILD.LIVES_WITH') }],
  // A child of a case is as much on the other side from the perpetrator as the victim is.
  adverse: [
    rowsOf('MARAC_CASE', 'VICTIM_ID', 'REF', { otherPerson: 'MARAC_CASE.PERP_ID' }),
    children('MARAC_CASE.PERP_ID'),
  ],
  excluded: { person: 'STAFF_EXCL.CLIENT_ID', staff: 'STAFF_EXCL.STAFF_REF' },
  changes: {
    log: { id: 'CHANGE_LOG.LOG_ID', record: 'CHANGE_LOG.CLIENT_ID', transaction: 'CHANGE_LOG.XACT_ID' },
  },
});
