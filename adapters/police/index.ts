import { defineAdapter } from '../contract.ts';
import { controlRoom, desks } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { PoliceTables } from './tables.ts';

export const adapter = defineAdapter<PoliceTables>({
  id: 'police',
  name: 'Northshire Police',
  nhsBody: false,
  dialect: 'postgres',
  coverage: 'Nominals, occurrences, markers and orders recorded in Northshire since 2004.',
  contact: controlRoom,
  desks,
  sections,
  serviceKinds: ['POLICE'],
  index,
  reference,
});
