/** What analysts may be let count of schools' records. */
import {
  attendanceRegister,
  type CountableFields,
  codeCases,
  codesMeaning,
  hasCode,
  hasOtherCode,
  isYes,
} from '../contract.ts';
import { EXCLUSIONS } from './codes.ts';
import { exclusion, mark } from './sections.ts';
import type { EducationTables } from './tables.ts';

const { COUNTS_AS } = attendanceRegister;
const MARK = 'ATT_MARK.CODE';
// Which academic year is the current one is asked in SQL here.
const { only: _, ...marks } = mark;

export const countable: CountableFields<EducationTables> = {
  education: {
    attendanceBand: {
      kind: 'BAND',
      description: 'Attendance of the current academic year, in the Department for Education’s bands.',
      type: 'AttendanceBand',
      values: ['ABOVE_95', 'FROM_90_TO_95', 'PERSISTENTLY_ABSENT', 'SEVERELY_ABSENT'],
      parts: [
        {
          source: marks,
          where: (today) => ({
            allOf: [
              isYes('ACAD_YR.CURR_FLG'),
              { day: 'ACAD_YR.END_DT', text: true, from: today, none: true },
            ],
          }),
          part: hasCode(MARK, codesMeaning(COUNTS_AS, ['PRESENT'])),
          of: hasCode(MARK, codesMeaning(COUNTS_AS, ['PRESENT', 'ABSENT'])),
          unreadable: hasOtherCode(MARK, ['', ...Object.keys(COUNTS_AS)]),
          bands: [
            { value: 'SEVERELY_ABSENT', below: 50 },
            { value: 'PERSISTENTLY_ABSENT', below: 90 },
            { value: 'FROM_90_TO_95', upTo: 95 },
            { value: 'ABOVE_95' },
          ],
        },
      ],
    },
    exclusionKind: {
      kind: 'ENUM',
      description: 'Suspension, or permanent exclusion, that somebody has had.',
      type: 'ExclusionKind',
      values: ['SUSPENSION', 'PERMANENT'],
      parts: [{ source: exclusion, ...codeCases('EXCL.EXCL_TYPE', EXCLUSIONS) }],
    },
    exclusionMonth: {
      kind: 'MONTH',
      description: 'The calendar month in which a suspension or exclusion began.',
      values: [],
      parts: [{ source: exclusion, month: { day: 'EXCL.START_DT', text: true } }],
    },
  },
};
