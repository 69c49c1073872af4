import { defineAdapter } from '../contract.ts';
import { countable } from './countable.ts';
import { claimant, index } from './person.ts';
import { reference } from './reference.ts';
import { desks, partnershipDesk, sections } from './sections.ts';
import type { WorkAndPensionsTables } from './tables.ts';

export const adapter = defineAdapter<WorkAndPensionsTables>({
  id: 'work-and-pensions',
  name: 'Department for Work and Pensions',
  nhsBody: false,
  coverage: 'Working-age claims of the jobcentres of Northshire, and awards made since 2013.',
  contact: partnershipDesk,
  desks,
  sections,
  serviceKinds: ['EMPLOYMENT_AND_BENEFITS'],
  sites: { people: claimant, scope: 'own jobcentre only' },
  countable,
  index,
  reference,
});
