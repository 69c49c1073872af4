import type { ColumnOf, IndexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { EXCLUSION, MEMBER, TENANT, tenantsAfter, whatElse } from './index-rows.ts';
import type { HousingTables } from './tables.ts';

const reads: readonly ColumnOf<HousingTables>[] = [
  ...TENANT,
  'tenant.tenancy_ref',
  'tenancy.tenancy_ref',
  'tenancy.prop_ref',
  'prop.prop_ref',
  ...MEMBER.map((name) => `household_member.${name}` as const),
  ...EXCLUSION.map((name) => `staff_excl.${name}` as const),
  'hclic_person.case_ref',
  'hclic_person.tenant_no',
  'hclic_case.case_ref',
  'hclic_case.accom_type',
];

export const index: IndexSource<HousingTables> = {
  reads,
  async page(db, after, limit, note) {
    const tenants = await tenantsAfter(db, after, limit);
    const about = await whatElse(
      db,
      tenants.map((one) => one.tenant_no),
    );
    const context = { now: new Date(), note };
    return tenants.map((one) => recordOf(one, about, context));
  },
};
