/** Where rows about a person on probation stand: one source for each table. */
import { codesMeaning, fieldsOf, flag, instant, isNo } from '../contract.ts';
import { LIVING_THERE, SERVICES } from './codes.ts';
import type { ProbationTables } from './tables.ts';

const { column, source } = fieldsOf<ProbationTables>();

export const offender = source({
  table: 'OFFENDER',
  person: 'OFFENDER.CRN',
  record: ['OFFENDER.CRN'],
  asOf: column('OFFENDER.LAST_UPD', instant),
});

export const alias = source({
  table: 'ALIAS',
  person: 'ALIAS.CRN',
  record: ['ALIAS.ALIAS_ID'],
  asOf: column('ALIAS.LAST_UPD', instant),
});

export const telephone = source({
  table: 'OFFENDER_PHONE',
  person: 'OFFENDER_PHONE.CRN',
  record: ['OFFENDER_PHONE.PHONE_ID'],
  asOf: column('OFFENDER_PHONE.LAST_UPD', instant),
  newestFirst: 'OFFENDER_PHONE.FROM_DT',
});

export const address = source({
  table: 'OFFENDER_ADDRESS',
  person: 'OFFENDER_ADDRESS.CRN',
  record: ['OFFENDER_ADDRESS.ADDRESS_ID'],
  asOf: column('OFFENDER_ADDRESS.LAST_UPD', instant),
  newestFirst: 'OFFENDER_ADDRESS.FROM_DT',
  rows: {
    current: flag('Only the current address.', {
      all: [
        { column: 'OFFENDER_ADDRESS.STATUS_CD', in: LIVING_THERE },
        { column: 'OFFENDER_ADDRESS.TO_DT', isNull: true },
      ],
    }),
  },
  place: true,
});

export const manager = source({
  table: 'OFFENDER_MANAGER',
  join: [
    { table: 'STAFF', on: ['STAFF.STAFF_CD', 'OFFENDER_MANAGER.STAFF_CD'] },
    { table: 'TEAM', on: ['TEAM.TEAM_CD', 'OFFENDER_MANAGER.TEAM_CD'] },
  ],
  person: 'OFFENDER_MANAGER.CRN',
  record: ['OFFENDER_MANAGER.OM_ID'],
  asOf: column('OFFENDER_MANAGER.LAST_UPD', instant),
  newestFirst: 'OFFENDER_MANAGER.ALLOC_DT',
  service: {
    column: 'TEAM.SVC_CD',
    kinds: {
      PROBATION: codesMeaning(SERVICES, ['PROBATION']),
      YOUTH_JUSTICE: codesMeaning(SERVICES, ['YOUTH_JUSTICE']),
    },
  },
});

export const disposal = source({
  table: 'DISPOSAL',
  person: 'DISPOSAL.CRN',
  record: ['DISPOSAL.DISP_ID'],
  asOf: column('DISPOSAL.LAST_UPD', instant),
  newestFirst: 'DISPOSAL.START_DT',
});

/** A registration that is not plainly marked as saying nothing of a victim stays with the service. */
export const registration = source({
  table: 'REGISTRATION',
  person: 'REGISTRATION.CRN',
  record: ['REGISTRATION.REG_ID'],
  asOf: column('REGISTRATION.LAST_UPD', instant),
  newestFirst: 'REGISTRATION.START_DT',
  only: isNo('REGISTRATION.VICTIM_YN'),
  never: 'registrations that speak of a victim',
});

/** Arrangements in force. */
export const arrangement = source({
  table: 'MAPPA',
  join: [{ table: 'STAFF', on: ['STAFF.STAFF_CD', 'MAPPA.STAFF_CD'] }],
  person: 'MAPPA.CRN',
  record: ['MAPPA.MAPPA_ID'],
  asOf: column('MAPPA.LAST_UPD', instant),
  newestFirst: 'MAPPA.START_DT',
  only: { column: 'MAPPA.END_DT', isNull: true },
  never: 'arrangements that have ended',
});
