import { dateTime, fieldsOf, meaning, noPlace, type SectionSource, text } from '../contract.ts';
import { EVENT_ROLES, OUTCOMES } from './codes.ts';
import { CATEGORY_COLUMNS, eventCategory } from './event-category.ts';
import { occurrence } from './sources.ts';
import type { PoliceTables } from './tables.ts';

const { column, columns, list } = fieldsOf<PoliceTables>();

export const policeEvents: SectionSource<PoliceTables> = {
  items: list(
    occurrence,
    {
      date: column('T_OCCURRENCE.RPT_DTTM', dateTime),
      category: columns(CATEGORY_COLUMNS, eventCategory),
      role: column('T_OCCURRENCE.ROLE_CD', meaning(EVENT_ROLES)),
      outcome: column('T_OCCURRENCE.OUTC_CD', meaning(OUTCOMES), noPlace),
      summary: column('T_OCCURRENCE.SUMMARY_TXT', text, { freeText: true }),
    },
    { since: { column: 'T_OCCURRENCE.RPT_DTTM', toColumn: (day) => day.replaceAll('-', '') } },
  ),
};
