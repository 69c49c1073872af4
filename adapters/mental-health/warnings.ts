import { date, fieldsOf, isPast, meaning, type SectionSource, text } from '../contract.ts';
import { WARNINGS } from './codes.ts';
import { alert } from './sources.ts';
import type { MentalHealthTables } from './tables.ts';

const { column, list } = fieldsOf<MentalHealthTables>();

export const warningMarkers: SectionSource<MentalHealthTables> = {
  items: list(alert, {
    type: column('Alert.AlertType', meaning(WARNINGS)),
    guidance: column('Alert.Guidance', text, { freeText: true }),
    detail: column('Alert.Detail', text, { freeText: true }),
    from: column('Alert.StartDT', date),
    reviewDate: column('Alert.ReviewDT', date),
    overdue: column('Alert.ReviewDT', isPast),
  }),
};
