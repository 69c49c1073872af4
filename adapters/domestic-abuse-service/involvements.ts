import { date, fieldsOf, meaning, type SectionSource } from '../contract.ts';
import { adviser } from './adviser.ts';
import { INVOLVEMENT_STATUSES } from './codes.ts';
import { adviceLine } from './desks.ts';
import { caseAsChild, caseAsVictim } from './sources.ts';
import type { DomesticAbuseTables } from './tables.ts';

const { always, column, contact, list, lists } = fieldsOf<DomesticAbuseTables>();

const support = {
  service: always('DOMESTIC_ABUSE_SUPPORT'),
  serviceName: always('Northshire Domestic Abuse Service'),
  status: column('MARAC_CASE.STATUS', meaning(INVOLVEMENT_STATUSES)),
  contact: contact(adviceLine),
  lead: adviser,
  from: column('MARAC_CASE.OPEN_DT', date),
  to: column('MARAC_CASE.CLOSE_DT', date),
};

/** The charity supports victims and children; with perpetrators it is not involved. */
export const involvements: SectionSource<DomesticAbuseTables> = {
  items: lists(list(caseAsVictim, support), list(caseAsChild, support)),
};
