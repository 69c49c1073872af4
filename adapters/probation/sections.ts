/** What probation knows of somebody beside who they are. */
import { codesMeaning, type Desk, noPlace, personSections, wordsOf } from '../contract.ts';
import * as codes from './codes.ts';
import { person } from './person.ts';
import type { ProbationTables } from './tables.ts';

export const dutyDesk: Desk = {
  desk: 'Probation duty desk',
  phone: '01632 960900',
  email: 'duty@northshire-probation.example',
  hours: 'Mon–Fri 09:00–17:00',
  advice: 'In an emergency call 999.',
};

export const desks = {
  'duty-desk': dutyDesk,
  'youth-justice': {
    desk: 'Youth justice duty worker',
    phone: '01632 960905',
    hours: 'Mon–Fri 09:00–17:00',
  },
  'out-of-hours': {
    desk: 'Probation on-call manager',
    phone: '01632 960906',
    hours: 'Mon–Fri 17:00–09:00, and all day at weekends',
  },
  'data-protection': {
    desk: 'Data protection officer',
    phone: '01632 960907',
    email: 'dpo@northshire-probation.example',
    hours: 'Mon–Fri 09:00–17:00',
  },
} as const satisfies Record<string, Desk>;

const { always, code, column, contact, day, flag, list, object, rowsOf, text, value } =
  wordsOf<ProbationTables>();
const place = { place: true };
const freeText = { freeText: true };

const allocated = day('OFFENDER_MANAGER.ALLOC_DT');
export const supervisedTo = day('OFFENDER_MANAGER.END_DT');
export const manager = rowsOf('OFFENDER_MANAGER', 'CRN', 'OM_ID', {
  asOf: 'LAST_UPD',
  join: [
    { table: 'STAFF', on: ['STAFF.STAFF_CD', 'OFFENDER_MANAGER.STAFF_CD'] },
    { table: 'TEAM', on: ['TEAM.TEAM_CD', 'OFFENDER_MANAGER.TEAM_CD'] },
  ],
  newestFirst: allocated,
  service: {
    column: 'TEAM.SVC_CD',
    kinds: {
      PROBATION: codesMeaning(codes.SERVICES, ['PROBATION']),
      YOUTH_JUSTICE: codesMeaning(codes.SERVICES, ['YOUTH_JUSTICE']),
    },
  },
});

const sentenced = day('DISPOSAL.START_DT');
const disposal = rowsOf('DISPOSAL', 'CRN', 'DISP_ID', { asOf: 'LAST_UPD', newestFirst: sentenced });

const registered = day('REGISTRATION.START_DT');
const registrationReview = day('REGISTRATION.REVIEW_DT', 'DD/MM/YYYY');
/** A registration that is not plainly marked as saying nothing of a victim stays with the service. */
const registration = rowsOf('REGISTRATION', 'CRN', 'REG_ID', {
  asOf: 'LAST_UPD',
  newestFirst: registered,
  only: flag('REGISTRATION.VICTIM_YN').no,
  never: 'registrations that speak of a victim',
});

/** Arrangements in force. */
const arrangement = rowsOf('MAPPA', 'CRN', 'MAPPA_ID', {
  asOf: 'LAST_UPD',
  join: [{ table: 'STAFF', on: ['STAFF.STAFF_CD', 'MAPPA.STAFF_CD'] }],
  newestFirst: day('MAPPA.START_DT'),
  only: day('MAPPA.END_DT').isOpenEnded.rows,
  never: 'arrangements that have ended',
});

export const sections = {
  ...personSections(person),
  // Whoever is supervised reports to a local office, so the office tells where about they are.
  involvements: {
    items: list(manager, {
      service: code('TEAM.SVC_CD', codes.SERVICES),
      serviceName: code('TEAM.SVC_CD', codes.SERVICE_NAMES, noPlace),
      status: supervisedTo.status,
      contact: contact(dutyDesk),
      lead: object({
        name: text('STAFF.STAFF_NM', noPlace),
        role: text('STAFF.GRADE_NM', noPlace),
        team: text('TEAM.TEAM_NM', place),
        phone: text('STAFF.TEL_NO', place),
      }),
      from: allocated,
      to: supervisedTo,
    }),
  },
  // Registrations in force: one that was taken back warns of nothing.
  warningMarkers: {
    items: list(
      registration,
      {
        type: code('REGISTRATION.CODE', codes.REGISTRATIONS),
        guidance: text('REGISTRATION.GUIDANCE', freeText),
        detail: text('REGISTRATION.NOTES', freeText),
        from: registered,
        reviewDate: registrationReview,
        overdue: registrationReview.isPast,
      },
      { where: day('REGISTRATION.DEREG_DT').isOpenEnded.rows },
    ),
  },
  // Conditions name victims and streets: text like any other that somebody typed.
  orders: {
    items: list(disposal, {
      kind: code('DISPOSAL.DISP_TYPE', codes.DISPOSALS),
      conditions: text('DISPOSAL.COND_TXT', freeText),
      from: sentenced,
      to: day('DISPOSAL.END_DT'),
    }),
  },
  publicProtection: {
    level: value(arrangement, code('MAPPA.LEVEL_NO', codes.LEVELS)),
    category: value(arrangement, column('MAPPA.CATEGORY', codes.category, noPlace)),
    reviewDate: value(arrangement, day('MAPPA.REVIEW_DT', 'DD/MM/YYYY')),
    responsibleOfficer: value(
      arrangement,
      object({
        name: text('STAFF.STAFF_NM', noPlace),
        role: text('STAFF.GRADE_NM', noPlace),
        team: always('Public protection'),
        phone: text('STAFF.TEL_NO', place),
      }),
    ),
  },
};
