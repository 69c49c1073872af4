/** What the department knows of a claimant beside who they are. */
import { type Desk, firstThatSays, noPlace, personSections, type TableSource, wordsOf } from '../contract.ts';
import { BENEFITS, healthGroup, runningSanction } from './codes.ts';
import { byNumber, claimedTo, claimStatus, person } from './person.ts';
import type { WorkAndPensionsTables } from './tables.ts';

export const partnershipDesk: Desk = {
  desk: 'Jobcentre partnership desk',
  phone: '01632 960800',
  email: 'partnership@northshire-jobcentres.example',
  hours: 'Mon–Fri 09:00–17:00',
  advice: 'Puts you through to the work coach.',
};

export const desks = {
  'partnership-desk': partnershipDesk,
  'vulnerable-customers': {
    desk: 'Advanced customer support',
    phone: '01632 960810',
    hours: 'Mon–Fri 08:00–18:00',
    advice: 'For anybody whose safety hangs on a payment.',
  },
  'data-protection': {
    desk: 'Data protection team',
    phone: '01632 960811',
    email: 'data-protection@northshire-jobcentres.example',
    hours: 'Mon–Fri 09:00–17:00',
  },
} as const satisfies Record<string, Desk>;

const { always, coded, columns, contact, day, instant, list, lists, object, source, text, value } =
  wordsOf<WorkAndPensionsTables>();
const place = { place: true };

// The same tables whichever of a joint claim is asked about, so that both are read by one statement.
const claimed = day('CLAIM.ST_DT', 'YYYYMMDD');
const claim = {
  table: 'CLAIM',
  join: [{ table: 'COACH', on: ['COACH.COACH_REF', 'CLAIM.COACH_REF'] }],
  record: ['CLAIM.CLAIM_REF'],
  asOf: instant('CLAIM.LAST_UPD'),
  newestFirst: claimed,
  service: { kind: 'EMPLOYMENT_AND_BENEFITS' },
} as const;
/** A coach sits in one jobcentre, which is near where the claimant lives: name, team and telephone give it away. */
const claimsOf = (claims: TableSource<WorkAndPensionsTables>) =>
  list(claims, {
    service: always('EMPLOYMENT_AND_BENEFITS'),
    serviceName: always('Jobcentre'),
    status: claimStatus,
    contact: contact(partnershipDesk),
    lead: object({
      name: text('COACH.COACH_NM', place),
      role: always('Work coach'),
      team: text('COACH.JCP_NM', place),
      phone: text('COACH.COACH_TEL', place),
    }),
    from: claimed,
    to: claimedTo,
  });

const awarded = day('AWARD.ST_DT', 'YYYYMMDD');
export const award = source({
  ...byNumber('AWARD.NINO'),
  table: 'AWARD',
  record: ['AWARD.AWARD_ID'],
  asOf: instant('AWARD.LAST_UPD'),
  newestFirst: awarded,
  site: 'CLMNT.JCP_CD',
});
export const sanction = source({
  ...byNumber('SANCTION.NINO'),
  table: 'SANCTION',
  record: ['SANCTION.SANC_ID'],
  asOf: instant('SANCTION.LAST_UPD'),
  newestFirst: day('SANCTION.ST_DT', 'YYYYMMDD'),
  site: 'CLMNT.JCP_CD',
});

export const sections = {
  ...personSections(person),
  involvements: {
    items: lists(
      claimsOf(source({ ...claim, person: 'CLAIM.CLMNT_ID' })),
      claimsOf(source({ ...claim, person: 'CLAIM.PTNR_ID' })),
    ),
  },
  benefits: {
    awards: list(award, {
      kind: coded('AWARD.BEN_TYPE', BENEFITS, 'Benefit of the department'),
      from: awarded,
      to: day('AWARD.END_DT', 'YYYYMMDD'),
    }),
    healthGroup: value(
      award,
      columns(['AWARD.HLTH_GRP', 'AWARD.END_DT'], healthGroup, noPlace),
      firstThatSays,
    ),
    activeSanction: value(
      sanction,
      columns(['SANCTION.LVL', 'SANCTION.ST_DT', 'SANCTION.DAYS'], runningSanction, noPlace),
      firstThatSays,
    ),
  },
};
