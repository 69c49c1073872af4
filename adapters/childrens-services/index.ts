import { defineAdapter } from '../contract.ts';
import { desks, safeguardingHub } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { ChildrensServicesTables } from './tables.ts';

export const adapter = defineAdapter<ChildrensServicesTables>({
  id: 'childrens-services',
  name: 'Northshire County Council children’s services',
  nhsBody: false,
  dialect: 'postgres',
  coverage: 'Children and families referred to children’s social care in Northshire since 2008.',
  contact: safeguardingHub,
  desks,
  sections,
  serviceKinds: ['CHILDRENS_SOCIAL_CARE', 'EARLY_HELP'],
  index,
  reference,
});
