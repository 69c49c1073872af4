/** What the housing service knows of a tenant beside who they are. */
import {
  type Desk,
  dependentChildBy,
  newest,
  noPlace,
  personSections,
  someTrueUnlessUnsure,
  wordsOf,
} from '../contract.ts';
import {
  arrearsBand,
  CASE_ROLES,
  DUTIES,
  noticeStage,
  RELATIONSHIPS,
  TENANCY_TYPES,
  threatenedWithin56Days,
  WARNINGS,
} from './codes.ts';
import {
  homelessnessCase,
  householdMember,
  letFrom,
  letTo,
  letting,
  livesIn,
  person,
  tenancyOfTenant,
} from './person.ts';
import type { HousingTables } from './tables.ts';

export const housingDesk: Desk = {
  desk: 'Housing officers’ duty desk',
  phone: '01632 960500',
  email: 'housing-duty@northshire-housing.example',
  hours: 'Mon–Fri 08:30–17:00',
};

export const housingOptions: Desk = {
  desk: 'Housing options',
  phone: '01632 960501',
  hours: 'Mon–Fri 09:00–16:30',
  advice: 'For anybody who is homeless or may be within 56 days.',
};

export const desks = {
  'duty-desk': housingDesk,
  'housing-options': housingOptions,
  'out-of-hours': {
    desk: 'Emergency housing line',
    phone: '01632 960502',
    hours: 'Mon–Sun 17:00–08:30',
  },
  'data-protection': {
    desk: 'Data protection officer',
    phone: '01632 960503',
    email: 'dpo@northshire-housing.example',
    hours: 'Mon–Fri 09:00–17:00',
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
  flag,
  instant,
  key,
  list,
  lists,
  object,
  pence,
  rowsOf,
  source,
  text,
  value,
} = wordsOf<HousingTables>();
const place = { place: true };
const freeText = { freeText: true };

const tenancy = source({ ...tenancyOfTenant, service: { kind: 'HOUSING_TENANCY' } });

export const rentAccount = source({
  table: 'rent_acct',
  join: [{ table: 'tenant', on: ['tenant.tenancy_ref', 'rent_acct.tenancy_ref'] }],
  person: 'tenant.tenant_no',
  record: ['rent_acct.tenancy_ref'],
  asOf: instant('rent_acct.last_upd'),
});

const complained = day('asb_case.open_dt');
const antisocialBehaviourCase = source({
  table: 'asb_case',
  join: [{ table: 'tenant', on: ['tenant.tenancy_ref', 'asb_case.tenancy_ref'] }],
  person: 'tenant.tenant_no',
  record: ['asb_case.case_no'],
  asOf: instant('asb_case.last_upd'),
  newestFirst: complained,
});

const warned = day('tenant_alert.start_dt');
const review = day('tenant_alert.review_dt', 'DD/MM/YYYY');
const alert = rowsOf('tenant_alert', 'tenant_no', 'alert_id', { asOf: 'last_upd', newestFirst: warned });

export const caseTo = day('hclic_case.close_dt');
const open = caseTo.isRunning.rows;
/** Whoever has no open case is owed no duty; a duty that cannot be read is not known. */
const noneWithoutCase = (values: readonly unknown[]): unknown =>
  values.length === 0 ? 'NONE' : newest(values);

export const sections = {
  ...personSections(person),
  household: {
    members: list(
      householdMember,
      {
        relationship: code('household_member.rel_cd', RELATIONSHIPS),
        sameAddress: livesIn,
        expected: flag('household_member.due_yn'),
      },
      { otherPerson: key('household_member.member_tenant_no') },
    ),
    dependentChildren: value(
      householdMember,
      columns(['household_member.dep_child', 'household_member.rel_cd'], dependentChildBy(RELATIONSHIPS)),
      someTrueUnlessUnsure,
    ),
  },
  involvements: {
    items: lists(
      list(tenancy, {
        service: always('HOUSING_TENANCY'),
        serviceName: always('Northshire Borough Council housing'),
        status: letting,
        contact: contact(housingDesk),
        lead: object({
          name: text('patch.officer_name', noPlace),
          role: always('Housing officer'),
          team: text('patch.patch_name', place),
          phone: text('patch.officer_tel', place),
        }),
        from: letFrom,
        to: letTo,
      }),
      list(homelessnessCase, {
        service: always('HOMELESSNESS'),
        serviceName: always('Northshire Borough Council housing options'),
        status: caseTo.status,
        contact: contact(housingOptions),
        lead: object({
          name: text('hclic_case.officer_name', noPlace),
          role: always('Homelessness officer'),
          team: always('Housing options'),
          phone: text('hclic_case.officer_tel', place),
        }),
        from: day('hclic_case.applic_dt'),
        to: caseTo,
      }),
    ),
  },
  warningMarkers: {
    items: list(alert, {
      type: code('tenant_alert.alert_cd', WARNINGS),
      guidance: text('tenant_alert.guidance', freeText),
      detail: text('tenant_alert.detail', freeText),
      from: warned,
      reviewDate: review,
      overdue: review.isPast,
    }),
  },
  housing: {
    tenancy: value(
      tenancy,
      object({
        reference: text('tenancy.tenancy_ref', noPlace),
        kind: coded('tenancy.ten_type', TENANCY_TYPES, 'Northshire tenancy type'),
        from: letFrom,
      }),
      newest,
      letting.isOpen.rows,
    ),
    arrearsBand: value(rentAccount, columns(['rent_acct.bal_amt', 'rent_acct.arrears_wks'], arrearsBand)),
    arrearsPence: value(rentAccount, pence('rent_acct.bal_amt')),
    noticeStage: value(rentAccount, column('rent_acct.action_cd', noticeStage)),
    homelessnessDuty: value(homelessnessCase, code('hclic_case.duty', DUTIES), noneWithoutCase, open),
    threatenedWithin56Days: value(
      homelessnessCase,
      columns(['hclic_case.duty', 'hclic_case.loss_dt'], threatenedWithin56Days),
      someTrueUnlessUnsure,
      open,
    ),
    antisocialBehaviour: list(antisocialBehaviourCase, {
      role: code('asb_case.role', CASE_ROLES, noPlace),
      from: complained,
      open: day('asb_case.close_dt').isRunning,
    }),
  },
};
