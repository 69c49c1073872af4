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
} from '../contract.ts';
import { ADDRESS_KINDS, EMAIL, LANDLINES, LIVING_THERE, MOBILE } from './codes.ts';
import { address, telephone } from './sources.ts';
import type { ProbationTables } from './tables.ts';

const { always, column, columns, list, lists } = fieldsOf<ProbationTables>();

const from = column('OFFENDER_PHONE.FROM_DT', date);

export const contact: SectionSource<ProbationTables> = {
  items: lists(
    list(
      telephone,
      { kind: always('MOBILE'), value: column('OFFENDER_PHONE.PHONE_NO', mobileNumber, noPlace), from },
      { where: { column: 'OFFENDER_PHONE.PHONE_TYPE', in: MOBILE } },
    ),
    list(
      telephone,
      { kind: always('EMAIL'), value: column('OFFENDER_PHONE.PHONE_NO', emailAddress, noPlace), from },
      { where: { column: 'OFFENDER_PHONE.PHONE_TYPE', in: EMAIL } },
    ),
    list(
      telephone,
      // Its area code tells where.
      { kind: always('LANDLINE'), value: column('OFFENDER_PHONE.PHONE_NO', text, { place: true }), from },
      { where: { column: 'OFFENDER_PHONE.PHONE_TYPE', in: LANDLINES } },
    ),
  ),
};

/** Current while it is one to be found at and no end has passed. */
const isCurrent: Decoder<boolean | null> = (cells, context) => {
  const [status, end] = cells as readonly unknown[];
  const over = isPast(end, context);
  if (meaning(ADDRESS_KINDS)(status, context) === null || over === null) return null;
  return !over && LIVING_THERE.includes((text(status, context) ?? '').toUpperCase());
};

const place = { place: true };
export const addresses: SectionSource<ProbationTables> = {
  items: list(address, {
    lines: columns(
      ['OFFENDER_ADDRESS.ADDR1', 'OFFENDER_ADDRESS.ADDR2', 'OFFENDER_ADDRESS.TOWN'],
      lines,
      place,
    ),
    postcode: column('OFFENDER_ADDRESS.POSTCODE', text, place),
    uprn: column('OFFENDER_ADDRESS.UPRN', compact, place),
    kind: column('OFFENDER_ADDRESS.STATUS_CD', meaning(ADDRESS_KINDS), place),
    from: column('OFFENDER_ADDRESS.FROM_DT', date, place),
    to: column('OFFENDER_ADDRESS.TO_DT', date, place),
    current: columns(['OFFENDER_ADDRESS.STATUS_CD', 'OFFENDER_ADDRESS.TO_DT'], isCurrent, place),
  }),
};
