import {
  codedValue,
  type Decoder,
  date,
  fieldsOf,
  integer,
  meaning,
  newest,
  noPlace,
  type SectionSource,
  text,
} from '../contract.ts';
import {
  bandOfAll,
  bandOfSession,
  countOfSession,
  countsOf,
  percentOf,
  percentOfSession,
} from './attendance.ts';
import { EXCLUSIONS, ON_ROLL, SPECIAL_NEEDS } from './codes.ts';
import { concern, enrolment, exclusion, mark, pupil } from './sources.ts';
import type { EducationTables } from './tables.ts';

const { column, columns, exists, list, value } = fieldsOf<EducationTables>();

const school: Decoder<unknown> = (cells, context) => {
  const [code, name, phone] = (cells as readonly unknown[]).map((cell) => text(cell, context));
  return code ? { code, name: name ?? code, phone: phone ?? null } : null;
};

export const education: SectionSource<EducationTables> = {
  school: value(
    enrolment,
    columns(['ENROL.SCHOOL', 'SCHOOL.SCH_NAME', 'SCHOOL.SCH_TEL'], school, { place: true }),
    newest,
    { column: 'ENROL.ENR_STAT', in: ON_ROLL },
  ),
  attendanceBand: value(mark, column('ATT_MARK.CODE', bandOfSession), bandOfAll),
  attendancePercent: value(mark, column('ATT_MARK.CODE', percentOfSession), percentOf),
  attendance: value(mark, column('ATT_MARK.CODE', countOfSession, noPlace), countsOf),
  exclusions: list(exclusion, {
    kind: column('EXCL.EXCL_TYPE', meaning(EXCLUSIONS)),
    from: column('EXCL.START_DT', date),
    sessions: column('EXCL.SESSIONS', integer),
  }),
  specialNeeds: value(
    pupil,
    column('STUD.SEN_STAT', codedValue(SPECIAL_NEEDS, 'School census special needs provision'), noPlace),
  ),
  safeguardingConcern: exists(concern),
};
