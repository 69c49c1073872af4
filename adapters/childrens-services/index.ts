import { defineAdapter } from '../contract.ts';
import { desks, safeguardingHub } from './authorities.ts';
import { countable } from './countable.ts';
import { index } from './person.ts';
import { reference } from './reference.ts';
import { sections } from './sections.ts';
import type { ChildrensServicesTables } from './tables.ts';

export const adapter = defineAdapter<ChildrensServicesTables>({
  id: 'childrens-services',
  name: 'Northshire County Council children’s services',
  nhsBody: false,
  coverage: 'Children and families referred to children’s social care in Northshire since 2008.',
  contact: safeguardingHub,
  desks,
  sections,
  serviceKinds: ['CHILDRENS_SOCIAL_CARE', 'EARLY_HELP'],
  countable,
  index,
  reference,
});
