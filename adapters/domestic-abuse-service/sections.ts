/** What the charity knows of a client beside who they are. */
import {
  type Desk,
  dashScore,
  noPlace,
  personSections,
  someTrueUnlessUnsure,
  textList,
  wordsOf,
} from '../contract.ts';
import { caseStatus, INVOLVEMENT_STATUSES } from './codes.ts';
import { caseAsChild, caseAsPerpetrator, caseAsVictim, person } from './person.ts';
import type { DomesticAbuseServiceTables } from './tables.ts';

export const adviceLine: Desk = {
  desk: 'Domestic abuse advice line',
  phone: '01632 960955',
  email: 'advice@northshire-das.example',
  hours: '24 hours',
  advice: 'Ask for the adviser on duty. Never ring a client back from a number that shows.',
};

export const desks = {
  'advice-line': adviceLine,
  'safeguarding-lead': {
    desk: 'Safeguarding lead of the domestic abuse service',
    phone: '01632 960956',
    email: 'safeguarding@northshire-das.example',
    hours: 'Mon–Fri 09:00–17:00',
    advice: 'Decides each time whether and what to share.',
  },
} as const satisfies Record<string, Desk>;

const { always, code, column, columns, contact, day, flag, list, lists, object, text, value } =
  wordsOf<DomesticAbuseServiceTables>();

/** Who works with the victim or child. Team and number may tell which office, and so which part of the county. */
const adviser = object({
  name: text('IDVA.IDVA_NM', noPlace),
  role: always('Independent domestic violence adviser'),
  team: text('IDVA.TEAM_NM', { place: true }),
  phone: text('IDVA.TEL_NO', { place: true }),
});

const closed = day('MARAC_CASE.CLOSE_DT');
const support = {
  service: always('DOMESTIC_ABUSE_SUPPORT'),
  serviceName: always('Northshire Domestic Abuse Service'),
  status: code('MARAC_CASE.STATUS', INVOLVEMENT_STATUSES).until(closed),
  contact: contact(adviceLine),
  lead: adviser,
  from: day('MARAC_CASE.OPEN_DT'),
  to: closed,
};

const conference = {
  caseStatus: columns(['MARAC_CASE.STATUS', 'MARAC_CASE.CLOSE_DT'], caseStatus, noPlace),
  meetingDate: day('MARAC_CASE.MTG_DT', 'DD/MM/YYYY'),
  dashScore: column('MARAC_CASE.DASH_SCORE', dashScore),
  actions: column('MARAC_CASE.ACTION_TXT', textList, { freeText: true }),
  adviser,
};

export const sections = {
  ...personSections(person),
  // The charity supports victims and children; with perpetrators it is not involved.
  involvements: { items: lists(list(caseAsVictim, support), list(caseAsChild, support)) },
  domesticAbuse: {
    seeAlone: value(caseAsVictim, flag('MARAC_CASE.SEE_ALONE'), someTrueUnlessUnsure),
    items: lists(
      list(caseAsVictim, { as: always('VICTIM'), ...conference }),
      list(caseAsChild, { as: always('CHILD'), ...conference }),
      list(caseAsPerpetrator, { as: always('PERPETRATOR'), ...conference }),
    ),
  },
};
