/** Where rows about a client of adult social care stand. */
import { fieldsOf, flag, instant, isYes, onlyOf } from '../contract.ts';
import { INVOLVEMENT_KINDS, OPEN_ENQUIRY } from './codes.ts';
import type { AdultTables } from './tables.ts';

const { column, source } = fieldsOf<AdultTables>();

export const client = source({
  table: 'ASC_CLIENT',
  person: 'ASC_CLIENT.ASC_ID',
  record: ['ASC_CLIENT.ASC_ID'],
  asOf: column('ASC_CLIENT.UPD_DT', instant),
});

export const telephone = source({
  table: 'ASC_TEL',
  person: 'ASC_TEL.ASC_ID',
  record: ['ASC_TEL.TEL_ID'],
  asOf: column('ASC_TEL.UPD_DT', instant),
  newestFirst: 'ASC_TEL.FR_DT',
});

export const address = source({
  table: 'ASC_ADDR',
  person: 'ASC_ADDR.ASC_ID',
  record: ['ASC_ADDR.ADDR_ID'],
  asOf: column('ASC_ADDR.UPD_DT', instant),
  newestFirst: 'ASC_ADDR.FR_DT',
  rows: { current: flag('Only the current address.', isYes('ASC_ADDR.CURR_YN')) },
  place: true,
});

const ofKind = (kind: (typeof INVOLVEMENT_KINDS)[number]) => ({
  service: { kind: 'ADULT_SOCIAL_CARE' },
  rows: { kind: onlyOf('Only involvements of these kinds.', INVOLVEMENT_KINDS, kind) },
});

export const allocation = source({
  ...ofKind('ALLOCATION'),
  table: 'ASC_ALLOC',
  person: 'ASC_ALLOC.ASC_ID',
  record: ['ASC_ALLOC.ALLOC_REF'],
  asOf: column('ASC_ALLOC.UPD_DT', instant),
  newestFirst: 'ASC_ALLOC.ST_DT',
});

export const carePackage = source({
  ...ofKind('PACKAGE'),
  table: 'ASC_PKG',
  person: 'ASC_PKG.ASC_ID',
  record: ['ASC_PKG.PKG_ID'],
  asOf: column('ASC_PKG.UPD_DT', instant),
  newestFirst: 'ASC_PKG.ST_DT',
});

/** An enquiry whose status cannot be read is shown to nobody: it may have found that there was nothing. */
export const openEnquiry = source({
  ...ofKind('ENQUIRY'),
  table: 'S42_ENQ',
  person: 'S42_ENQ.ASC_ID',
  record: ['S42_ENQ.ENQ_REF'],
  asOf: column('S42_ENQ.UPD_DT', instant),
  newestFirst: 'S42_ENQ.ST_DT',
  only: { column: 'S42_ENQ.STATUS', in: OPEN_ENQUIRY },
  never: 'safeguarding enquiries that are not under way',
});
