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
import { ALLOCATION_STATUSES, PACKAGE_TYPES } from './codes.ts';
import { dutyDesk, safeguardingDesk } from './desks.ts';
import { allocation, carePackage, openEnquiry } from './sources.ts';
import type { AdultTables } from './tables.ts';

const { always, column, contact, list, lists, object } = fieldsOf<AdultTables>();

const packageStatus: Decoder<'OPEN' | 'CLOSED' | null> = (cell, context) => {
  const ended = isPast(cell, context);
  return ended === null ? null : ended ? 'CLOSED' : 'OPEN';
};

const packageName: Decoder<string | null> = (cell, context) => {
  const type = meaning(PACKAGE_TYPES)(cell, context);
  return type && `Northshire adult social care: ${type}`;
};

export const involvements: SectionSource<AdultTables> = {
  items: lists(
    list(allocation, {
      service: always('ADULT_SOCIAL_CARE'),
      serviceName: always('Northshire adult social care'),
      status: column('ASC_ALLOC.STAT_CD', meaning(ALLOCATION_STATUSES)),
      contact: contact(dutyDesk),
      lead: object({
        name: column('ASC_ALLOC.WRKR_NM', text, noPlace),
        role: column('ASC_ALLOC.WRKR_TTL', text, noPlace),
        team: column('ASC_ALLOC.TEAM_NM', text, { place: true }),
        phone: column('ASC_ALLOC.TEL_NO', text, { place: true }),
      }),
      from: column('ASC_ALLOC.ST_DT', date),
      to: column('ASC_ALLOC.END_DT', date),
    }),
    list(carePackage, {
      service: always('ADULT_SOCIAL_CARE'),
      // Some kinds of care are given in a home that is not one's own.
      serviceName: column('ASC_PKG.PKG_TYPE', packageName, { place: true }),
      status: column('ASC_PKG.END_DT', packageStatus),
      contact: contact(dutyDesk),
      from: column('ASC_PKG.ST_DT', date),
      to: column('ASC_PKG.END_DT', date),
    }),
    // That an enquiry is open and whom to call; never what kind of abuse, nor by whom.
    list(openEnquiry, {
      service: always('ADULT_SOCIAL_CARE'),
      serviceName: always('Northshire safeguarding adults enquiry'),
      status: always('OPEN'),
      contact: contact(safeguardingDesk),
      lead: object({
        name: column('S42_ENQ.LEAD_NM', text, noPlace),
        role: always('Enquiry lead'),
        team: always('Safeguarding adults'),
        phone: column('S42_ENQ.LEAD_TEL', text, { place: true }),
      }),
      from: column('S42_ENQ.ST_DT', date),
    }),
  ),
};
