import { date, fieldsOf, meaning, noPlace, type SectionSource, text } from '../contract.ts';
import { CASE_STATUSES } from './codes.ts';
import { controlRoom } from './desks.ts';
import { officerInCase } from './sources.ts';
import type { PoliceTables } from './tables.ts';

const { always, column, contact, list, object } = fieldsOf<PoliceTables>();

export const involvements: SectionSource<PoliceTables> = {
  items: list(officerInCase, {
    service: always('POLICE'),
    serviceName: always('Northshire Police'),
    status: column('T_OIC.STAT_CD', meaning(CASE_STATUSES)),
    contact: contact(controlRoom),
    lead: object({
      name: column('T_OIC.STAFF_NM', text, noPlace),
      role: column('T_OIC.STAFF_RANK', text, noPlace),
      team: column('T_OIC.TEAM_NM', text, { place: true }),
      phone: column('T_OIC.TEL_NO', text, { place: true }),
    }),
    from: column('T_OIC.FROM_DT', date),
    to: column('T_OIC.TO_DT', date),
  }),
};
