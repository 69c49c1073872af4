import { defineAdapter } from '../contract.ts';
import { desks, primaryCareDesk } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { PrimaryCareTables } from './tables.ts';

export const adapter = defineAdapter<PrimaryCareTables>({
  id: 'primary-care',
  name: 'Northshire Primary Care',
  nhsBody: true,
  dialect: 'postgres',
  coverage:
    'People registered with a practice in Northshire since 2004, and children on its health visitors’ lists.',
  contact: primaryCareDesk,
  desks,
  sections,
  serviceKinds: ['GENERAL_PRACTICE', 'HEALTH_VISITING', 'SCHOOL_NURSING'],
  index,
  reference,
});
