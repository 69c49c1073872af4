import { referenceOf, wordsOf } from '../contract.ts';
import { isLive } from './codes.ts';
import type { DomesticAbuseServiceTables } from './tables.ts';

const { columns } = wordsOf<DomesticAbuseServiceTables>();
const live = columns(['MARAC_CASE.STATUS', 'MARAC_CASE.CLOSE_DT'], isLive);
const staff = 'MARAC_CASE.IDVA_ID';
const itsCase = [{ table: 'MARAC_CASE', on: ['MARAC_CASE.REF', 'CASE_CHILD.REF'] }] as const;

/** A case ties the victim and her children. The other side is nobody's client here, so an adviser's case is no reason to look them up. */
export const reference = referenceOf<DomesticAbuseServiceTables>({
  agency: 'domestic-abuse-service',
  description: 'A case of the conference, such as M26-0017.',
  kinds: [
    {
      form: /^M\d{2}-\d{4,6}$/,
      number: 'MARAC_CASE.REF',
      live,
      staff: [staff],
      people: ['MARAC_CASE.VICTIM_ID', { number: 'CASE_CHILD.REF', person: 'CASE_CHILD.CHILD_ID' }],
    },
  ],
  caseload: [
    { person: 'MARAC_CASE.VICTIM_ID', staff, while: [live] },
    { person: 'CASE_CHILD.CHILD_ID', join: itsCase, staff, while: [live] },
  ],
});
