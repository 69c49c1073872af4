import { defineAdapter } from '../contract.ts';
import { desks, housingDesk } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { HousingTables } from './tables.ts';

export const adapter = defineAdapter<HousingTables>({
  id: 'housing',
  name: 'Northshire Borough Council housing',
  nhsBody: false,
  dialect: 'postgres',
  coverage: 'Tenancies of the council since 1998, and homelessness applications since 2018.',
  contact: housingDesk,
  desks,
  sections,
  serviceKinds: ['HOUSING_TENANCY', 'HOMELESSNESS'],
  index,
  reference,
});
