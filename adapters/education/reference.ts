import { referenceOf } from '../contract.ts';
import { concernOpen } from './sections.ts';
import type { EducationTables } from './tables.ts';

const itsSchool = [{ table: 'SCHOOL', on: ['SCHOOL.SCHOOL', 'STUD.SCHOOL'] }] as const;
const itsConcern = [{ table: 'SAFEG_LOG', on: ['SAFEG_LOG.LOG_REF', 'SAFEG_LINK.LOG_REF'] }] as const;
const staff = 'SAFEG_LOG.DSL_REF';

/**
 * Pupils on the roll of a school whose safeguarding somebody leads, and those whom an open concern of theirs is about. A
 * concern whose state cannot be read proves nothing.
 */
export const reference = referenceOf<EducationTables>({
  agency: 'education',
  description: 'A concern in the safeguarding log of a school, such as SG-000042.',
  kinds: [
    {
      form: /^SG-\d{1,9}$/,
      number: 'SAFEG_LOG.LOG_REF',
      live: concernOpen,
      staff: [staff],
      people: ['SAFEG_LOG.STUD_ID', { number: 'SAFEG_LINK.LOG_REF', person: 'SAFEG_LINK.STUD_ID' }],
    },
  ],
  caseload: [
    { person: 'STUD.STUD_ID', join: itsSchool, staff: 'SCHOOL.DSL_REF' },
    { person: 'SAFEG_LOG.STUD_ID', staff, while: [concernOpen] },
    { person: 'SAFEG_LINK.STUD_ID', join: itsConcern, staff, while: [concernOpen] },
  ],
});
