/** Where rows about a claimant stand. Tables tie by National Insurance number; people are known by CLMNT_ID outside of them. At the level of the caller's own organisation, those of the claimant's jobcentre. */
import { fieldsOf, flag, instant, isYes } from '../contract.ts';
import type { WorkAndPensionsTables } from './tables.ts';

const { column, source } = fieldsOf<WorkAndPensionsTables>();

export const claimant = source({
  table: 'CLMNT',
  person: 'CLMNT.CLMNT_ID',
  record: ['CLMNT.CLMNT_ID'],
  asOf: column('CLMNT.LAST_UPD', instant),
  site: 'CLMNT.JCP_CD',
});

export const address = source({
  table: 'ADDR',
  join: [{ table: 'CLMNT', on: ['CLMNT.NINO', 'ADDR.NINO'] }],
  person: 'CLMNT.CLMNT_ID',
  record: ['ADDR.ADDR_ID'],
  asOf: column('ADDR.LAST_UPD', instant),
  newestFirst: 'ADDR.ST_DT',
  rows: { current: flag('Only the current address.', isYes('ADDR.CURR_FLG')) },
  place: true,
  site: 'CLMNT.JCP_CD',
});

export const telephone = source({
  table: 'PHONE',
  join: [{ table: 'CLMNT', on: ['CLMNT.NINO', 'PHONE.NINO'] }],
  person: 'CLMNT.CLMNT_ID',
  record: ['PHONE.PHONE_ID'],
  asOf: column('PHONE.LAST_UPD', instant),
  newestFirst: 'PHONE.ST_DT',
  site: 'CLMNT.JCP_CD',
});

// The same tables whichever of a joint claim is asked about, so that both are read by one statement.
const claim = {
  table: 'CLAIM',
  join: [{ table: 'COACH', on: ['COACH.COACH_REF', 'CLAIM.COACH_REF'] }],
  record: ['CLAIM.CLAIM_REF'],
  asOf: column('CLAIM.LAST_UPD', instant),
  newestFirst: 'CLAIM.ST_DT',
  service: { kind: 'EMPLOYMENT_AND_BENEFITS' },
} as const;

export const ownClaim = source({ ...claim, person: 'CLAIM.CLMNT_ID' });
export const partnersClaim = source({ ...claim, person: 'CLAIM.PTNR_ID' });

export const award = source({
  table: 'AWARD',
  join: [{ table: 'CLMNT', on: ['CLMNT.NINO', 'AWARD.NINO'] }],
  person: 'CLMNT.CLMNT_ID',
  record: ['AWARD.AWARD_ID'],
  asOf: column('AWARD.LAST_UPD', instant),
  newestFirst: 'AWARD.ST_DT',
  site: 'CLMNT.JCP_CD',
});

export const sanction = source({
  table: 'SANCTION',
  join: [{ table: 'CLMNT', on: ['CLMNT.NINO', 'SANCTION.NINO'] }],
  person: 'CLMNT.CLMNT_ID',
  record: ['SANCTION.SANC_ID'],
  asOf: column('SANCTION.LAST_UPD', instant),
  newestFirst: 'SANCTION.ST_DT',
  site: 'CLMNT.JCP_CD',
});
