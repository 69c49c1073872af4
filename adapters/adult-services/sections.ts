/** What adult social care is doing for somebody: allocations, packages of care, and enquiries that are under way. */
import { type Decoder, type Desk, meaning, noPlace, onlyOf, personSections, wordsOf } from '../contract.ts';
import { ALLOCATION_STATUSES, ENQUIRY_STATUSES, INVOLVEMENT_KINDS, PACKAGE_TYPES } from './codes.ts';
import { person } from './person.ts';
import type { AdultServicesTables } from './tables.ts';

export const dutyDesk: Desk = {
  desk: 'Adult social care duty desk',
  phone: '01632 960335',
  email: 'adults-duty@northshire-adults.example',
  hours: 'Mon–Fri 08:30–17:00',
};

export const safeguardingDesk: Desk = {
  desk: 'Safeguarding adults desk',
  phone: '01632 960336',
  hours: 'Mon–Fri 08:30–18:00',
  advice: 'Out of hours call the emergency duty team.',
};

export const desks = {
  'duty-desk': dutyDesk,
  'safeguarding-adults': safeguardingDesk,
  'emergency-duty': {
    desk: 'Emergency duty team',
    phone: '01632 960337',
    hours: 'Mon–Sun 17:00–08:30',
  },
  'data-protection': {
    desk: 'Caldicott guardian’s office',
    phone: '01632 960338',
    email: 'caldicott@northshire-adults.example',
    hours: 'Mon–Fri 09:00–17:00',
  },
} as const satisfies Record<string, Desk>;

const { always, code, column, contact, day, list, lists, object, rowsOf, text } =
  wordsOf<AdultServicesTables>();
const place = { place: true };

const ofKind = (kind: (typeof INVOLVEMENT_KINDS)[number]) => ({
  service: { kind: 'ADULT_SOCIAL_CARE' },
  rows: { kind: onlyOf('Only involvements of these kinds.', INVOLVEMENT_KINDS, kind) },
});

const allocated = day('ASC_ALLOC.ST_DT');
const allocatedTo = day('ASC_ALLOC.END_DT');
export const allocation = code('ASC_ALLOC.STAT_CD', ALLOCATION_STATUSES).until(allocatedTo);
const allocations = rowsOf('ASC_ALLOC', 'ASC_ID', 'ALLOC_REF', {
  asOf: 'UPD_DT',
  ...ofKind('ALLOCATION'),
  newestFirst: allocated,
});

const given = day('ASC_PKG.ST_DT');
const givenTo = day('ASC_PKG.END_DT');
const packages = rowsOf('ASC_PKG', 'ASC_ID', 'PKG_ID', {
  asOf: 'UPD_DT',
  ...ofKind('PACKAGE'),
  newestFirst: given,
});
const packageName: Decoder<string | null> = (cell, context) => {
  const type = meaning(PACKAGE_TYPES)(cell, context);
  return type && `Northshire adult social care: ${type}`;
};

const begun = day('S42_ENQ.ST_DT');
export const enquiry = code('S42_ENQ.STATUS', ENQUIRY_STATUSES).until(day('S42_ENQ.END_DT'));
/** An enquiry whose status cannot be read is shown to nobody: it may have found that there was nothing. */
const openEnquiries = rowsOf('S42_ENQ', 'ASC_ID', 'ENQ_REF', {
  asOf: 'UPD_DT',
  ...ofKind('ENQUIRY'),
  newestFirst: begun,
  only: enquiry.isOpen.rows,
  never: 'safeguarding enquiries that are not under way',
});

export const sections = {
  ...personSections(person),
  involvements: {
    items: lists(
      list(allocations, {
        service: always('ADULT_SOCIAL_CARE'),
        serviceName: always('Northshire adult social care'),
        status: allocation,
        contact: contact(dutyDesk),
        lead: object({
          name: text('ASC_ALLOC.WRKR_NM', noPlace),
          role: text('ASC_ALLOC.WRKR_TTL', noPlace),
          team: text('ASC_ALLOC.TEAM_NM', place),
          phone: text('ASC_ALLOC.TEL_NO', place),
        }),
        from: allocated,
        to: allocatedTo,
      }),
      list(packages, {
        service: always('ADULT_SOCIAL_CARE'),
        // Some kinds of care are given in a home that is not one's own.
        serviceName: column('ASC_PKG.PKG_TYPE', packageName, place),
        status: givenTo.status,
        contact: contact(dutyDesk),
        from: given,
        to: givenTo,
      }),
      // That an enquiry is open and whom to call; never what kind of abuse, nor by whom.
      list(openEnquiries, {
        service: always('ADULT_SOCIAL_CARE'),
        serviceName: always('Northshire safeguarding adults enquiry'),
        status: always('OPEN'),
        contact: contact(safeguardingDesk),
        lead: object({
          name: text('S42_ENQ.LEAD_NM', noPlace),
          role: always('Enquiry lead'),
          team: always('Safeguarding adults'),
          phone: text('S42_ENQ.LEAD_TEL', place),
        }),
        from: begun,
      }),
    ),
  },
};
