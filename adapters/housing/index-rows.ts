/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import { byRecord, type Kysely, type RecordId } from '../contract.ts';
import type { HousingTables } from './tables.ts';

export const TENANT = [
  'tenant.tenant_no',
  'tenant.surname',
  'tenant.forename',
  'tenant.known_as',
  'tenant.dob',
  'tenant.sex',
  'tenant.nino',
  'tenant.nino_chk',
  'tenant.restrict_cd',
  'tenant.merged_to',
  'tenancy.status',
  'prop.postcode',
  'prop.uprn',
] as const;
export const MEMBER = ['tenant_no', 'member_tenant_no', 'lives_in'] as const;
export const EXCLUSION = ['tenant_no', 'staff_ref'] as const;

const tenants = (db: Kysely<HousingTables>) =>
  db
    .selectFrom('tenant')
    .leftJoin('tenancy', 'tenancy.tenancy_ref', 'tenant.tenancy_ref')
    .leftJoin('prop', 'prop.prop_ref', 'tenancy.prop_ref')
    .select(TENANT)
    .orderBy('tenant.tenant_no');

export const tenantsAfter = (db: Kysely<HousingTables>, after: RecordId | null, limit: number) =>
  tenants(db)
    .$if(after !== null, (query) => query.where('tenant.tenant_no', '>', after ?? ''))
    .limit(limit)
    .execute();

export const tenantsAmong = (db: Kysely<HousingTables>, ids: readonly RecordId[]) =>
  tenants(db).where('tenant.tenant_no', 'in', ids).execute();

export async function whatElse(db: Kysely<HousingTables>, ids: readonly string[]) {
  const [members, exclusions, accommodation] = await Promise.all([
    db
      .selectFrom('household_member')
      .select(MEMBER)
      .where((row) => row.or([row('tenant_no', 'in', ids), row('member_tenant_no', 'in', ids)]))
      .orderBy('member_id')
      .execute(),
    db
      .selectFrom('staff_excl')
      .select(EXCLUSION)
      .where('tenant_no', 'in', ids)
      .orderBy('staff_ref')
      .execute(),
    db
      .selectFrom('hclic_person')
      .innerJoin('hclic_case', 'hclic_case.case_ref', 'hclic_person.case_ref')
      .select(['hclic_person.tenant_no', 'hclic_case.accom_type'])
      .where('hclic_person.tenant_no', 'in', ids)
      .execute(),
  ]);
  return {
    members: byRecord(members, (row) => [row.tenant_no, row.member_tenant_no]),
    exclusions: byRecord(exclusions, (row) => [row.tenant_no]),
    accommodation: byRecord(accommodation, (row) => [row.tenant_no]),
  };
}

export type Tenant = Awaited<ReturnType<typeof tenantsAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
