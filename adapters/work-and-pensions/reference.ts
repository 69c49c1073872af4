import { referenceOf } from '../contract.ts';
import { claimStatus } from './person.ts';
import type { WorkAndPensionsTables } from './tables.ts';

const live = claimStatus.isOpen;
const staff = 'CLAIM.COACH_REF';

/** A claim that is open, with both who claim jointly. One whose state cannot be read proves nothing. */
export const reference = referenceOf<WorkAndPensionsTables>({
  agency: 'work-and-pensions',
  description: 'A claim, such as UC-000042.',
  kinds: [
    {
      form: /^[A-Z]{2,3}-\d{1,8}$/,
      number: 'CLAIM.CLAIM_REF',
      live,
      staff: [staff],
      people: ['CLAIM.CLMNT_ID', 'CLAIM.PTNR_ID'],
    },
  ],
  caseload: [
    { person: 'CLAIM.CLMNT_ID', staff, while: [live] },
    { person: 'CLAIM.PTNR_ID', staff, while: [live] },
  ],
});
