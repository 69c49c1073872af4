/** Where rows about a tenant stand. What hangs on a tenancy is reached through its tenants, joint ones included. */
import { fieldsOf, flag, instant } from '../contract.ts';
import { CURRENT_TENANCY } from './codes.ts';
import type { HousingTables } from './tables.ts';

const { column, source } = fieldsOf<HousingTables>();

export const tenant = source({
  table: 'tenant',
  person: 'tenant.tenant_no',
  record: ['tenant.tenant_no'],
  asOf: column('tenant.last_upd', instant),
});

export const telephone = source({
  table: 'tenant_contact',
  person: 'tenant_contact.tenant_no',
  record: ['tenant_contact.contact_id'],
  asOf: column('tenant_contact.last_upd', instant),
  newestFirst: 'tenant_contact.from_dt',
});

// The same tables for a tenancy and for its address, so that both are read by one statement.
const tenancyOfTenant = {
  table: 'tenancy',
  join: [
    { table: 'tenant', on: ['tenant.tenancy_ref', 'tenancy.tenancy_ref'] },
    { table: 'patch', on: ['patch.patch_cd', 'tenancy.patch_cd'] },
    { table: 'prop', on: ['prop.prop_ref', 'tenancy.prop_ref'] },
  ],
  person: 'tenant.tenant_no',
  record: ['tenancy.tenancy_ref'],
  asOf: column('tenancy.last_upd', instant),
  newestFirst: 'tenancy.start_dt',
} as const;

export const tenancy = source({
  ...tenancyOfTenant,
  service: { kind: 'HOUSING_TENANCY' },
});

export const address = source({
  ...tenancyOfTenant,
  rows: { current: flag('Only the current address.', { column: 'tenancy.status', in: CURRENT_TENANCY }) },
  place: true,
});

export const householdMember = source({
  table: 'household_member',
  person: 'household_member.tenant_no',
  record: ['household_member.member_id'],
  otherPerson: 'household_member.member_tenant_no',
  asOf: column('household_member.last_upd', instant),
});

export const rentAccount = source({
  table: 'rent_acct',
  join: [{ table: 'tenant', on: ['tenant.tenancy_ref', 'rent_acct.tenancy_ref'] }],
  person: 'tenant.tenant_no',
  record: ['rent_acct.tenancy_ref'],
  asOf: column('rent_acct.last_upd', instant),
});

export const antisocialBehaviourCase = source({
  table: 'asb_case',
  join: [{ table: 'tenant', on: ['tenant.tenancy_ref', 'asb_case.tenancy_ref'] }],
  person: 'tenant.tenant_no',
  record: ['asb_case.case_no'],
  asOf: column('asb_case.last_upd', instant),
  newestFirst: 'asb_case.open_dt',
});

export const homelessnessCase = source({
  table: 'hclic_case',
  join: [{ table: 'hclic_person', on: ['hclic_person.case_ref', 'hclic_case.case_ref'] }],
  person: 'hclic_person.tenant_no',
  record: ['hclic_case.case_ref'],
  asOf: column('hclic_case.last_upd', instant),
  newestFirst: 'hclic_case.applic_dt',
  service: { kind: 'HOMELESSNESS' },
});

export const alert = source({
  table: 'tenant_alert',
  person: 'tenant_alert.tenant_no',
  record: ['tenant_alert.alert_id'],
  asOf: column('tenant_alert.last_upd', instant),
  newestFirst: 'tenant_alert.start_dt',
});
