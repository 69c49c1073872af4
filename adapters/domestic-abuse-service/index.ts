import { defineAdapter } from '../contract.ts';
import { index } from './person.ts';
import { reference } from './reference.ts';
import { adviceLine, desks, sections } from './sections.ts';
import type { DomesticAbuseServiceTables } from './tables.ts';

export const adapter = defineAdapter<DomesticAbuseServiceTables>({
  id: 'domestic-abuse-service',
  name: 'Northshire Domestic Abuse Service',
  nhsBody: false,
  coverage: 'Cases of the charity’s advisers since 2016, in Northshire and from elsewhere.',
  contact: adviceLine,
  desks,
  sections,
  serviceKinds: ['DOMESTIC_ABUSE_SUPPORT'],
  // A record with nothing in it for the caller would tell of a perpetrator.
  emptyAsUnlinked: true,
  index,
  reference,
});
