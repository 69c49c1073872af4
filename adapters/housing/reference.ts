import {
  type ColumnOf,
  type DecodeContext,
  isPast,
  type Kysely,
  meaning,
  type ReferenceFacts,
  type ReferenceSource,
  yesNo,
} from '../contract.ts';
import { CURRENT_TENANCY, TENANCY_STATUSES } from './codes.ts';
import type { HousingTables } from './tables.ts';

/** Anything else is no reference of ours, and no text for a database either. */
const REFERENCE = /^[A-Z0-9][A-Z0-9/-]{0,11}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const CASE = ['case_ref', 'consent_yn', 'officer_ref', 'close_dt'] as const;
const reads: readonly ColumnOf<HousingTables>[] = [
  ...CASE.map((name) => `hclic_case.${name}` as const),
  'hclic_person.case_ref',
  'hclic_person.tenant_no',
  'tenancy.tenancy_ref',
  'tenancy.status',
  'tenancy.end_dt',
  'tenancy.patch_cd',
  'patch.patch_cd',
  'patch.officer_ref',
  'tenant.tenant_no',
  'tenant.tenancy_ref',
];

export const reference: ReferenceSource<HousingTables> = {
  description: 'A homelessness case, such as H26-00042, or a tenancy, such as 007701/02.',
  reads,
  async find(db, written, now) {
    if (!REFERENCE.test(written)) return null;
    const context = { now, note: () => {} };
    return (await homelessnessCase(db, written, context)) ?? (await tenancy(db, written, context));
  },
  async caseload(db, staff, people, now) {
    if (people.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const [tenants, applicants] = await Promise.all([
      tenantsOf(db, staff, people, { now, note: () => {} }),
      applicantsOf(db, staff, people, { now, note: () => {} }),
    ]);
    return [...new Set([...tenants, ...applicants])];
  },
};

async function homelessnessCase(
  db: Kysely<HousingTables>,
  written: string,
  context: DecodeContext,
): Promise<ReferenceFacts | null> {
  const [found, people] = await Promise.all([
    db.selectFrom('hclic_case').select(CASE).where('case_ref', '=', written).executeTakeFirst(),
    db.selectFrom('hclic_person').select('tenant_no').where('case_ref', '=', written).execute(),
  ]);
  if (!found) return null;
  return {
    live: isPast(found.close_dt, context) === false,
    place: null,
    consent: yesNo(found.consent_yn, context) === true,
    staff: onIt(found.officer_ref),
    people: people.map((one) => one.tenant_no),
  };
}

async function tenancy(
  db: Kysely<HousingTables>,
  written: string,
  context: DecodeContext,
): Promise<ReferenceFacts | null> {
  const [found, people] = await Promise.all([
    db
      .selectFrom('tenancy')
      .leftJoin('patch', 'patch.patch_cd', 'tenancy.patch_cd')
      .select(['tenancy.status', 'tenancy.end_dt', 'patch.officer_ref'])
      .where('tenancy.tenancy_ref', '=', written)
      .executeTakeFirst(),
    db.selectFrom('tenant').select('tenant_no').where('tenancy_ref', '=', written).execute(),
  ]);
  if (!found) return null;
  return {
    live:
      meaning(TENANCY_STATUSES)(found.status, context) === 'OPEN' && isPast(found.end_dt, context) === false,
    place: null,
    consent: null,
    staff: onIt(found.officer_ref),
    people: people.map((one) => one.tenant_no),
  };
}

const onIt = (officer: string | null): ReferenceFacts['staff'] => {
  const staff = officer?.trim();
  return staff ? [{ organisation: 'housing', staff }] : [];
};

/** Tenants on the officer's patch. */
async function tenantsOf(
  db: Kysely<HousingTables>,
  staff: string,
  people: readonly string[],
  context: DecodeContext,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('tenant')
    .innerJoin('tenancy', 'tenancy.tenancy_ref', 'tenant.tenancy_ref')
    .innerJoin('patch', 'patch.patch_cd', 'tenancy.patch_cd')
    .select(['tenant.tenant_no', 'tenancy.end_dt'])
    .where('tenant.tenant_no', 'in', people)
    .where('tenancy.status', 'in', CURRENT_TENANCY)
    .where('patch.officer_ref', '=', staff)
    .execute();
  return rows.filter((row) => isPast(row.end_dt, context) === false).map((row) => row.tenant_no);
}

/** Applicants and members of the officer's open homelessness cases. */
async function applicantsOf(
  db: Kysely<HousingTables>,
  staff: string,
  people: readonly string[],
  context: DecodeContext,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('hclic_person')
    .innerJoin('hclic_case', 'hclic_case.case_ref', 'hclic_person.case_ref')
    .select(['hclic_person.tenant_no', 'hclic_case.close_dt'])
    .where('hclic_person.tenant_no', 'in', people)
    .where('hclic_case.officer_ref', '=', staff)
    .execute();
  return rows.filter((row) => isPast(row.close_dt, context) === false).map((row) => row.tenant_no);
}
