/**
 * Who a claimant is, and what the person index is fed. Tables tie by National Insurance number; people are known by
 * CLMNT_ID outside of them. At the level of the caller's own organisation, those of the claimant's jobcentre.
 */
import { indexOf, personOf, wordsOf } from '../contract.ts';
import { ADDRESS_KINDS, CLAIM_STATUSES, CONTACT_KINDS, isDeceased, SEXES } from './codes.ts';
import type { WorkAndPensionsTables } from './tables.ts';

const { birth, code, column, day, flag, identifier, instant, restriction, rowsOf, source, text } =
  wordsOf<WorkAndPensionsTables>();

export const claimant = rowsOf('CLMNT', 'CLMNT_ID', 'CLMNT_ID', { asOf: 'LAST_UPD', site: 'CLMNT.JCP_CD' });
/** Rows that tie to a claimant by the number in this column. */
export const byNumber = <N extends `${keyof WorkAndPensionsTables}.NINO`>(number: N) =>
  ({ join: [{ table: 'CLMNT', on: ['CLMNT.NINO', number] }], person: 'CLMNT.CLMNT_ID' }) as const;

const reachedFrom = day('PHONE.ST_DT', 'YYYYMMDD');
const livedFrom = day('ADDR.ST_DT', 'YYYYMMDD');
const livedTo = day('ADDR.END_DT', 'YYYYMMDD');
export const claimedTo = day('CLAIM.END_DT', 'YYYYMMDD');
export const claimStatus = code('CLAIM.CLM_STAT', CLAIM_STATUSES).until(claimedTo);

export const person = personOf<WorkAndPensionsTables>({
  source: claimant,
  givenName: text('CLMNT.FORENAME'),
  familyName: text('CLMNT.SURNAME'),
  otherNames: [{ kind: 'FORMER', familyName: text('CLMNT.PREV_SNM') }],
  born: birth('CLMNT.DOB', 'CLMNT.DOB_EST'),
  sex: code('CLMNT.SEX', SEXES),
  deceased: column('CLMNT.DOD', isDeceased),
  identifiers: [identifier('NINO', 'CLMNT.NINO', { verified: flag('CLMNT.NINO_VER') })],
  contact: {
    source: source({
      ...byNumber('PHONE.NINO'),
      table: 'PHONE',
      record: ['PHONE.PHONE_ID'],
      asOf: instant('PHONE.LAST_UPD'),
      newestFirst: reachedFrom,
      site: 'CLMNT.JCP_CD',
    }),
    kind: code('PHONE.TEL_TYP', CONTACT_KINDS),
    value: 'PHONE.TEL_VAL',
    from: reachedFrom,
    safe: flag('PHONE.SAFE_YN'),
  },
  addresses: {
    source: source({
      ...byNumber('ADDR.NINO'),
      table: 'ADDR',
      record: ['ADDR.ADDR_ID'],
      asOf: instant('ADDR.LAST_UPD'),
      newestFirst: livedFrom,
      site: 'CLMNT.JCP_CD',
    }),
    lines: ['ADDR.LINE1', 'ADDR.LINE2'],
    postcode: 'ADDR.POSTCODE',
    uprn: 'ADDR.UPRN',
    kind: code('ADDR.ADDR_TYP', ADDRESS_KINDS),
    from: livedFrom,
    to: livedTo,
    current: flag('ADDR.CURR_FLG').until(livedTo),
  },
});

export const index = indexOf(person, {
  protection: restriction('CLMNT.NSC_FLG'),
  // Who claims jointly lives together, as long as the claim is live.
  relatives: [
    {
      rows: rowsOf('CLAIM', 'CLMNT_ID', 'CLAIM_REF', { otherPerson: 'CLAIM.PTNR_ID' }),
      sameHousehold: claimStatus.isOpen,
    },
  ],
  excluded: { ...byNumber('STAFF_EXCL.NINO'), staff: 'STAFF_EXCL.STAFF_REF' },
});
