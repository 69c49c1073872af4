/**
 * What practices and health visitors know of a patient beside who they are. Sexual health is in no section: its table is
 * not named here, so the gateway's login cannot read it either.
 */
import {
  codesMeaning,
  type Desk,
  kinds,
  nhs,
  noPlace,
  onlyOf,
  organisationOf,
  personSections,
  snomed,
  textList,
  wordsOf,
} from '../contract.ts';
import * as codes from './codes.ts';
import { patient, person, site } from './person.ts';
import type { PrimaryCareTables } from './tables.ts';

export const primaryCareDesk: Desk = {
  desk: 'Primary care information desk',
  phone: '01632 960600',
  email: 'information@northshire-primary-care.example',
  hours: 'Mon–Fri 08:00–18:30',
  advice: 'At other times call the out-of-hours doctor.',
};

export const communityDesk: Desk = {
  desk: 'Health visitors’ and school nurses’ duty desk',
  phone: '01632 960622',
  hours: 'Mon–Fri 09:00–17:00',
};

export const desks = {
  'information-desk': primaryCareDesk,
  'community-desk': communityDesk,
  'out-of-hours-doctor': {
    desk: 'Out-of-hours doctor, line for professionals',
    phone: '01632 960601',
    hours: 'Mon–Fri 18:30–08:00, and all day at weekends',
  },
  'caldicott-guardian': {
    desk: 'Caldicott guardian',
    phone: '01632 960602',
    email: 'caldicott@northshire-primary-care.example',
    hours: 'Mon–Fri 09:00–17:00',
  },
} as const satisfies Record<string, Desk>;

const {
  always,
  code,
  coded,
  column,
  columns,
  contact,
  day,
  exists,
  flag,
  instant,
  list,
  lists,
  moment,
  object,
  rowsOf,
  source,
  text,
  value,
} = wordsOf<PrimaryCareTables>();
const place = { place: true };

const SERVICES = ['GENERAL_PRACTICE', 'HEALTH_VISITING', 'SCHOOL_NURSING'] as const;
const OF_SERVICES = 'Only involvements of these services.';
const codesOf = (service: (typeof SERVICES)[number]) => codesMeaning(codes.COMMUNITY_SERVICES, [service]);

/** That somebody changed practice on a certain day tells of a move, so of hidden people no registration is shown. */
const registered = day('PRACT_REG.REG_DT');
const deducted = day('PRACT_REG.DEDUCT_DT');
const registration = rowsOf('PRACT_REG', 'PATIENT_ID', 'REG_ID', {
  asOf: 'LAST_UPD',
  join: [
    { table: 'PRACTICE', on: ['PRACTICE.PRACT_ODS', 'PRACT_REG.PRACT_ODS'] },
    { table: 'STAFF', on: ['STAFF.STAFF_ID', 'PRACT_REG.USUAL_GP'] },
  ],
  newestFirst: registered,
  rows: { service: onlyOf(OF_SERVICES, SERVICES, 'GENERAL_PRACTICE') },
  site: 'PRACT_REG.PRACT_ODS',
  service: { kind: 'GENERAL_PRACTICE' },
  place: true,
});

const visited = day('HV_CASELOAD.START_DT');
export const visitedTo = day('HV_CASELOAD.END_DT');
const service = code('HV_CASELOAD.SVC_CD', codes.COMMUNITY_SERVICES);
const communityCase = source({
  table: 'HV_MEMBER',
  join: [
    { table: 'HV_CASELOAD', on: ['HV_CASELOAD.CASE_ID', 'HV_MEMBER.CASE_ID'] },
    { table: 'STAFF', on: ['STAFF.STAFF_ID', 'HV_CASELOAD.STAFF_ID'] },
    { table: 'TEAM', on: ['TEAM.TEAM_CD', 'HV_CASELOAD.TEAM_CD'] },
    { table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'HV_MEMBER.PATIENT_ID'] },
  ],
  person: 'HV_MEMBER.PATIENT_ID',
  record: ['HV_MEMBER.CASE_ID', 'HV_MEMBER.PATIENT_ID'],
  asOf: instant('HV_CASELOAD.LAST_UPD'),
  newestFirst: visited,
  rows: {
    service: kinds(OF_SERVICES, SERVICES, (one) =>
      one === 'GENERAL_PRACTICE' ? service.exactly() : service.exactly(one),
    ),
  },
  site,
  service: {
    column: 'HV_CASELOAD.SVC_CD',
    kinds: { HEALTH_VISITING: codesOf('HEALTH_VISITING'), SCHOOL_NURSING: codesOf('SCHOOL_NURSING') },
  },
});

const flaggedFrom = day('CPIS_FLAG.ST_DT', 'YYYYMMDD');
const planType = code('CPIS_FLAG.PLAN_TYPE', codes.PLAN_TYPES);
const protectionFlag = rowsOf('CPIS_FLAG', 'PATIENT_ID', 'FLAG_ID', {
  asOf: 'LAST_UPD',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'CPIS_FLAG.PATIENT_ID'] }],
  newestFirst: flaggedFrom,
  site,
});
/**
 * Status and dates, as CP-IS carries them; never the plan. The authority that looks after a child answers for it
 * wherever it is placed, so its name gives no place away; a plan is held where the child lives, so its authority does.
 */
const flags = (tellsPlace: boolean) => ({
  status: columns(['CPIS_FLAG.PLAN_TYPE', 'CPIS_FLAG.END_DT'], codes.flagStatus),
  responsibleAuthority: column('CPIS_FLAG.LA_CODE', codes.authorityName, { place: tellsPlace }),
  dutyContact: column('CPIS_FLAG.LA_CODE', codes.dutyContact, { place: tellsPlace }),
  from: flaggedFrom,
  to: day('CPIS_FLAG.END_DT', 'YYYYMMDD'),
});

