/** Where rows about a pupil stand. At the level of the caller's own organisation, those of the school the pupil is at. */
import { fieldsOf, flag, instant, isYes } from '../contract.ts';
import { VOID } from './codes.ts';
import type { EducationTables } from './tables.ts';

const { column, source } = fieldsOf<EducationTables>();

export const pupil = source({
  table: 'STUD',
  person: 'STUD.STUD_ID',
  record: ['STUD.STUD_ID'],
  asOf: column('STUD.LAST_UPD', instant),
  site: 'STUD.SCHOOL',
});

/** A school sees of other schools' enrolments of its pupils no more than anybody else. */
export const enrolment = source({
  table: 'ENROL',
  join: [{ table: 'SCHOOL', on: ['SCHOOL.SCHOOL', 'ENROL.SCHOOL'] }],
  person: 'ENROL.STUD_ID',
  record: ['ENROL.ENROL_ID'],
  asOf: column('ENROL.LAST_UPD', instant),
  newestFirst: 'ENROL.ST_DT',
  site: 'ENROL.SCHOOL',
  service: { kind: 'SCHOOL' },
});

export const address = source({
  table: 'STUD_ADDR',
  join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'STUD_ADDR.STUD_ID'] }],
  person: 'STUD_ADDR.STUD_ID',
  record: ['STUD_ADDR.ADDR_ID'],
  asOf: column('STUD_ADDR.LAST_UPD', instant),
  newestFirst: 'STUD_ADDR.ST_DT',
  rows: { current: flag('Only the current address.', isYes('STUD_ADDR.CURR_FLG')) },
  place: true,
  site: 'STUD.SCHOOL',
});

export const telephone = source({
  table: 'STUD_TEL',
  join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'STUD_TEL.STUD_ID'] }],
  person: 'STUD_TEL.STUD_ID',
  record: ['STUD_TEL.TEL_ID'],
  asOf: column('STUD_TEL.LAST_UPD', instant),
  newestFirst: 'STUD_TEL.ST_DT',
  site: 'STUD.SCHOOL',
});

export const relation = source({
  table: 'STUD_CONT',
  join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'STUD_CONT.STUD_ID'] }],
  person: 'STUD_CONT.STUD_ID',
  record: ['STUD_CONT.CONT_ID'],
  otherPerson: 'STUD_CONT.REL_STUD_ID',
  asOf: column('STUD_CONT.LAST_UPD', instant),
  site: 'STUD.SCHOOL',
});

/** The register, a row for each half day. Bounded by the academic year that is marked as the current one. */
export const mark = source({
  table: 'ATT_MARK',
  join: [
    { table: 'STUD', on: ['STUD.STUD_ID', 'ATT_MARK.STUD_ID'] },
    { table: 'ACAD_YR', on: ['ACAD_YR.YR_CD', 'ATT_MARK.YR_CD'] },
  ],
  person: 'ATT_MARK.STUD_ID',
  record: ['ATT_MARK.STUD_ID', 'ATT_MARK.SESS_DATE', 'ATT_MARK.AMPM'],
  asOf: column('ATT_MARK.LAST_UPD', instant),
  newestFirst: 'ATT_MARK.SESS_DATE',
  only: isYes('ACAD_YR.CURR_FLG'),
  never: 'attendance of earlier academic years',
  site: 'STUD.SCHOOL',
});

export const exclusion = source({
  table: 'EXCL',
  join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'EXCL.STUD_ID'] }],
  person: 'EXCL.STUD_ID',
  record: ['EXCL.EXCL_ID'],
  asOf: column('EXCL.LAST_UPD', instant),
  newestFirst: 'EXCL.START_DT',
  site: 'STUD.SCHOOL',
});

/** What was entered in error never was a concern; one whose state nobody wrote down is. What it says is never read. */
export const concern = source({
  table: 'SAFEG_LOG',
  join: [{ table: 'STUD', on: ['STUD.STUD_ID', 'SAFEG_LOG.STUD_ID'] }],
  person: 'SAFEG_LOG.STUD_ID',
  record: ['SAFEG_LOG.LOG_REF'],
  asOf: column('SAFEG_LOG.LAST_UPD', instant),
  newestFirst: 'SAFEG_LOG.LOG_DTTM',
  only: {
    any: [
      { column: 'SAFEG_LOG.LOG_STAT', isNull: true },
      { column: 'SAFEG_LOG.LOG_STAT', notIn: VOID },
    ],
  },
  never: 'concerns entered in error',
  site: 'STUD.SCHOOL',
});
