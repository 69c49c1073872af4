import {
  bareCode,
  type ColumnOf,
  compact,
  type DecodeContext,
  dateOfBirth,
  type IndexRecord,
  type IndexSource,
  type Kysely,
  meaning,
  naming,
  type Protection,
  type RecordId,
  text,
  yesNo,
} from '../contract.ts';
import { REFUGE, SEXES, TENANCY_STATUSES } from './codes.ts';
import type { HousingTables } from './tables.ts';

const TENANT = [
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
const MEMBER = ['tenant_no', 'member_tenant_no', 'lives_in'] as const;
const EXCLUSION = ['tenant_no', 'staff_ref'] as const;

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

const tenantsAfter = (db: Kysely<HousingTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('tenant')
    .leftJoin('tenancy', 'tenancy.tenancy_ref', 'tenant.tenancy_ref')
    .leftJoin('prop', 'prop.prop_ref', 'tenancy.prop_ref')
    .select(TENANT)
    .$if(after !== null, (query) => query.where('tenant.tenant_no', '>', after ?? ''))
    .orderBy('tenant.tenant_no')
    .limit(limit)
    .execute();

async function whatElse(db: Kysely<HousingTables>, ids: readonly string[]) {
  if (ids.length === 0) return { members: [], exclusions: [], accommodation: [] };
  const [members, exclusions, accommodation] = await Promise.all([
    db
      .selectFrom('household_member')
      .select(MEMBER)
      .where((row) => row.or([row('tenant_no', 'in', ids), row('member_tenant_no', 'in', ids)]))
      .execute(),
    db.selectFrom('staff_excl').select(EXCLUSION).where('tenant_no', 'in', ids).execute(),
    db
      .selectFrom('hclic_person')
      .innerJoin('hclic_case', 'hclic_case.case_ref', 'hclic_person.case_ref')
      .select(['hclic_person.tenant_no', 'hclic_case.accom_type'])
      .where('hclic_person.tenant_no', 'in', ids)
      .execute(),
  ]);
  return { members, exclusions, accommodation };
}

type Tenant = Awaited<ReturnType<typeof tenantsAfter>>[number];
type WhatElse = Awaited<ReturnType<typeof whatElse>>;

function recordOf(tenant: Tenant, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = tenant.tenant_no;
  const lives = meaning(TENANCY_STATUSES)(tenant.status, naming('tenancy.status', context)) === 'OPEN';
  return {
    record: id,
    mergedInto: text(tenant.merged_to, context),
    names: namesOf(tenant, context),
    dateOfBirth: dateOfBirth(tenant.dob, naming('tenant.dob', context)),
    sex: meaning(SEXES)(tenant.sex, naming('tenant.sex', context)),
    postcode: lives ? compact(tenant.postcode, context) : null,
    place: lives ? compact(tenant.uprn, context) : null,
    identifiers: identifiersOf(tenant, context),
    protections: protectionsOf(tenant, about, context),
    related: relatedTo(id, about, context),
    adverse: [],
    excludedStaff: about.exclusions.filter((one) => one.tenant_no === id).map((one) => one.staff_ref.trim()),
  };
}

function namesOf(tenant: Tenant, context: DecodeContext): IndexRecord['names'] {
  const familyName = text(tenant.surname, context);
  const current = { givenName: text(tenant.forename, context), familyName, kind: 'CURRENT' } as const;
  const knownAs = text(tenant.known_as, context);
  return knownAs === null ? [current] : [current, { givenName: knownAs, familyName, kind: 'PREFERRED' }];
}

function identifiersOf(tenant: Tenant, context: DecodeContext): IndexRecord['identifiers'] {
  const local = { system: 'LOCAL', value: tenant.tenant_no, verified: true } as const;
  const number = compact(tenant.nino, context);
  const verified = yesNo(tenant.nino_chk, naming('tenant.nino_chk', context)) === true;
  return number === null ? [local] : [{ system: 'NINO', value: number, verified }, local];
}

/** A code that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(
  tenant: Tenant,
  { accommodation }: WhatElse,
  context: DecodeContext,
): readonly Protection[] {
  const code = bareCode(tenant.restrict_cd, context);
  const open = code === null || code === 'A' || code === 'N' || code === '0';
  if (!open && code !== 'P')
    naming('tenant.restrict_cd', context).note('unknown code, taken for a protected person');
  const refuge = accommodation.some(
    (one) => one.tenant_no === tenant.tenant_no && bareCode(one.accom_type, context) === REFUGE,
  );
  const shielded = code === 'A' || refuge;
  return [...(open ? [] : (['PROTECTED'] as const)), ...(shielded ? (['PLACE_SHIELD'] as const) : [])];
}

/** Members of a household that the service knows by number, from either end. */
function relatedTo(id: RecordId, { members }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return members.flatMap((member) => {
    const other = member.tenant_no === id ? text(member.member_tenant_no, context) : member.tenant_no;
    const concerns = member.tenant_no === id || member.member_tenant_no === id;
    const sameHousehold = yesNo(member.lives_in, naming('household_member.lives_in', context)) === true;
    return concerns && other !== null && other !== id ? [{ record: other, sameHousehold }] : [];
  });
}
