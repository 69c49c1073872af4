import { defineAdapter } from '../contract.ts';
import { countable } from './countable.ts';
import { index } from './person.ts';
import { reference } from './reference.ts';
import { desks, housingDesk, sections } from './sections.ts';
import type { HousingTables } from './tables.ts';

export const adapter = defineAdapter<HousingTables>({
  id: 'housing',
  name: 'Northshire Borough Council housing',
  dialects: ['postgres', 'mysql'],
  nhsBody: false,
  coverage: 'Tenancies of the council since 1998, and homelessness applications since 2018.',
  contact: housingDesk,
  desks,
  sections,
  serviceKinds: ['HOUSING_TENANCY', 'HOMELESSNESS'],
  countable,
  index,
  reference,
});
