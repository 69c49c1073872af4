import { defineAdapter } from '../contract.ts';
import { index } from './person.ts';
import { reference } from './reference.ts';
import { crisisLine, desks, sections } from './sections.ts';
import type { MentalHealthTables } from './tables.ts';

export const adapter = defineAdapter<MentalHealthTables>({
  id: 'mental-health',
  name: 'Northshire Mental Health NHS Trust',
  nhsBody: true,
  coverage: 'Adults and young people referred to the trust in Northshire since 2009.',
  contact: crisisLine,
  desks,
  sections,
  serviceKinds: ['MENTAL_HEALTH_CRISIS', 'MENTAL_HEALTH_COMMUNITY', 'SUBSTANCE_USE'],
  index,
  reference,
});
