import { defineAdapter } from '../contract.ts';
import { crisisLine, desks } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { MentalHealthTables } from './tables.ts';

export const adapter = defineAdapter<MentalHealthTables>({
  id: 'mental-health',
  name: 'Northshire Mental Health NHS Trust',
  nhsBody: true,
  dialect: 'postgres',
  coverage: 'Adults and young people referred to the trust in Northshire since 2009.',
  contact: crisisLine,
  desks,
  sections,
  serviceKinds: ['MENTAL_HEALTH_CRISIS', 'MENTAL_HEALTH_COMMUNITY', 'SUBSTANCE_USE'],
  index,
  reference,
});
