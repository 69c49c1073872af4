/** Who a client of adult social care is, and what the person index is fed. */
import { indexOf, personOf, wordsOf } from '../contract.ts';
import { ADDRESS_KINDS, CONTACT_KINDS, SEXES } from './codes.ts';
import type { AdultServicesTables } from './tables.ts';

const { birth, code, day, flag, identifier, key, restriction, rowsOf, text } = wordsOf<AdultServicesTables>();

const reachedFrom = day('ASC_TEL.FR_DT');
const livedFrom = day('ASC_ADDR.FR_DT');
const livedTo = day('ASC_ADDR.TO_DT');

export const person = personOf<AdultServicesTables>({
  source: rowsOf('ASC_CLIENT', 'ASC_ID', 'ASC_ID', { asOf: 'UPD_DT' }),
  givenName: text('ASC_CLIENT.FORENAME'),
  familyName: text('ASC_CLIENT.SURNAME'),
  otherNames: [{ kind: 'PREFERRED', givenName: text('ASC_CLIENT.KNOWN_AS') }],
  born: birth('ASC_CLIENT.DOB', 'ASC_CLIENT.DOB_EST'),
  sex: code('ASC_CLIENT.SEX', SEXES),
  deceased: flag('ASC_CLIENT.DECEASED'),
  identifiers: [
    identifier('NHS_NUMBER', 'ASC_CLIENT.NHS_NO', { verified: flag('ASC_CLIENT.NHS_CHK') }),
    identifier('LOCAL', 'ASC_CLIENT.ASC_ID'),
  ],
  contact: {
    source: rowsOf('ASC_TEL', 'ASC_ID', 'TEL_ID', { asOf: 'UPD_DT', newestFirst: reachedFrom }),
    kind: code('ASC_TEL.TEL_TYP', CONTACT_KINDS),
    value: 'ASC_TEL.TEL_NO',
    from: reachedFrom,
    safe: flag('ASC_TEL.SAFE_YN'),
  },
  addresses: {
    source: rowsOf('ASC_ADDR', 'ASC_ID', 'ADDR_ID', { asOf: 'UPD_DT', newestFirst: livedFrom }),
    lines: ['ASC_ADDR.LINE1', 'ASC_ADDR.LINE2', 'ASC_ADDR.TOWN'],
    postcode: 'ASC_ADDR.POSTCODE',
    uprn: 'ASC_ADDR.UPRN',
    kind: code('ASC_ADDR.ADDR_TYP', ADDRESS_KINDS),
    from: livedFrom,
    to: livedTo,
    current: flag('ASC_ADDR.CURR_YN').until(livedTo),
  },
});

export const index = indexOf(person, {
  merged: key('ASC_CLIENT.MERGED_TO'),
  protection: restriction('ASC_CLIENT.RESTRICT_CD'),
  // Carers are family in all but name.
  relatives: [
    {
      rows: rowsOf('ASC_CARER', 'ASC_ID', 'CARER_ID', { otherPerson: 'ASC_CARER.CARER_ASC_ID' }),
      sameHousehold: flag('ASC_CARER.LIVES_IN'),
    },
  ],
  // The adult at risk and whoever is said to be the source of it, also once the enquiry is closed.
  adverse: [rowsOf('S42_ENQ', 'ASC_ID', 'ENQ_REF', { otherPerson: 'S42_ENQ.RISK_ASC_ID' })],
  excluded: { person: 'ASC_STAFF_EXCL.ASC_ID', staff: 'ASC_STAFF_EXCL.STAFF_REF' },
});
