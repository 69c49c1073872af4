/** What schools know of a pupil beside who they are: rows of the school the pupil is at, at the level of one's own. */
import {
  type Desk,
  dependentChildBy,
  dfe,
  newest,
  noPlace,
  organisationOf,
  personSections,
  textList,
  wordsOf,
} from '../contract.ts';
import {
  bandOfAll,
  bandOfSession,
  countOfSession,
  countsOf,
  percentOf,
  percentOfSession,
} from './attendance.ts';
import * as codes from './codes.ts';
import { person, pupil, relation, sameAddress } from './person.ts';
import type { EducationTables } from './tables.ts';

/** One number for all schools: which school a pupil is at is for those to hear who may. */
export const safeguardingDesk: Desk = {
  desk: 'Education safeguarding service',
  phone: '01632 960700',
  email: 'education-safeguarding@northshire-schools.example',
  hours: 'Mon–Fri 08:00–17:00',
  advice: 'Puts you through to the designated safeguarding lead of the school.',
};

export const desks = {
  'safeguarding-service': safeguardingDesk,
  'attendance-team': {
    desk: 'School attendance support team',
    phone: '01632 960710',
    hours: 'Mon–Fri 09:00–16:30',
  },
  'data-protection': {
    desk: 'Data protection officer',
    phone: '01632 960711',
    email: 'dpo@northshire-schools.example',
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
  integer,
  key,
  list,
  object,
  rowsOf,
  text,
  value,
} = wordsOf<EducationTables>();
const place = { place: true };

/** A school sees of other schools' enrolments of its pupils no more than anybody else. */
const enrolled = day('ENROL.ST_DT', 'YYYYMMDD');
const enrolledTo = day('ENROL.END_DT', 'YYYYMMDD');
const enrolmentStatus = code('ENROL.ENR_STAT', codes.ENROLMENTS).until(enrolledTo);
const enrolment = rowsOf('ENROL', 'STUD_ID', 'ENROL_ID', {
  asOf: 'LAST_UPD',
  join: [{ table: 'SCHOOL', on: ['SCHOOL.SCHOOL', 'ENROL.SCHOOL'] }],
  newestFirst: enrolled,
  site: 'ENROL.SCHOOL',
  service: { kind: 'SCHOOL' },
});

/** The register, a row for each half day. Bounded by the academic year that is marked as the current one and is not over. */
export const mark = rowsOf('ATT_MARK', 'STUD_ID', ['STUD_ID', 'SESS_DATE', 'AMPM'], {
  asOf: 'LAST_UPD',
  join: [
    { table: 'STUD', on: ['STUD.STUD_ID', 'ATT_MARK.STUD_ID'] },
    { table: 'ACAD_YR', on: ['ACAD_YR.YR_CD', 'ATT_MARK.YR_CD'] },
  ],
  newestFirst: day('ATT_MARK.SESS_DATE', 'YYYYMMDD'),
  only: flag('ACAD_YR.CURR_FLG').until(day('ACAD_YR.END_DT', 'YYYYMMDD')).rows,
  never: 'attendance of earlier academic years',
  // A year has 390 half days; twice over, and they are no register of one pupil's any more.
  mostRows: 1_000,
  site: 'STUD.SCHOOL',
});

const excludedFrom = day('EXCL.START_DT', 'YYYYMMDD');
export const exclusion = rowsOf('EXCL', 'STUD_ID', 'EXCL_ID', {
  asOf: 'LAST_UPD',
  join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'EXCL.STUD_ID'] }],
  newestFirst: excludedFrom,
  site: 'STUD.SCHOOL',
});

const logStatus = code('SAFEG_LOG.LOG_STAT', codes.LOG_STATUSES);
export const concernOpen = logStatus.until(day('SAFEG_LOG.CLOSE_DT', 'YYYYMMDD')).isOpen;
/** What was entered in error never was a concern; one whose state nobody wrote down is. What it says is never read. */
const concern = rowsOf('SAFEG_LOG', 'STUD_ID', 'LOG_REF', {
  asOf: 'LAST_UPD',
  join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'SAFEG_LOG.STUD_ID'] }],
  newestFirst: day('SAFEG_LOG.LOG_DTTM', 'YYYYMMDDHHMM'),
  only: logStatus.notIn('VOID'),
  never: 'concerns entered in error',
  site: 'STUD.SCHOOL',
});

export const sections = {
  ...personSections(person),
  // Special educational needs are in the section of education: a school holds no list of disabilities.
  demographics: {
    records: list(pupil, {
      ethnicity: coded('STUD.ETH', dfe.ETHNICITIES, 'School census ethnicity'),
      language: coded('STUD.LANG', codes.LANGUAGES, 'School census first language'),
      interpreterNeeded: flag('STUD.INTERP_YN'),
      communicationNeeds: column('STUD.COMM_NEED', textList, { freeText: true }),
    }),
  },
  household: {
    members: list(
      relation,
      {
        relationship: code('STUD_CONT.REL_CD', codes.RELATIONSHIPS),
        parentalResponsibility: flag('STUD_CONT.PR_YN'),
        sameAddress,
      },
      { otherPerson: key('STUD_CONT.REL_STUD_ID') },
    ),
    dependentChildren: value(
      relation,
      columns(['STUD_CONT.DEP_YN', 'STUD_CONT.REL_CD'], dependentChildBy(codes.RELATIONSHIPS)),
      codes.unlessNothingIsKnown,
    ),
  },
  // Who leads safeguarding at a school is no secret, so the name alone tells which school.
  involvements: {
    items: list(enrolment, {
      service: always('SCHOOL'),
      serviceName: always('A school in Northshire'),
      status: enrolmentStatus,
      contact: contact(safeguardingDesk),
      lead: object({
        name: text('SCHOOL.DSL_NAME', place),
        role: always('Designated safeguarding lead'),
        team: text('SCHOOL.SCH_NAME', place),
        phone: text('SCHOOL.DSL_TEL', place),
      }),
      from: enrolled,
      to: enrolledTo,
    }),
  },
  education: {
    school: value(
      enrolment,
      columns(['ENROL.SCHOOL', 'SCHOOL.SCH_NAME', 'SCHOOL.SCH_TEL'], organisationOf, place),
      newest,
      enrolmentStatus.isOpen.rows,
    ),
    attendanceBand: value(mark, column('ATT_MARK.CODE', bandOfSession), bandOfAll),
    attendancePercent: value(mark, column('ATT_MARK.CODE', percentOfSession), percentOf),
    attendance: value(mark, column('ATT_MARK.CODE', countOfSession, noPlace), countsOf),
    exclusions: list(exclusion, {
      kind: code('EXCL.EXCL_TYPE', codes.EXCLUSIONS),
      from: excludedFrom,
      sessions: integer('EXCL.SESSIONS'),
    }),
    specialNeeds: value(
      pupil,
      coded('STUD.SEN_STAT', codes.SPECIAL_NEEDS, 'School census special needs provision'),
    ),
    safeguardingConcern: exists(concern),
  },
};
