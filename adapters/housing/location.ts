import {
  bareCode,
  compact,
  type Decoder,
  date,
  emailAddress,
  fieldsOf,
  lines,
  meaning,
  mobileNumber,
  noPlace,
  type SectionSource,
  text,
  yesNo,
} from '../contract.ts';
import { EMAIL, LANDLINES, MOBILE, TEMPORARY, TENANCY_STATUSES, TENANCY_TYPES } from './codes.ts';
import { address, telephone } from './sources.ts';
import type { HousingTables } from './tables.ts';

const { always, column, columns, list, lists } = fieldsOf<HousingTables>();

const known = {
  from: column('tenant_contact.from_dt', date),
  safe: column('tenant_contact.safe_yn', yesNo),
};

export const contact: SectionSource<HousingTables> = {
  items: lists(
    list(
      telephone,
      { kind: always('MOBILE'), value: column('tenant_contact.value', mobileNumber, noPlace), ...known },
      { where: { column: 'tenant_contact.kind', in: MOBILE } },
    ),
    list(
      telephone,
      { kind: always('EMAIL'), value: column('tenant_contact.value', emailAddress, noPlace), ...known },
      { where: { column: 'tenant_contact.kind', in: EMAIL } },
    ),
    list(
      telephone,
      // Its area code tells where.
      { kind: always('LANDLINE'), value: column('tenant_contact.value', text, { place: true }), ...known },
      { where: { column: 'tenant_contact.kind', in: LANDLINES } },
    ),
  ),
};

const addressKind: Decoder<'HOME' | 'TEMPORARY' | null> = (cell, context) => {
  if (meaning(TENANCY_TYPES)(cell, context) === null) return null;
  return TEMPORARY.includes(bareCode(cell, context) ?? '') ? 'TEMPORARY' : 'HOME';
};

const isCurrent: Decoder<boolean | null> = (cell, context) => {
  const status = meaning(TENANCY_STATUSES)(cell, context);
  return status && status === 'OPEN';
};

export const addresses: SectionSource<HousingTables> = {
  items: list(address, {
    lines: columns(['prop.addr1', 'prop.addr2', 'prop.town'], lines, { place: true }),
    postcode: column('prop.postcode', text, { place: true }),
    uprn: column('prop.uprn', compact, { place: true }),
    kind: column('tenancy.ten_type', addressKind, { place: true }),
    from: column('tenancy.start_dt', date, { place: true }),
    to: column('tenancy.end_dt', date, { place: true }),
    current: column('tenancy.status', isCurrent, { place: true }),
  }),
};
