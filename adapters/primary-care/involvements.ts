import {
  type Decoder,
  date,
  fieldsOf,
  isPast,
  meaning,
  noPlace,
  type SectionSource,
  text,
} from '../contract.ts';
import { COMMUNITY_SERVICE_NAMES, COMMUNITY_SERVICES, REGISTRATION_STATUSES } from './codes.ts';
import { communityDesk, primaryCareDesk } from './desks.ts';
import { communityCase, registration } from './sources.ts';
import type { PrimaryCareTables } from './tables.ts';

const { always, column, contact, list, lists, object } = fieldsOf<PrimaryCareTables>();

const caseStatus: Decoder<'OPEN' | 'CLOSED' | null> = (cell, context) => {
  const closed = isPast(cell, context);
  return closed === null ? null : closed ? 'CLOSED' : 'OPEN';
};

export const involvements: SectionSource<PrimaryCareTables> = {
  items: lists(
    list(registration, {
      service: always('GENERAL_PRACTICE'),
      serviceName: always('General practice'),
      status: column('PRACT_REG.STAT_CD', meaning(REGISTRATION_STATUSES)),
      contact: contact(primaryCareDesk),
      lead: object({
        name: column('STAFF.STAFF_NM', text, { place: true }),
        role: column('STAFF.JOB_TITLE', text, noPlace),
        team: column('PRACTICE.PRACT_NM', text, { place: true }),
        phone: column('PRACTICE.TEL_NO', text, { place: true }),
      }),
      from: column('PRACT_REG.REG_DT', date),
      to: column('PRACT_REG.DEDUCT_DT', date),
    }),
    list(communityCase, {
      service: column('HV_CASELOAD.SVC_CD', meaning(COMMUNITY_SERVICES)),
      serviceName: column('HV_CASELOAD.SVC_CD', meaning(COMMUNITY_SERVICE_NAMES), noPlace),
      status: column('HV_CASELOAD.END_DT', caseStatus),
      contact: contact(communityDesk),
      lead: object({
        // A visitor has a patch: who knows the visitor knows the town.
        name: column('STAFF.STAFF_NM', text, { place: true }),
        role: column('STAFF.JOB_TITLE', text, noPlace),
        team: column('TEAM.TEAM_NM', text, { place: true }),
        phone: column('STAFF.TEL_NO', text, { place: true }),
      }),
      from: column('HV_CASELOAD.START_DT', date),
      to: column('HV_CASELOAD.END_DT', date),
    }),
  ),
};
