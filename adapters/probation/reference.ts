import { referenceOf } from '../contract.ts';
import { supervisedTo } from './sections.ts';
import type { ProbationTables } from './tables.ts';

const staff = 'OFFENDER_MANAGER.STAFF_CD';
const there = supervisedTo.isRunning;

/** Live as long as somebody supervises; on it are those who do. */
export const reference = referenceOf<ProbationTables>({
  agency: 'probation',
  description: 'The case reference number of somebody under supervision, such as X000214.',
  kinds: [
    {
      form: /^[A-Z]\d{6}$/,
      number: 'OFFENDER.CRN',
      live: 'STAFFED',
      staff: [{ number: 'OFFENDER_MANAGER.CRN', staff, there }],
      people: ['OFFENDER.CRN'],
    },
  ],
  caseload: [{ person: 'OFFENDER_MANAGER.CRN', staff, while: [there] }],
});
