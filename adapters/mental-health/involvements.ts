import { date, fieldsOf, meaning, noPlace, type SectionSource, text } from '../contract.ts';
import { REFERRAL_STATUSES, TEAM_TYPES } from './codes.ts';
import { crisisLine } from './desks.ts';
import { referral } from './sources.ts';
import type { MentalHealthTables } from './tables.ts';

const { always, column, contact, list, object } = fieldsOf<MentalHealthTables>();

export const involvements: SectionSource<MentalHealthTables> = {
  items: list(referral, {
    service: column('Referral.TeamType', meaning(TEAM_TYPES)),
    serviceName: always('Northshire Mental Health NHS Trust'),
    status: column('Referral.StatusCd', meaning(REFERRAL_STATUSES)),
    contact: contact(crisisLine),
    lead: object({
      name: column('Staff.StaffName', text, noPlace),
      role: column('Staff.JobTitle', text, noPlace),
      team: column('Team.TeamName', text, { place: true }),
      phone: column('Staff.Phone', text, { place: true }),
    }),
    from: column('Referral.RefDT', date),
    to: column('Referral.CloseDT', date),
  }),
};
