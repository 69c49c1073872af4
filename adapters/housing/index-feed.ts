import { type ColumnOf, changedByTime, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { EXCLUSION, MEMBER, TENANT, tenantsAfter, tenantsAmong, whatElse } from './index-rows.ts';
import type { HousingTables } from './tables.ts';

const reads: readonly ColumnOf<HousingTables>[] = [
  ...TENANT,
  'tenant.tenancy_ref',
  'tenant.changed_ts',
  'tenancy.tenancy_ref',
  'tenancy.prop_ref',
  'prop.prop_ref',
  ...MEMBER.map((name) => `household_member.${name}` as const),
  'household_member.member_id',
  ...EXCLUSION.map((name) => `staff_excl.${name}` as const),
  'hclic_person.case_ref',
  'hclic_person.tenant_no',
  'hclic_case.case_ref',
  'hclic_case.accom_type',
];

export const index: IndexSource<HousingTables> = indexSource({
  reads,
  after: tenantsAfter,
  about: (db, tenants) =>
    whatElse(
      db,
      tenants.map((one) => one.tenant_no),
    ),
  recordOf,
  changes: {
    told: changedByTime((db) => db.selectFrom('tenant').select(['tenant_no as record', 'changed_ts as at'])),
    among: tenantsAmong,
  },
});
