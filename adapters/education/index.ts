import { defineAdapter } from '../contract.ts';
import { countable } from './countable.ts';
import { index, pupil } from './person.ts';
import { reference } from './reference.ts';
import { desks, safeguardingDesk, sections } from './sections.ts';
import type { EducationTables } from './tables.ts';

export const adapter = defineAdapter<EducationTables>({
  id: 'education',
  name: 'Northshire schools',
  dialects: ['postgres', 'mysql'],
  nhsBody: false,
  coverage:
    'Pupils of the maintained schools of Northshire since 2009; attendance of the current academic year.',
  contact: safeguardingDesk,
  desks,
  sections,
  serviceKinds: ['SCHOOL'],
  sites: { people: pupil, scope: 'own school only' },
  countable,
  index,
  reference,
});
