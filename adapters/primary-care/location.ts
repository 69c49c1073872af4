import {
  compact,
  date,
  emailAddress,
  fieldsOf,
  lines,
  meaning,
  mobileNumber,
  type SectionSource,
  text,
  yesNo,
} from '../contract.ts';
import { ADDRESS_KINDS, EMAIL, LANDLINES, MOBILE } from './codes.ts';
import { address, patient, telephone } from './sources.ts';
import type { PrimaryCareTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<PrimaryCareTables>();

const place = { place: true };
const known = { from: column('PATIENT_TEL.START_DT', date), safe: column('PATIENT_TEL.SAFE_YN', yesNo) };

export const contact: SectionSource<PrimaryCareTables> = {
  safeContact: value(patient, column('PATIENT.SAFE_CONTACT', text, { freeText: true })),
  items: lists(
    list(
      telephone,
      { kind: always('MOBILE'), value: column('PATIENT_TEL.TEL_NO', mobileNumber, place), ...known },
      { where: { column: 'PATIENT_TEL.TEL_TYPE', in: MOBILE } },
    ),
    list(
      telephone,
      { kind: always('EMAIL'), value: column('PATIENT_TEL.TEL_NO', emailAddress, place), ...known },
      { where: { column: 'PATIENT_TEL.TEL_TYPE', in: EMAIL } },
    ),
    list(
      telephone,
      { kind: always('LANDLINE'), value: column('PATIENT_TEL.TEL_NO', text, place), ...known },
      { where: { column: 'PATIENT_TEL.TEL_TYPE', in: LANDLINES } },
    ),
  ),
};

export const addresses: SectionSource<PrimaryCareTables> = {
  items: list(address, {
    lines: columns(['PATIENT_ADDR.ADDR1', 'PATIENT_ADDR.ADDR2', 'PATIENT_ADDR.TOWN'], lines, place),
    postcode: column('PATIENT_ADDR.POSTCODE', text, place),
    uprn: column('PATIENT_ADDR.UPRN', compact, place),
    kind: column('PATIENT_ADDR.ADDR_TYPE', meaning(ADDRESS_KINDS), place),
    from: column('PATIENT_ADDR.START_DT', date, place),
    to: column('PATIENT_ADDR.END_DT', date, place),
    current: column('PATIENT_ADDR.CURR_YN', yesNo, place),
  }),
};
