import { defineAdapter } from '../contract.ts';
import { adviceLine, desks } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { DomesticAbuseTables } from './tables.ts';

export const adapter = defineAdapter<DomesticAbuseTables>({
  id: 'domestic-abuse-service',
  name: 'Northshire Domestic Abuse Service',
  nhsBody: false,
  dialect: 'postgres',
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
