/** Who a tenant is, and what the person index is fed. What hangs on a tenancy is reached through its tenants, joint ones included. */
import { indexOf, personOf, wordsOf } from '../contract.ts';
import { ADDRESS_KINDS, CONTACT_KINDS, isRefuge, SEXES, TENANCY_STATUSES } from './codes.ts';
import type { HousingTables } from './tables.ts';

const { birth, code, column, day, flag, identifier, instant, key, restriction, rowsOf, source, text } =
  wordsOf<HousingTables>();

const reachedFrom = day('tenant_contact.from_dt');
export const letFrom = day('tenancy.start_dt');
export const letTo = day('tenancy.end_dt');
export const letting = code('tenancy.status', TENANCY_STATUSES).until(letTo);

// The same tables for a tenancy and for its address, so that both are read by one statement.
export const tenancyOfTenant = {
  table: 'tenancy',
  join: [
    { table: 'tenant', on: ['tenant.tenancy_ref', 'tenancy.tenancy_ref'] },
    { table: 'patch', on: ['patch.patch_cd', 'tenancy.patch_cd'] },
    { table: 'prop', on: ['prop.prop_ref', 'tenancy.prop_ref'] },
  ],
  person: 'tenant.tenant_no',
  record: ['tenancy.tenancy_ref'],
  asOf: instant('tenancy.last_upd'),
  newestFirst: letFrom,
} as const;

export const householdMember = rowsOf('household_member', 'tenant_no', 'member_id', {
  asOf: 'last_upd',
  otherPerson: 'household_member.member_tenant_no',
});
export const livesIn = flag('household_member.lives_in');

export const homelessnessCase = source({
  table: 'hclic_case',
  join: [{ table: 'hclic_person', on: ['hclic_person.case_ref', 'hclic_case.case_ref'] }],
  person: 'hclic_person.tenant_no',
  record: ['hclic_case.case_ref'],
  asOf: instant('hclic_case.last_upd'),
  newestFirst: day('hclic_case.applic_dt'),
  service: { kind: 'HOMELESSNESS' },
});

export const person = personOf<HousingTables>({
  source: rowsOf('tenant', 'tenant_no', 'tenant_no', { asOf: 'last_upd' }),
  givenName: text('tenant.forename'),
  familyName: text('tenant.surname'),
  otherNames: [{ kind: 'PREFERRED', givenName: text('tenant.known_as') }],
  born: birth('tenant.dob', 'tenant.dob_est'),
  sex: code('tenant.sex', SEXES),
  deceased: flag('tenant.deceased'),
  identifiers: [
    identifier('NINO', 'tenant.nino', { verified: flag('tenant.nino_chk') }),
    identifier('LOCAL', 'tenant.tenant_no'),
  ],
  contact: {
    source: rowsOf('tenant_contact', 'tenant_no', 'contact_id', {
      asOf: 'last_upd',
      newestFirst: reachedFrom,
    }),
    kind: code('tenant_contact.kind', CONTACT_KINDS),
    value: 'tenant_contact.value',
    from: reachedFrom,
    safe: flag('tenant_contact.safe_yn'),
  },
  addresses: {
    source: source(tenancyOfTenant),
    lines: ['prop.addr1', 'prop.addr2', 'prop.town'],
    postcode: 'prop.postcode',
    uprn: 'prop.uprn',
    kind: code('tenancy.ten_type', ADDRESS_KINDS),
    from: letFrom,
    to: letTo,
    current: letting.isOpen,
  },
});

export const index = indexOf(person, {
  merged: key('tenant.merged_to'),
  protection: restriction('tenant.restrict_cd'),
  shieldedBy: [{ rows: homelessnessCase, when: column('hclic_case.accom_type', isRefuge) }],
  relatives: [{ rows: householdMember, sameHousehold: livesIn }],
  excluded: { person: 'staff_excl.tenant_no', staff: 'staff_excl.staff_ref' },
  // A tenancy ends on its day by itself: nobody writes a row then.
  changes: {
    stamps: [
      { record: 'tenant.tenant_no', at: 'tenant.changed_ts' },
      {
        record: 'tenant.tenant_no',
        join: [{ table: 'tenant', on: ['tenant.tenancy_ref', 'tenancy.tenancy_ref'] }],
        dayAfter: 'tenancy.end_dt',
      },
    ],
  },
});
