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
import { address, client, telephone } from './sources.ts';
import type { MentalHealthTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<MentalHealthTables>();

const known = { from: column('ClientPhone.StartDT', date), safe: column('ClientPhone.SafeYN', yesNo) };

export const contact: SectionSource<MentalHealthTables> = {
  safeContact: value(client, column('Client.SafeContactTxt', text, { freeText: true })),
  items: lists(
    list(
      telephone,
      { kind: always('MOBILE'), value: column('ClientPhone.PhoneNo', mobileNumber, noPlace), ...known },
      { where: { column: 'ClientPhone.PhoneType', in: MOBILE } },
    ),
    list(
      telephone,
      { kind: always('EMAIL'), value: column('ClientPhone.PhoneNo', emailAddress, noPlace), ...known },
      { where: { column: 'ClientPhone.PhoneType', in: EMAIL } },
    ),
    list(
      telephone,
      // Its area code tells where.
      { kind: always('LANDLINE'), value: column('ClientPhone.PhoneNo', text, { place: true }), ...known },
      { where: { column: 'ClientPhone.PhoneType', in: LANDLINES } },
    ),
  ),
};

export const addresses: SectionSource<MentalHealthTables> = {
  items: list(address, {
    lines: columns(['ClientAddress.Addr1', 'ClientAddress.Addr2', 'ClientAddress.Town'], lines, {
      place: true,
    }),
    postcode: column('ClientAddress.Postcode', text, { place: true }),
    uprn: column('ClientAddress.UPRN', compact, { place: true }),
    kind: column('ClientAddress.AddrType', meaning(ADDRESS_KINDS), { place: true }),
    from: column('ClientAddress.StartDT', date, { place: true }),
    to: column('ClientAddress.EndDT', date, { place: true }),
    current: column('ClientAddress.CurrentYN', yesNo, { place: true }),
  }),
};
