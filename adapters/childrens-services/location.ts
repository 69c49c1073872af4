import {
  compact,
  type Decoder,
  date,
  emailAddress,
  fieldsOf,
  isPast,
  lines,
  meaning,
  mobileNumber,
  noPlace,
  type SectionSource,
  text,
  yesNo,
} from '../contract.ts';
import { ADDRESS_KINDS, EMAIL, LANDLINES, MOBILE } from './codes.ts';
import { address, contactPoint, person } from './sources.ts';
import type { ChildrensServicesTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<ChildrensServicesTables>();

const VALUE = 'DIM_PERSON_CONTACTS.CONTACT_VALUE';
const known = {
  from: column('DIM_PERSON_CONTACTS.START_DTTM', date),
  safe: column('DIM_PERSON_CONTACTS.SAFE_FLAG', yesNo),
};
const ofType = (codes: readonly string[]) =>
  ({ where: { column: 'DIM_PERSON_CONTACTS.CONTACT_TYPE_CODE', in: codes } }) as const;

export const contact: SectionSource<ChildrensServicesTables> = {
  safeContact: value(person, column('DIM_PERSON.SAFE_CONTACT_TXT', text, { freeText: true })),
  items: lists(
    list(
      contactPoint,
      { kind: always('MOBILE'), value: column(VALUE, mobileNumber, noPlace), ...known },
      ofType(MOBILE),
    ),
    list(
      contactPoint,
      { kind: always('EMAIL'), value: column(VALUE, emailAddress, noPlace), ...known },
      ofType(EMAIL),
    ),
    list(
      contactPoint,
      // Its area code tells where.
      { kind: always('LANDLINE'), value: column(VALUE, text, { place: true }), ...known },
      ofType(LANDLINES),
    ),
  ),
};

const isCurrent: Decoder<boolean | null> = (cell, context) => {
  const ended = isPast(cell, context);
  return ended === null ? null : !ended;
};

export const addresses: SectionSource<ChildrensServicesTables> = {
  items: list(address, {
    lines: columns(['DIM_PERSON_ADDRESS.ADDRESS_TXT'], lines, { place: true }),
    postcode: column('DIM_PERSON_ADDRESS.POSTCODE', text, { place: true }),
    uprn: column('DIM_PERSON_ADDRESS.UPRN', compact, { place: true }),
    kind: column('DIM_PERSON_ADDRESS.ADDSS_TYPE_CODE', meaning(ADDRESS_KINDS), { place: true }),
    from: column('DIM_PERSON_ADDRESS.START_DTTM', date, { place: true }),
    to: column('DIM_PERSON_ADDRESS.END_DTTM', date, { place: true }),
    current: column('DIM_PERSON_ADDRESS.END_DTTM', isCurrent, { place: true }),
  }),
};