/** What is not plainly marked as free of sealed matter stays with the practice, and so below. */
const onset = day('PROBLEM.ONSET_DT', 'YYYYMMDD');
const problem = rowsOf('PROBLEM', 'PATIENT_ID', 'PROB_ID', {
  asOf: 'LAST_UPD',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'PROBLEM.PATIENT_ID'] }],
  newestFirst: onset,
  only: flag('PROBLEM.SENS_YN').no,
  never: 'problems that the practice has sealed',
  site,
});

const prescribed = day('MEDICATION.START_DT');
const medication = rowsOf('MEDICATION', 'PATIENT_ID', 'MED_ID', {
  asOf: 'LAST_UPD',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'MEDICATION.PATIENT_ID'] }],
  newestFirst: prescribed,
  only: flag('MEDICATION.SENS_YN').no,
  never: 'medicines that the practice has sealed',
  site,
});

const allergy = rowsOf('ALLERGY', 'PATIENT_ID', 'ALLERGY_ID', {
  asOf: 'LAST_UPD',
  join: [{ table: 'PATIENT', on: ['PATIENT.PATIENT_ID', 'ALLERGY.PATIENT_ID'] }],
  site,
});

/** Nor is a note shown that speaks of third parties or is a lawyer's. */
const consulted = moment('CONSULTATION.CONS_DT');
const consultation = rowsOf('CONSULTATION', 'PATIENT_ID', 'CONS_ID', {
  asOf: 'LAST_UPD',
  newestFirst: consulted,
  only: {
    all: [
      flag('CONSULTATION.THIRD_PTY').no,
      flag('CONSULTATION.LEGAL_PRIV').no,
      flag('CONSULTATION.SENS_YN').no,
    ],
  },
  never: 'notes about or from third parties, under legal privilege, or that the practice has sealed',
  site: 'CONSULTATION.PRACT_ODS',
});

export const sections = {
  ...personSections(person),
  demographics: {
    records: list(patient, {
      ethnicity: coded('PATIENT.ETHNIC_CD', nhs.ETHNIC_CATEGORIES, 'NHS Data Dictionary ethnic category'),
      language: coded('PATIENT.LANG_CD', nhs.LANGUAGES, 'ISO 639-2'),
      interpreterNeeded: flag('PATIENT.INTERP_YN'),
      communicationNeeds: column('PATIENT.COMM_NEEDS', textList, { freeText: true }),
      disability: column('PATIENT.DISAB_CD', nhs.disabilities, noPlace),
    }),
  },
  involvements: {
    items: lists(
      list(registration, {
        service: always('GENERAL_PRACTICE'),
        serviceName: always('General practice'),
        status: code('PRACT_REG.STAT_CD', codes.REGISTRATION_STATUSES).until(deducted),
        contact: contact(primaryCareDesk),
        lead: object({
          name: text('STAFF.STAFF_NM', place),
          role: text('STAFF.JOB_TITLE', noPlace),
          team: text('PRACTICE.PRACT_NM', place),
          phone: text('PRACTICE.TEL_NO', place),
        }),
        from: registered,
        to: deducted,
      }),
      list(communityCase, {
        service,
        serviceName: code('HV_CASELOAD.SVC_CD', codes.COMMUNITY_SERVICE_NAMES, noPlace),
        status: visitedTo.status,
        contact: contact(communityDesk),
        lead: object({
          // A visitor has a patch: who knows the visitor knows the town.
          name: text('STAFF.STAFF_NM', place),
          role: text('STAFF.JOB_TITLE', noPlace),
          team: text('TEAM.TEAM_NM', place),
          phone: text('STAFF.TEL_NO', place),
        }),
        from: visited,
        to: visitedTo,
      }),
    ),
  },
  childSafeguarding: {
    known: exists(protectionFlag),
    items: lists(
      list(protectionFlag, flags(false), { where: planType.exactly('LOOKED_AFTER') }),
      list(protectionFlag, flags(true), { where: planType.notIn('LOOKED_AFTER') }),
    ),
  },
  clinical: {
    diagnoses: list(problem, {
      diagnosis: columns(['PROBLEM.SNOMED_ID', 'PROBLEM.TERM'], snomed.problemCode, noPlace),
      from: onset,
      active: code('PROBLEM.STAT_CD', codes.PROBLEM_STATUSES),
    }),
    // What was stopped is not what the patient takes.
    medication: list(
      medication,
      {
        name: text('MEDICATION.DRUG_NM', noPlace),
        dose: text('MEDICATION.DOSE_TXT', noPlace),
        highRisk: flag('MEDICATION.HIGH_RISK'),
        from: prescribed,
      },
      { where: day('MEDICATION.STOP_DT').isOpenEnded.rows },
    ),
    allergies: list(allergy, {
      substance: text('ALLERGY.SUBSTANCE', noPlace),
      reaction: text('ALLERGY.REACTION', noPlace),
    }),
    notes: list(
      consultation,
      { writtenAt: consulted, text: text('CONSULTATION.NOTE_TXT', { freeText: true }) },
      { before: consulted.before },
    ),
  },
  mentalHealth: {
    practice: value(
      patient,
      columns(['PATIENT.PRACT_ODS', 'PRACTICE.PRACT_NM', 'PRACTICE.TEL_NO'], organisationOf, place),
    ),
  },
};
