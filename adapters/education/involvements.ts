import { date, fieldsOf, meaning, type SectionSource, text } from '../contract.ts';
import { ENROLMENTS } from './codes.ts';
import { safeguardingDesk } from './desks.ts';
import { enrolment } from './sources.ts';
import type { EducationTables } from './tables.ts';

const { always, column, contact, list, object } = fieldsOf<EducationTables>();

/** Who leads safeguarding at a school is no secret, so the name alone tells which school. */
export const involvements: SectionSource<EducationTables> = {
  items: list(enrolment, {
    service: always('SCHOOL'),
    serviceName: always('A school in Northshire'),
    status: column('ENROL.ENR_STAT', meaning(ENROLMENTS)),
    contact: contact(safeguardingDesk),
    lead: object({
      name: column('SCHOOL.DSL_NAME', text, { place: true }),
      role: always('Designated safeguarding lead'),
      team: column('SCHOOL.SCH_NAME', text, { place: true }),
      phone: column('SCHOOL.DSL_TEL', text, { place: true }),
    }),
    from: column('ENROL.ST_DT', date),
    to: column('ENROL.END_DT', date),
  }),
};
