import { defineAdapter } from '../contract.ts';
import { desks, dutyDesk } from './desks.ts';
import { sections } from './fields.ts';
import { index } from './index-feed.ts';
import { reference } from './reference.ts';
import type { ProbationTables } from './tables.ts';

export const adapter = defineAdapter<ProbationTables>({
  id: 'probation',
  name: 'Northshire Probation',
  nhsBody: false,
  dialect: 'postgres',
  coverage: 'People supervised by probation or youth justice in Northshire since 2004.',
  contact: dutyDesk,
  desks,
  sections,
  serviceKinds: ['PROBATION', 'YOUTH_JUSTICE'],
  index,
  reference,
});
