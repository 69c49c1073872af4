import {
  type CodedValue,
  type Decoder,
  date,
  fieldsOf,
  isPast,
  meaning,
  noPlace,
  type SectionSource,
  text,
} from '../contract.ts';
import { CATEGORIES, DISPOSALS, LEVELS, SERVICE_NAMES, SERVICES } from './codes.ts';
import { dutyDesk } from './desks.ts';
import { arrangement, disposal, manager } from './sources.ts';
import type { ProbationTables } from './tables.ts';

const { always, column, contact, list, object, value } = fieldsOf<ProbationTables>();

const status: Decoder<'OPEN' | 'CLOSED' | null> = (cell, context) => {
  const closed = isPast(cell, context);
  return closed === null ? null : closed ? 'CLOSED' : 'OPEN';
};

/** Whoever is supervised reports to a local office, so the office tells where about they are. */
export const involvements: SectionSource<ProbationTables> = {
  items: list(manager, {
    service: column('TEAM.SVC_CD', meaning(SERVICES)),
    serviceName: column('TEAM.SVC_CD', meaning(SERVICE_NAMES), noPlace),
    status: column('OFFENDER_MANAGER.END_DT', status),
    contact: contact(dutyDesk),
    lead: object({
      name: column('STAFF.STAFF_NM', text, noPlace),
      role: column('STAFF.GRADE_NM', text, noPlace),
      team: column('TEAM.TEAM_NM', text, { place: true }),
      phone: column('STAFF.TEL_NO', text, { place: true }),
    }),
    from: column('OFFENDER_MANAGER.ALLOC_DT', date),
    to: column('OFFENDER_MANAGER.END_DT', date),
  }),
};

/** Conditions name victims and streets: text like any other that somebody typed. */
export const orders: SectionSource<ProbationTables> = {
  items: list(disposal, {
    kind: column('DISPOSAL.DISP_TYPE', meaning(DISPOSALS)),
    conditions: column('DISPOSAL.COND_TXT', text, { freeText: true }),
    from: column('DISPOSAL.START_DT', date),
    to: column('DISPOSAL.END_DT', date),
  }),
};

const category: Decoder<CodedValue | null> = (cell, context) => {
  const found = meaning(CATEGORIES)(cell, context);
  return found && { ...found, system: 'MAPPA category' };
};

export const publicProtection: SectionSource<ProbationTables> = {
  level: value(arrangement, column('MAPPA.LEVEL_NO', meaning(LEVELS))),
  category: value(arrangement, column('MAPPA.CATEGORY', category, noPlace)),
  reviewDate: value(arrangement, column('MAPPA.REVIEW_DT', date)),
  responsibleOfficer: value(
    arrangement,
    object({
      name: column('STAFF.STAFF_NM', text, noPlace),
      role: column('STAFF.GRADE_NM', text, noPlace),
      team: always('Public protection'),
      phone: column('STAFF.TEL_NO', text, { place: true }),
    }),
  ),
};
