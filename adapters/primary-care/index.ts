import { defineAdapter } from '../contract.ts';
import { index, patient } from './person.ts';
import { reference } from './reference.ts';
import { desks, primaryCareDesk, sections } from './sections.ts';
import type { PrimaryCareTables } from './tables.ts';

export const adapter = defineAdapter<PrimaryCareTables>({
  id: 'primary-care',
  name: 'Northshire Primary Care',
  nhsBody: true,
  coverage:
    'People registered with a practice in Northshire since 2004, and children on its health visitors’ lists.',
  contact: primaryCareDesk,
  desks,
  sections,
  serviceKinds: ['GENERAL_PRACTICE', 'HEALTH_VISITING', 'SCHOOL_NURSING'],
  sites: { people: patient, scope: 'own practice only' },
  index,
  reference,
  api: async () => (await import('./fhir/api.ts')).api,
});
