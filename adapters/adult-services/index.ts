import { defineAdapter } from '../contract.ts';
import { index } from './person.ts';
import { reference } from './reference.ts';
import { desks, dutyDesk, sections } from './sections.ts';
import type { AdultServicesTables } from './tables.ts';

export const adapter = defineAdapter<AdultServicesTables>({
  id: 'adult-services',
  name: 'Northshire adult social care',
  nhsBody: false,
  coverage:
    'Adults assessed or supported by the council since 2009, and its safeguarding enquiries since April 2015.',
  contact: dutyDesk,
  desks,
  sections,
  serviceKinds: ['ADULT_SOCIAL_CARE'],
  index,
  reference,
});
