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
import type { AdultTables } from './tables.ts';

const { always, column, columns, list, lists } = fieldsOf<AdultTables>();

const known = { from: column('ASC_TEL.FR_DT', date), safe: column('ASC_TEL.SAFE_YN', yesNo) };

export const contact: SectionSource<AdultTables> = {
  items: lists(
    list(
      telephone,
      { kind: always('MOBILE'), value: column('ASC_TEL.TEL_NO', mobileNumber, noPlace), ...known },
      { where: { column: 'ASC_TEL.TEL_TYP', in: MOBILE } },
    ),
    list(
      telephone,
      { kind: always('EMAIL'), value: column('ASC_TEL.TEL_NO', emailAddress, noPlace), ...known },
      { where: { column: 'ASC_TEL.TEL_TYP', in: EMAIL } },
    ),
    list(
      telephone,
      // Its area code tells where.
      { kind: always('LANDLINE'), value: column('ASC_TEL.TEL_NO', text, { place: true }), ...known },
      { where: { column: 'ASC_TEL.TEL_TYP', in: LANDLINES } },
    ),
  ),
};

export const addresses: SectionSource<AdultTables> = {
  items: list(address, {
    lines: columns(['ASC_ADDR.LINE1', 'ASC_ADDR.LINE2', 'ASC_ADDR.TOWN'], lines, { place: true }),
    postcode: column('ASC_ADDR.POSTCODE', text, { place: true }),
    uprn: column('ASC_ADDR.UPRN', compact, { place: true }),
    kind: column('ASC_ADDR.ADDR_TYP', meaning(ADDRESS_KINDS), { place: true }),
    from: column('ASC_ADDR.FR_DT', date, { place: true }),
    to: column('ASC_ADDR.TO_DT', date, { place: true }),
    current: column('ASC_ADDR.CURR_YN', yesNo, { place: true }),
  }),
};
