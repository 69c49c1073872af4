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
import type { EducationTables } from './tables.ts';

const { always, column, columns, list, lists } = fieldsOf<EducationTables>();

const known = {
  from: column('STUD_TEL.ST_DT', date),
  safe: column('STUD_TEL.SAFE_YN', yesNo),
};

/** Those whom the school rings about the pupil. */
export const contact: SectionSource<EducationTables> = {
  items: lists(
    list(
      telephone,
      { kind: always('MOBILE'), value: column('STUD_TEL.TEL_VAL', mobileNumber, noPlace), ...known },
      { where: { column: 'STUD_TEL.TEL_TYP', in: MOBILE } },
    ),
    list(
      telephone,
      { kind: always('EMAIL'), value: column('STUD_TEL.TEL_VAL', emailAddress, noPlace), ...known },
      { where: { column: 'STUD_TEL.TEL_TYP', in: EMAIL } },
    ),
    list(
      telephone,
      // Its area code tells where.
      { kind: always('LANDLINE'), value: column('STUD_TEL.TEL_VAL', text, { place: true }), ...known },
      { where: { column: 'STUD_TEL.TEL_TYP', in: LANDLINES } },
    ),
  ),
};

export const addresses: SectionSource<EducationTables> = {
  items: list(address, {
    lines: columns(['STUD_ADDR.ADDR1', 'STUD_ADDR.TOWN'], lines, { place: true }),
    postcode: column('STUD_ADDR.POSTCODE', text, { place: true }),
    uprn: column('STUD_ADDR.UPRN', compact, { place: true }),
    kind: column('STUD_ADDR.ADDR_TYP', meaning(ADDRESS_KINDS), { place: true }),
    from: column('STUD_ADDR.ST_DT', date, { place: true }),
    to: column('STUD_ADDR.END_DT', date, { place: true }),
    current: column('STUD_ADDR.CURR_FLG', yesNo, { place: true }),
  }),
};
