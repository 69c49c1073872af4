import {
  compact,
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
import { ADDRESS_KINDS, EMAIL, LANDLINES, MOBILE } from './codes.ts';
import { address, telephone } from './sources.ts';
import type { WorkAndPensionsTables } from './tables.ts';

const { always, column, columns, list, lists } = fieldsOf<WorkAndPensionsTables>();

const known = {
  from: column('PHONE.ST_DT', date),
  safe: column('PHONE.SAFE_YN', yesNo),
};

export const contact: SectionSource<WorkAndPensionsTables> = {
  items: lists(
    list(
      telephone,
      { kind: always('MOBILE'), value: column('PHONE.TEL_VAL', mobileNumber, noPlace), ...known },
      { where: { column: 'PHONE.TEL_TYP', in: MOBILE } },
    ),
    list(
      telephone,
      { kind: always('EMAIL'), value: column('PHONE.TEL_VAL', emailAddress, noPlace), ...known },
      { where: { column: 'PHONE.TEL_TYP', in: EMAIL } },
    ),
    list(
      telephone,
      // Its area code tells where.
      { kind: always('LANDLINE'), value: column('PHONE.TEL_VAL', text, { place: true }), ...known },
      { where: { column: 'PHONE.TEL_TYP', in: LANDLINES } },
    ),
  ),
};

export const addresses: SectionSource<WorkAndPensionsTables> = {
  items: list(address, {
    lines: columns(['ADDR.LINE1', 'ADDR.LINE2'], lines, { place: true }),
    postcode: column('ADDR.POSTCODE', text, { place: true }),
    uprn: column('ADDR.UPRN', compact, { place: true }),
    kind: column('ADDR.ADDR_TYP', meaning(ADDRESS_KINDS), { place: true }),
    from: column('ADDR.ST_DT', date, { place: true }),
    to: column('ADDR.END_DT', date, { place: true }),
    current: column('ADDR.CURR_FLG', yesNo, { place: true }),
  }),
};
