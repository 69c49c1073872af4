import { defineAdapter } from '../contract.ts';
import { desks, dutyDesk } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { AdultTables } from './tables.ts';

export const adapter = defineAdapter<AdultTables>({
  id: 'adult-services',
  name: 'Northshire adult social care',
  nhsBody: false,
  dialect: 'postgres',
  coverage:
    'Adults assessed or supported by the council since 2009, and its safeguarding enquiries since April 2015.',
  contact: dutyDesk,
  desks,
  sections,
  serviceKinds: ['ADULT_SOCIAL_CARE'],
  index,
  reference,
});
