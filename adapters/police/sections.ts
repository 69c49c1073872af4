/** What the police know of a nominal beside who they are: one source for each way of reaching a table. */
import {
  type Desk,
  dashScore,
  EVERY_ROW,
  intelligence,
  kinds,
  NO_ROW,
  noPlace,
  onlyWhere,
  personSections,
  someTrueUnlessUnsure,
  textList,
  wordsOf,
} from '../contract.ts';
import * as codes from './codes.ts';
import { person } from './person.ts';
import type { PoliceTables } from './tables.ts';

export const controlRoom: Desk = {
  desk: 'Northshire Police control room',
  phone: '01632 960400',
  hours: '24 hours',
  advice: 'Give the incident number. In an emergency call 999.',
};

export const desks = {
  'control-room': controlRoom,
  'duty-desk': {
    desk: 'Duty inspector',
    phone: '01632 960401',
    hours: '24 hours',
    advice: 'For safety before a visit.',
  },
  'public-protection': {
    desk: 'Public protection unit',
    phone: '01632 960402',
    email: 'public-protection@northshire-police.example',
    hours: 'Mon–Sun 07:00–23:00',
  },
  'information-sharing': {
    desk: 'Information sharing desk',
    phone: '01632 960403',
    email: 'sharing@northshire-police.example',
    hours: 'Mon–Fri 08:00–18:00',
  },
} as const satisfies Record<string, Desk>;

const {
  always,
  code,
  coded,
  column,
  columns,
  contact,
  day,
  exists,
  flag,
  instant,
  list,
  lists,
  moment,
  object,
  rowsOf,
  source,
  text,
  value,
} = wordsOf<PoliceTables>();
const place = { place: true };
const freeText = { freeText: true };

const onIt = day('T_OIC.FROM_DT', 'YYYYMMDD');
const onItTo = day('T_OIC.TO_DT', 'YYYYMMDD');
export const inCase = code('T_OIC.STAT_CD', codes.CASE_STATUSES).until(onItTo);
const officerInCase = rowsOf('T_OIC', 'NOM_ID', ['OCC_NO', 'NOM_ID', 'STAFF_REF'], {
  asOf: 'UPD_DTTM',
  newestFirst: onIt,
  service: { kind: 'POLICE' },
});

const reported = moment('T_OCCURRENCE.RPT_DTTM', 'YYYYMMDDHHMM');
export const occurrence = rowsOf('T_OCCURRENCE', 'NOM_ID', ['OCC_NO', 'NOM_ID', 'ROLE_CD'], {
  asOf: 'UPD_DTTM',
  newestFirst: reported,
  rows: {
    category: kinds('Only events of these categories.', codes.EVENT_CATEGORIES, codes.rowsOfCategory),
    within: reported.within,
  },
});

const warned = day('T_WARN_MKR.START_DT', 'YYYYMMDD');
const review = day('T_WARN_MKR.REVIEW_DT', 'DD/MM/YY');
const warning = rowsOf('T_WARN_MKR', 'NOM_ID', 'MKR_ID', { asOf: 'UPD_DTTM', newestFirst: warned });

const bailed = day('T_BAIL.FROM_DT', 'YYYYMMDD');
const bail = rowsOf('T_BAIL', 'NOM_ID', 'BAIL_ID', { asOf: 'UPD_DTTM', newestFirst: bailed });

const ordered = day('T_ORDER.FROM_DT', 'YYYYMMDD');
const order = rowsOf('T_ORDER', 'NOM_ID', 'ORD_ID', { asOf: 'UPD_DTTM', newestFirst: ordered });

const missing = rowsOf('T_MISSING', 'NOM_ID', 'MISP_ID', {
  asOf: 'UPD_DTTM',
  newestFirst: day('T_MISSING.FROM_DTTM', 'YYYYMMDDHHMM'),
});
/** Of one kind, and not found: any date of finding that can be read says that they were. */
const notFound = (kind: 'MISSING' | 'ABSENT') => ({
  all: [
    code('T_MISSING.MISP_TYP', codes.MISSING).in(kind),
    day('T_MISSING.FOUND_DTTM', 'YYYYMMDDHHMM').isOpenEnded.rows,
  ],
});

const handling = code('T_INTEL_RPT.HANDLING', intelligence.HANDLING);
const told = day('T_INTEL_RPT.RPT_DT', 'YYYYMMDD');
/** Reports with handling conditions, and those whose handling nobody wrote down, stay with the police. */
const intelligenceReport = rowsOf('T_INTEL_RPT', 'NOM_ID', 'IR_REF', {
  asOf: 'UPD_DTTM',
  newestFirst: told,
  only: handling.exactly('Lawful sharing permitted'),
  never: 'reports of handling code C',
  rows: { within: told.within },
});

