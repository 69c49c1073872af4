import { date, fieldsOf, isPast, meaning, type SectionSource, text } from '../contract.ts';
import { WARNINGS } from './codes.ts';
import { warning } from './sources.ts';
import type { PoliceTables } from './tables.ts';

const { column, list } = fieldsOf<PoliceTables>();

export const warningMarkers: SectionSource<PoliceTables> = {
  items: list(warning, {
    type: column('T_WARN_MKR.MKR_CD', meaning(WARNINGS)),
    guidance: column('T_WARN_MKR.GUIDE_TXT', text, { freeText: true }),
    detail: column('T_WARN_MKR.FREE_TXT', text, { freeText: true }),
    from: column('T_WARN_MKR.START_DT', date),
    reviewDate: column('T_WARN_MKR.REVIEW_DT', date),
    overdue: column('T_WARN_MKR.REVIEW_DT', isPast),
  }),
};
