import { referenceOf, wordsOf } from '../contract.ts';
import { isProven, ORGANISATIONS } from './codes.ts';
import { referralStatus } from './sections.ts';
import type { MentalHealthTables } from './tables.ts';

const { code, columns, day } = wordsOf<MentalHealthTables>();
const live = referralStatus.isOpen;
/** Staff of an organisation that is not in the code list are on nothing. */
const organisation = code('ReferralStaff.StaffOrg', ORGANISATIONS);
const there = day('ReferralStaff.ToDT').isOpenEnded;

/** The allocated worker, and who works on it beside them. */
export const reference = referenceOf<MentalHealthTables>({
  agency: 'mental-health',
  description:
    "The referral's number, such as R2600417, or that of a person's own request, such as SAR-000018.",
  kinds: [
    {
      form: /^(?!SAR-\d{1,8}$)[A-Z]{0,4}-?\d{1,10}$/,
      number: 'Referral.RefID',
      live,
      staff: [
        'Referral.WorkerID',
        { number: 'ReferralStaff.RefID', staff: 'ReferralStaff.StaffID', organisation, there },
      ],
      people: ['Referral.ClientID'],
    },
    // Only the login whose identity was proven is on it, and it ties nobody but the client.
    {
      form: /^SAR-\d{1,8}$/,
      number: 'SubjectRequest.ReqRef',
      live: columns(['SubjectRequest.IDProvenYN', 'SubjectRequest.CloseDT'], isProven),
      staff: ['SubjectRequest.RequesterRef'],
      people: ['SubjectRequest.ClientID'],
    },
  ],
  caseload: [
    { person: 'Referral.ClientID', staff: 'Referral.WorkerID', padded: true, while: [live] },
    {
      table: 'ReferralStaff',
      join: [{ table: 'Referral', on: ['Referral.RefID', 'ReferralStaff.RefID'] }],
      person: 'Referral.ClientID',
      staff: 'ReferralStaff.StaffID',
      while: [live, there, organisation.is('mental-health')],
    },
  ],
});
