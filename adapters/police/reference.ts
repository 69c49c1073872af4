import { referenceOf, wordsOf } from '../contract.ts';
import { ORGANISATIONS, placeOf } from './codes.ts';
import { inCase } from './sections.ts';
import type { PoliceTables } from './tables.ts';

const { code, column, day } = wordsOf<PoliceTables>();

export const reference = referenceOf<PoliceTables>({
  agency: 'police',
  description: "The incident's occurrence number, such as 26/000123.",
  kinds: [
    {
      form: /^\d{2}\/\d{1,8}$/,
      number: 'T_INCIDENT.OCC_NO',
      // Any date of closing closes it, and so does what cannot be read.
      live: day('T_INCIDENT.CLOSE_DTTM', 'YYYYMMDDHHMM').isOpenEnded,
      place: column('T_INCIDENT.PLACE_TYPE', placeOf),
      // The log's entries without an end. Staff of an organisation that is not in the code list are on nothing.
      staff: [
        {
          number: 'T_RESOURCE_LOG.OCC_NO',
          staff: 'T_RESOURCE_LOG.STAFF_REF',
          organisation: code('T_RESOURCE_LOG.STAFF_ORG', ORGANISATIONS),
          there: day('T_RESOURCE_LOG.TO_DTTM', 'YYYYMMDDHHMM').isOpenEnded,
        },
      ],
      people: [{ number: 'T_OCCURRENCE.OCC_NO', person: 'T_OCCURRENCE.NOM_ID' }],
    },
  ],
  caseload: [{ person: 'T_OIC.NOM_ID', staff: 'T_OIC.STAFF_REF', while: [inCase.isOpen] }],
});