// The sides of a case are separate sources, so that no row can be read as that of the other side.
const met = day('T_MARAC.MTG_DT', 'YYYYMMDD');
const side = (victimOrChild: boolean) => ({
  record: ['T_MARAC.MARAC_REF'] as const,
  asOf: instant('T_MARAC.UPD_DTTM'),
  newestFirst: met,
  rows: {
    victimOrChild: onlyWhere(
      'Only cases in which the person is victim or child.',
      victimOrChild ? EVERY_ROW : NO_ROW,
    ),
  },
});
const asVictim = source({ ...side(true), table: 'T_MARAC', person: 'T_MARAC.VICTIM_NOM_ID' });
const asPerpetrator = source({ ...side(false), table: 'T_MARAC', person: 'T_MARAC.PERP_NOM_ID' });
const asChild = source({
  ...side(true),
  table: 'T_MARAC_CHILD',
  join: [{ table: 'T_MARAC', on: ['T_MARAC.MARAC_REF', 'T_MARAC_CHILD.MARAC_REF'] }],
  person: 'T_MARAC_CHILD.CHILD_NOM_ID',
});
const conference = {
  caseStatus: code('T_MARAC.STAT_CD', codes.CONFERENCE_STATUSES, noPlace),
  meetingDate: met,
  dashScore: column('T_MARAC.DASH_SCORE', dashScore),
  actions: column('T_MARAC.ACTION_TXT', textList, freeText),
  adviser: column('T_MARAC.IDVA_NM', codes.adviser, noPlace),
};

export const sections = {
  ...personSections(person),
  involvements: {
    items: list(officerInCase, {
      service: always('POLICE'),
      serviceName: always('Northshire Police'),
      status: inCase,
      contact: contact(controlRoom),
      lead: object({
        name: text('T_OIC.STAFF_NM', noPlace),
        role: text('T_OIC.STAFF_RANK', noPlace),
        team: text('T_OIC.TEAM_NM', place),
        phone: text('T_OIC.TEL_NO', place),
      }),
      from: onIt,
      to: onItTo,
    }),
  },
  policeEvents: {
    items: list(
      occurrence,
      {
        date: reported,
        category: columns(codes.CATEGORY_COLUMNS, codes.eventCategory),
        role: code('T_OCCURRENCE.ROLE_CD', codes.EVENT_ROLES),
        outcome: code('T_OCCURRENCE.OUTC_CD', codes.OUTCOMES, noPlace),
        summary: text('T_OCCURRENCE.SUMMARY_TXT', freeText),
      },
      { since: reported.since },
    ),
  },
  warningMarkers: {
    items: list(warning, {
      type: code('T_WARN_MKR.MKR_CD', codes.WARNINGS),
      guidance: text('T_WARN_MKR.GUIDE_TXT', freeText),
      detail: text('T_WARN_MKR.FREE_TXT', freeText),
      from: warned,
      reviewDate: review,
      overdue: review.isPast,
    }),
  },
  orders: {
    items: lists(
      list(bail, {
        kind: always('BAIL'),
        conditions: text('T_BAIL.COND_TXT', freeText),
        from: bailed,
        to: day('T_BAIL.TO_DT', 'YYYYMMDD'),
      }),
      list(order, {
        kind: code('T_ORDER.ORD_TYP', codes.ORDERS),
        conditions: text('T_ORDER.COND_TXT', freeText),
        from: ordered,
        to: day('T_ORDER.TO_DT', 'YYYYMMDD'),
      }),
    ),
    missing: exists(missing, notFound('MISSING')),
    absentWithoutLeave: exists(missing, notFound('ABSENT')),
  },
  intelligence: {
    items: list(intelligenceReport, {
      sourceEvaluation: coded(
        'T_INTEL_RPT.SRC_EVAL',
        intelligence.SOURCE_EVALUATIONS,
        '3x5x2 source evaluation',
      ),
      assessment: coded(
        'T_INTEL_RPT.INTEL_ASSESS',
        intelligence.ASSESSMENTS,
        '3x5x2 intelligence assessment',
      ),
      handling: coded('T_INTEL_RPT.HANDLING', intelligence.HANDLING, '3x5x2 handling code'),
      text: text('T_INTEL_RPT.IR_TXT', freeText),
    }),
  },
  domesticAbuse: {
    seeAlone: value(asVictim, flag('T_MARAC.SEE_ALONE_FLG'), someTrueUnlessUnsure),
    items: lists(
      list(asVictim, { as: always('VICTIM'), ...conference }),
      list(asChild, { as: always('CHILD'), ...conference }),
      list(asPerpetrator, { as: always('PERPETRATOR'), ...conference }),
    ),
  },
};
