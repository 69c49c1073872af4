/** Where rows about a patient stand: by the system's own key, never by NHS number, which two patients can carry. */
import { codesMeaning, fieldsOf, flag, instant, isNo, isYes, kinds, onlyOf } from '../contract.ts';
import { COMMUNITY_SERVICES } from './codes.ts';
import type { PrimaryCareTables } from './tables.ts';

const { column, source } = fieldsOf<PrimaryCareTables>();

/** The caller's own site is the practice with which the patient is registered now. */
const site = 'PATIENT.PRACT_ODS';

export const patient = source({
  table: 'PATIENT',
  join: [{ table: 'PRACTICE', on: ['PRACTICE.PRACT_ODS', 'PATIENT.PRACT_ODS'] }],
  person: 'PATIENT.PATIENT_ID',
  record: ['PATIENT.PATIENT_ID'],
  asOf: column('PATIENT.LAST_UPD', instant),
  site,
});

/** Where PDS restricts a person, telecom goes with the address, mobiles too. */
export const telephone = source({
  table: 'PATIENT_TEL',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'PATIENT_TEL.PATIENT_ID'] }],
  person: 'PATIENT_TEL.PATIENT_ID',
  record: ['PATIENT_TEL.TEL_ID'],
  asOf: column('PATIENT_TEL.LAST_UPD', instant),
  newestFirst: 'PATIENT_TEL.START_DT',
  site,
  place: true,
});

export const address = source({
  table: 'PATIENT_ADDR',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'PATIENT_ADDR.PATIENT_ID'] }],
  person: 'PATIENT_ADDR.PATIENT_ID',
  record: ['PATIENT_ADDR.ADDR_ID'],
  asOf: column('PATIENT_ADDR.LAST_UPD', instant),
  newestFirst: 'PATIENT_ADDR.START_DT',
  rows: { current: flag('Only the current address.', isYes('PATIENT_ADDR.CURR_YN')) },
  site,
  place: true,
});

const SERVICES = ['GENERAL_PRACTICE', 'HEALTH_VISITING', 'SCHOOL_NURSING'] as const;
type Service = (typeof SERVICES)[number];
const OF_SERVICES = 'Only involvements of these services.';
const codesOf = (service: Service) => codesMeaning(COMMUNITY_SERVICES, [service]);

/** That somebody changed practice on a certain day tells of a move, so of hidden people no registration is shown. */
export const registration = source({
  table: 'PRACT_REG',
  join: [
    { table: 'PRACTICE', on: ['PRACTICE.PRACT_ODS', 'PRACT_REG.PRACT_ODS'] },
    { table: 'STAFF', on: ['STAFF.STAFF_ID', 'PRACT_REG.USUAL_GP'] },
  ],
  person: 'PRACT_REG.PATIENT_ID',
  record: ['PRACT_REG.REG_ID'],
  asOf: column('PRACT_REG.LAST_UPD', instant),
  newestFirst: 'PRACT_REG.REG_DT',
  rows: { service: onlyOf(OF_SERVICES, SERVICES, 'GENERAL_PRACTICE') },
  site: 'PRACT_REG.PRACT_ODS',
  service: { kind: 'GENERAL_PRACTICE' },
  place: true,
});

export const communityCase = source({
  table: 'HV_MEMBER',
  join: [
    { table: 'HV_CASELOAD', on: ['HV_CASELOAD.CASE_ID', 'HV_MEMBER.CASE_ID'] },
    { table: 'STAFF', on: ['STAFF.STAFF_ID', 'HV_CASELOAD.STAFF_ID'] },
    { table: 'TEAM', on: ['TEAM.TEAM_CD', 'HV_CASELOAD.TEAM_CD'] },
    { table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'HV_MEMBER.PATIENT_ID'] },
  ],
  person: 'HV_MEMBER.PATIENT_ID',
  record: ['HV_MEMBER.CASE_ID', 'HV_MEMBER.PATIENT_ID'],
  asOf: column('HV_CASELOAD.LAST_UPD', instant),
  newestFirst: 'HV_CASELOAD.START_DT',
  rows: {
    service: kinds(OF_SERVICES, SERVICES, (service) => ({
      column: 'HV_CASELOAD.SVC_CD',
      in: codesOf(service),
    })),
  },
  site,
  service: {
    column: 'HV_CASELOAD.SVC_CD',
    kinds: { HEALTH_VISITING: codesOf('HEALTH_VISITING'), SCHOOL_NURSING: codesOf('SCHOOL_NURSING') },
  },
});

export const protectionFlag = source({
  table: 'CPIS_FLAG',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'CPIS_FLAG.PATIENT_ID'] }],
  person: 'CPIS_FLAG.PATIENT_ID',
  record: ['CPIS_FLAG.FLAG_ID'],
  asOf: column('CPIS_FLAG.LAST_UPD', instant),
  newestFirst: 'CPIS_FLAG.ST_DT',
  site,
});

/** What is not plainly marked as free of sealed matter stays with the practice, and so below. */
export const problem = source({
  table: 'PROBLEM',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'PROBLEM.PATIENT_ID'] }],
  person: 'PROBLEM.PATIENT_ID',
  record: ['PROBLEM.PROB_ID'],
  asOf: column('PROBLEM.LAST_UPD', instant),
  newestFirst: 'PROBLEM.ONSET_DT',
  only: isNo('PROBLEM.SENS_YN'),
  never: 'problems that the practice has sealed',
  site,
});

export const medication = source({
  table: 'MEDICATION',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'MEDICATION.PATIENT_ID'] }],
  person: 'MEDICATION.PATIENT_ID',
  record: ['MEDICATION.MED_ID'],
  asOf: column('MEDICATION.LAST_UPD', instant),
  newestFirst: 'MEDICATION.START_DT',
  only: isNo('MEDICATION.SENS_YN'),
  never: 'medicines that the practice has sealed',
  site,
});

export const allergy = source({
  table: 'ALLERGY',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'ALLERGY.PATIENT_ID'] }],
  person: 'ALLERGY.PATIENT_ID',
  record: ['ALLERGY.ALLERGY_ID'],
  asOf: column('ALLERGY.LAST_UPD', instant),
  site,
});

/** Nor is a note shown that speaks of third parties or is a lawyer's. */
export const consultation = source({
  table: 'CONSULTATION',
  person: 'CONSULTATION.PATIENT_ID',
  record: ['CONSULTATION.CONS_ID'],
  asOf: column('CONSULTATION.LAST_UPD', instant),
  newestFirst: 'CONSULTATION.CONS_DT',
  only: {
    all: [isNo('CONSULTATION.THIRD_PTY'), isNo('CONSULTATION.LEGAL_PRIV'), isNo('CONSULTATION.SENS_YN')],
  },
  never: 'notes about or from third parties, under legal privilege, or that the practice has sealed',
  site: 'CONSULTATION.PRACT_ODS',
});
