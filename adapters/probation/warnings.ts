import { date, fieldsOf, isPast, meaning, type SectionSource, text } from '../contract.ts';
import { REGISTRATIONS } from './codes.ts';
import { registration } from './sources.ts';
import type { ProbationTables } from './tables.ts';

const { column, list } = fieldsOf<ProbationTables>();

/** Registrations in force: one that was taken back warns of nothing. */
export const warningMarkers: SectionSource<ProbationTables> = {
  items: list(
    registration,
    {
      type: column('REGISTRATION.CODE', meaning(REGISTRATIONS)),
      guidance: column('REGISTRATION.GUIDANCE', text, { freeText: true }),
      detail: column('REGISTRATION.NOTES', text, { freeText: true }),
      from: column('REGISTRATION.START_DT', date),
      reviewDate: column('REGISTRATION.REVIEW_DT', date),
      overdue: column('REGISTRATION.REVIEW_DT', isPast),
    },
    { where: { column: 'REGISTRATION.DEREG_DT', isNull: true } },
  ),
};
