/**
 * Codes of the attendance register: SI 2024/208, regulation 10, with `Z` and `#` of the Department for Education's
 * guidance. What each counts as follows the guidance's statistical meaning.
 */
import { type CodeList, codesOf, type PublishedList } from '../codes.ts';

export const REGISTER = 'Attendance register (SI 2024/208 reg. 10)';

/** In the school, or at an approved educational activity elsewhere. */
const PRESENT: CodeList<string> = {
  '/': 'Present in the morning',
  '\\': 'Present in the afternoon',
  L: 'Late, before the register closed',
  K: 'Education arranged by the local authority',
  V: 'Educational visit or trip',
  P: 'Sporting activity',
  W: 'Work experience',
  B: 'Other approved educational activity',
  D: 'At another school where registered too',
};

/** With leave, or for a reason that the law accepts. */
const AUTHORISED: CodeList<string> = {
  C: 'Leave for exceptional circumstances',
  C1: 'Leave for a regulated performance or employment abroad',
  C2: 'Leave under a part-time timetable',
  J1: 'Leave for an interview',
  M: 'Medical or dental appointment',
  R: 'Religious observance',
  S: 'Study leave',
  T: 'Parent travelling for work',
  I: 'Illness',
  E: 'Suspended or excluded, no other provision made',
};

const UNAUTHORISED: CodeList<string> = {
  G: 'Holiday without leave',
  N: 'Reason not yet established',
  O: 'Absent for other or unknown reasons',
  U: 'Arrived after the register closed',
};

/** Nobody could or had to be there: such a session is none that could be attended. */
const NOT_POSSIBLE: CodeList<string> = {
  X: 'Not required to attend, not of compulsory school age',
  Q: 'Unable to attend for want of access arrangements',
  Y1: 'Unable to attend, transport not available',
  Y2: 'Unable to attend, widespread disruption of travel',
  Y3: 'Unable to attend, part of the school closed',
  Y4: 'Unable to attend, whole school closed unexpectedly',
  Y5: 'Unable to attend, in criminal justice detention',
  Y6: 'Unable to attend, under public health guidance or law',
  Y7: 'Unable to attend for another unavoidable cause',
  Z: 'Not yet on the roll',
  '#': 'School closed as planned',
};

export type Session = 'PRESENT' | 'ABSENT' | 'NOT_POSSIBLE';

export const ATTENDANCE_CODES: CodeList<string> = {
  ...PRESENT,
  ...AUTHORISED,
  ...UNAUTHORISED,
  ...NOT_POSSIBLE,
};

const all = (codes: CodeList<string>, counts: Session): CodeList<Session> =>
  Object.fromEntries(Object.keys(codes).map((code) => [code, counts]));

/** What a session with this code counts as. */
export const COUNTS_AS: CodeList<Session> = {
  ...all(PRESENT, 'PRESENT'),
  ...all(AUTHORISED, 'ABSENT'),
  ...all(UNAUTHORISED, 'ABSENT'),
  ...all(NOT_POSSIBLE, 'NOT_POSSIBLE'),
};

export const PUBLISHED: readonly PublishedList[] = [
  {
    source:
      'SI 2024/208 reg. 10 and the Department for Education’s Working together to improve school attendance (August 2024)',
    count: 34,
    codes: codesOf(ATTENDANCE_CODES),
  },
];
