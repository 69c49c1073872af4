import { date, fieldsOf, meaning, type SectionSource, type TableSource, text } from '../contract.ts';
import { CLAIM_STATUSES } from './codes.ts';
import { partnershipDesk } from './desks.ts';
import { ownClaim, partnersClaim } from './sources.ts';
import type { WorkAndPensionsTables } from './tables.ts';

const { always, column, contact, list, lists, object } = fieldsOf<WorkAndPensionsTables>();

/** A coach sits in one jobcentre, which is near where the claimant lives: name, team and telephone give it away. */
const claimsOf = (source: TableSource<WorkAndPensionsTables>) =>
  list(source, {
    service: always('EMPLOYMENT_AND_BENEFITS'),
    serviceName: always('Jobcentre'),
    status: column('CLAIM.CLM_STAT', meaning(CLAIM_STATUSES)),
    contact: contact(partnershipDesk),
    lead: object({
      name: column('COACH.COACH_NM', text, { place: true }),
      role: always('Work coach'),
      team: column('COACH.JCP_NM', text, { place: true }),
      phone: column('COACH.COACH_TEL', text, { place: true }),
    }),
    from: column('CLAIM.ST_DT', date),
    to: column('CLAIM.END_DT', date),
  });

export const involvements: SectionSource<WorkAndPensionsTables> = {
  items: lists(claimsOf(ownClaim), claimsOf(partnersClaim)),
};
