import { defineAdapter } from '../contract.ts';
import { desks, safeguardingDesk } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { EducationTables } from './tables.ts';

export const adapter = defineAdapter<EducationTables>({
  id: 'education',
  name: 'Northshire schools',
  nhsBody: false,
  dialect: 'postgres',
  coverage:
    'Pupils of the maintained schools of Northshire since 2009; attendance of the current academic year.',
  contact: safeguardingDesk,
  desks,
  sections,
  serviceKinds: ['SCHOOL'],
  index,
  reference,
});
