/**
 * Attendance of the current academic year, counted from the register's own marks. Each mark is decoded to the
 * attendance of its one session, so that the pupil's is put together from these.
 */
import {
  attendanceRegister,
  type CodedValue,
  codedValue,
  type Decoder,
  meaning,
  UNREADABLE,
} from '../contract.ts';

export type AttendanceBand = 'ABOVE_95' | 'FROM_90_TO_95' | 'PERSISTENTLY_ABSENT' | 'SEVERELY_ABSENT';
export interface AttendanceCount {
  code: CodedValue;
  sessions: number;
}

/** Per cent of one session: 100 or 0. Null where nobody could attend it, and for a code of no list, which is noted. */
export const percentOfSession: Decoder<number | null> = (cell, context) => {
  const counts = meaning(attendanceRegister.COUNTS_AS)(cell, context);
  if (counts === null || counts === 'NOT_POSSIBLE') return null;
  return counts === 'PRESENT' ? 100 : 0;
};

/** The band of one session alone: the highest or the lowest. */
export const bandOfSession: Decoder<AttendanceBand | null> = (cell, context) => {
  const percent = percentOfSession(cell, context);
  return percent === null ? null : bandOf(percent);
};

const markOf = codedValue(attendanceRegister.ATTENDANCE_CODES, attendanceRegister.REGISTER);
/** One session with its code. */
export const countOfSession: Decoder<AttendanceCount[] | null> = (cell, context) => {
  const code = markOf(cell, context);
  return code && [{ code, sessions: 1 }];
};

/**
 * Attendance in per cent of possible sessions, to two decimal places: a year has too few sessions for that to carry
 * it over the edge of a band. Null where there was no possible session; not known where a mark could not be read.
 */
export function percentOf(sessions: readonly unknown[]): number | null | typeof UNREADABLE {
  if (sessions.includes(UNREADABLE)) return UNREADABLE;
  const possible = sessions.filter((one): one is number => typeof one === 'number');
  if (possible.length === 0) return null;
  const sum = possible.reduce((total, one) => total + one, 0);
  return Math.round((sum / possible.length) * 100) / 100;
}

/**
 * The pupil's band, from those of the sessions. A mark that could not be read may be of a presence, an absence, or a
 * session that nobody could attend: not known, unless the band is the same whichever it is.
 */
export function bandOfAll(sessions: readonly unknown[]): AttendanceBand | null | typeof UNREADABLE {
  const unread = sessions.filter((one) => one === UNREADABLE).length;
  const possible = sessions.filter((one) => one !== null && one !== UNREADABLE);
  if (possible.length + unread === 0) return null;
  if (possible.length === 0) return UNREADABLE;
  const present = possible.filter((one) => one === 'ABOVE_95').length;
  const [lowest, highest] = [present, present + unread].map((one) =>
    bandOf((one * 100) / (possible.length + unread)),
  );
  return lowest === highest && lowest !== undefined ? lowest : UNREADABLE;
}

/** The Department for Education's thresholds of persistent and severe absence. */
function bandOf(percent: number): AttendanceBand {
  if (percent < 50) return 'SEVERELY_ABSENT';
  if (percent < 90) return 'PERSISTENTLY_ABSENT';
  return percent <= 95 ? 'FROM_90_TO_95' : 'ABOVE_95';
}

/** Sessions by code, the most frequent first. Null where there is no mark; not known where one could not be read. */
export function countsOf(sessions: readonly unknown[]): AttendanceCount[] | null | typeof UNREADABLE {
  if (sessions.includes(UNREADABLE)) return UNREADABLE;
  const counts = new Map<string, AttendanceCount>();
  for (const { code, sessions: more } of sessions.flatMap((one) => (one ?? []) as AttendanceCount[]))
    counts.set(code.code, { code, sessions: (counts.get(code.code)?.sessions ?? 0) + more });
  if (sessions.length === 0) return null;
  return [...counts.values()].sort(
    (one, other) => other.sessions - one.sessions || (one.code.code < other.code.code ? -1 : 1),
  );
}
