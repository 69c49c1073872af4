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
import type { PoliceTables } from './tables.ts';

const { always, column, columns, list, lists } = fieldsOf<PoliceTables>();

const known = { from: column('T_TEL.FROM_DT', date), safe: column('T_TEL.SAFE_FLG', yesNo) };

export const contact: SectionSource<PoliceTables> = {
  items: lists(
    list(
      telephone,
      { kind: always('MOBILE'), value: column('T_TEL.TEL_NO', mobileNumber, noPlace), ...known },
      { where: { column: 'T_TEL.TEL_TYP', in: MOBILE } },
    ),
    list(
      telephone,
      { kind: always('EMAIL'), value: column('T_TEL.TEL_NO', emailAddress, noPlace), ...known },
      { where: { column: 'T_TEL.TEL_TYP', in: EMAIL } },
    ),
    list(
      telephone,
      // Its area code tells where.
      { kind: always('LANDLINE'), value: column('T_TEL.TEL_NO', text, { place: true }), ...known },
      { where: { column: 'T_TEL.TEL_TYP', in: LANDLINES } },
    ),
  ),
};

export const addresses: SectionSource<PoliceTables> = {
  items: list(address, {
    lines: columns(['T_ADDRESS.LINE1', 'T_ADDRESS.LINE2', 'T_ADDRESS.TOWN'], lines, { place: true }),
    postcode: column('T_ADDRESS.POSTCODE', text, { place: true }),
    uprn: column('T_ADDRESS.UPRN', compact, { place: true }),
    kind: column('T_NOMINAL_ADDR.ADDR_TYP', meaning(ADDRESS_KINDS), { place: true }),
    from: column('T_NOMINAL_ADDR.FROM_DT', date, { place: true }),
    to: column('T_NOMINAL_ADDR.TO_DT', date, { place: true }),
    current: column('T_NOMINAL_ADDR.CURR_FLG', yesNo, { place: true }),
  }),
};
