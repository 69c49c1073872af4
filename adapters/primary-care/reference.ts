import { referenceOf, wordsOf } from '../contract.ts';
import { CONSULTATION_STATUSES } from './codes.ts';
import { visitedTo } from './sections.ts';
import type { PrimaryCareTables } from './tables.ts';

const { code, day } = wordsOf<PrimaryCareTables>();
const open = code('CONSULTATION.STAT_CD', CONSULTATION_STATUSES).until(day('CONSULTATION.CLOSE_DT')).isOpen;
const itsCase = [{ table: 'HV_CASELOAD', on: ['HV_CASELOAD.CASE_ID', 'HV_MEMBER.CASE_ID'] }] as const;

export const reference = referenceOf<PrimaryCareTables>({
  agency: 'primary-care',
  description:
    'A consultation, such as EP-000170, or a family on a health visitor’s list, such as HV-000019.',
  kinds: [
    {
      form: /^EP-\d{1,9}$/,
      number: 'CONSULTATION.CONS_ID',
      live: open,
      staff: ['CONSULTATION.STAFF_ID'],
      people: ['CONSULTATION.PATIENT_ID'],
    },
    {
      form: /^HV-\d{1,9}$/,
      number: 'HV_CASELOAD.CASE_ID',
      live: visitedTo.isRunning,
      staff: ['HV_CASELOAD.STAFF_ID'],
      people: [{ number: 'HV_MEMBER.CASE_ID', person: 'HV_MEMBER.PATIENT_ID' }],
    },
  ],
  caseload: [
    { person: 'CONSULTATION.PATIENT_ID', staff: 'CONSULTATION.STAFF_ID', while: [open] },
    {
      person: 'HV_MEMBER.PATIENT_ID',
      join: itsCase,
      staff: 'HV_CASELOAD.STAFF_ID',
      while: [visitedTo.isRunning],
    },
  ],
});
