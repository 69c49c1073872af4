import { date, fieldsOf, isPast, meaning, type SectionSource, text } from '../contract.ts';
import { WARNINGS } from './codes.ts';
import { alert } from './sources.ts';
import type { HousingTables } from './tables.ts';

const { column, list } = fieldsOf<HousingTables>();

export const warningMarkers: SectionSource<HousingTables> = {
  items: list(alert, {
    type: column('tenant_alert.alert_cd', meaning(WARNINGS)),
    guidance: column('tenant_alert.guidance', text, { freeText: true }),
    detail: column('tenant_alert.detail', text, { freeText: true }),
    from: column('tenant_alert.start_dt', date),
    reviewDate: column('tenant_alert.review_dt', date),
    overdue: column('tenant_alert.review_dt', isPast),
  }),
};
