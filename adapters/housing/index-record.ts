import {
  bareCode,
  compact,
  type DecodeContext,
  dateOfBirth,
  type IndexRecord,
  meaning,
  naming,
  type Protection,
  type RecordId,
  text,
  yesNo,
} from '../contract.ts';
import { REFUGE, SEXES, TENANCY_STATUSES } from './codes.ts';
import type { Tenant, WhatElse } from './index-rows.ts';

/** One row with all that stands about it elsewhere, as the person index takes it. */
export function recordOf(tenant: Tenant, about: WhatElse, context: DecodeContext): IndexRecord {
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
    excludedStaff: about.exclusions(id).map((one) => one.staff_ref.trim()),
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
  const refuge = accommodation(tenant.tenant_no).some((one) => bareCode(one.accom_type, context) === REFUGE);
  const shielded = code === 'A' || refuge;
  return [...(open ? [] : (['PROTECTED'] as const)), ...(shielded ? (['PLACE_SHIELD'] as const) : [])];
}

/** Members of a household that the service knows by number, from either end. */
function relatedTo(id: RecordId, { members }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return members(id).flatMap((member) => {
    const other = member.tenant_no === id ? text(member.member_tenant_no, context) : member.tenant_no;
    const sameHousehold = yesNo(member.lives_in, naming('household_member.lives_in', context)) === true;
    return other !== null && other !== id ? [{ record: other, sameHousehold }] : [];
  });
}
