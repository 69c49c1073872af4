/**
 * Where rows about a person stand. The sides of a case are separate sources, so that no row can be read as that of the
 * other side. Whoever is on the other side of any case has no name, telephone or support of this charity to show.
 */
import { EVERY_ROW, fieldsOf, flag, instant, NO_ROW } from '../contract.ts';
import { SUPPORTED } from './codes.ts';
import type { DomesticAbuseTables } from './tables.ts';

const { column, source } = fieldsOf<DomesticAbuseTables>();

const VICTIM_OR_CHILD = 'Only where the person is victim or child.';
/** Every row of these is a victim's or child's by the way it is reached. */
const always = { victimOrChild: flag(VICTIM_OR_CHILD, EVERY_ROW) };

/** Entered as victim or child, and perpetrator in no case: a slip in one column shows nobody as what they are not. */
const supported = {
  all: [
    { column: 'CLIENT.PARTY_CD', in: SUPPORTED },
    { column: 'MARAC_CASE.PERP_ID', isNull: true },
  ],
} as const;

const NEVER = 'anybody who is on the other side of a case';

export const client = source({
  table: 'CLIENT',
  join: [{ table: 'MARAC_CASE', on: ['MARAC_CASE.PERP_ID', 'CLIENT.CLIENT_ID'] }],
  person: 'CLIENT.CLIENT_ID',
  record: ['CLIENT.CLIENT_ID'],
  asOf: column('CLIENT.UPD_DT', instant),
  only: supported,
  never: NEVER,
  rows: always,
});

export const telephone = source({
  table: 'CLIENT_TEL',
  join: [
    { table: 'CLIENT', on: ['CLIENT.CLIENT_ID', 'CLIENT_TEL.CLIENT_ID'] },
    { table: 'MARAC_CASE', on: ['MARAC_CASE.PERP_ID', 'CLIENT_TEL.CLIENT_ID'] },
  ],
  person: 'CLIENT_TEL.CLIENT_ID',
  record: ['CLIENT_TEL.TEL_ID'],
  asOf: column('CLIENT_TEL.UPD_DT', instant),
  newestFirst: 'CLIENT_TEL.FR_DT',
  only: supported,
  never: NEVER,
  rows: always,
});

const ofCase = {
  record: ['MARAC_CASE.REF'],
  asOf: column('MARAC_CASE.UPD_DT', instant),
  newestFirst: 'MARAC_CASE.OPEN_DT',
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
  rows: { victimOrChild: flag(VICTIM_OR_CHILD, NO_ROW) },
});
