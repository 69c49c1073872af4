import { defineAdapter } from '../contract.ts';
import { desks, partnershipDesk } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { WorkAndPensionsTables } from './tables.ts';

export const adapter = defineAdapter<WorkAndPensionsTables>({
  id: 'work-and-pensions',
  name: 'Department for Work and Pensions',
  nhsBody: false,
  dialect: 'postgres',
  coverage: 'Working-age claims of the jobcentres of Northshire, and awards made since 2013.',
  contact: partnershipDesk,
  desks,
  sections,
  serviceKinds: ['EMPLOYMENT_AND_BENEFITS'],
  index,
  reference,
});
