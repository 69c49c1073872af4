import {
  type Decoder,
  date,
  emailAddress,
  fieldsOf,
  mobileNumber,
  noPlace,
  type SectionSource,
  text,
  yesNo,
} from '../contract.ts';
import { EMAIL, MOBILE, SAFE_WAYS } from './codes.ts';
import { caseAsVictim, telephone } from './sources.ts';
import type { DomesticAbuseTables } from './tables.ts';

const { always, column, list, lists, value } = fieldsOf<DomesticAbuseTables>();

/** Codes of the agreed ways, divided by blanks, as sentences. What is not of the list is noted and left out: each way stands for itself. */
export const safeContact: Decoder<string | null> = (cell, context) => {
  const codes = (text(cell, context) ?? '').toUpperCase().split(/[\s;,]+/);
  const ways = [...new Set(codes)].flatMap((code) => {
    if (code === '') return [];
    if (Object.hasOwn(SAFE_WAYS, code)) return [SAFE_WAYS[code]];
    context.note('unknown code');
    return [];
  });
  return ways.length > 0 ? ways.join('. ') : null;
};

/** What the newest case that says anything says. */
const newestSaid = (values: readonly unknown[]): unknown => values.find((one) => one !== null) ?? null;

const known = { from: column('CLIENT_TEL.FR_DT', date), safe: column('CLIENT_TEL.SAFE_YN', yesNo) };

/** Landlines are not read: an area code tells where, and places never leave the charity. */
export const contact: SectionSource<DomesticAbuseTables> = {
  safeContact: value(caseAsVictim, column('MARAC_CASE.SAFE_CONTACT', safeContact, noPlace), newestSaid),
  items: lists(
    list(
      telephone,
      { kind: always('MOBILE'), value: column('CLIENT_TEL.TEL_NO', mobileNumber, noPlace), ...known },
      { where: { column: 'CLIENT_TEL.KIND', in: MOBILE } },
    ),
    list(
      telephone,
      { kind: always('EMAIL'), value: column('CLIENT_TEL.TEL_NO', emailAddress, noPlace), ...known },
      { where: { column: 'CLIENT_TEL.KIND', in: EMAIL } },
    ),
  ),
};
