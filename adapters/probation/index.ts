import { defineAdapter } from '../contract.ts';
import { countable } from './countable.ts';
import { index } from './person.ts';
import { reference } from './reference.ts';
import { desks, dutyDesk, sections } from './sections.ts';
import type { ProbationTables } from './tables.ts';

export const adapter = defineAdapter<ProbationTables>({
  id: 'probation',
  name: 'Northshire Probation',
  nhsBody: false,
  coverage: 'People supervised by probation or youth justice in Northshire since 2004.',
  contact: dutyDesk,
  desks,
  sections,
  serviceKinds: ['PROBATION', 'YOUTH_JUSTICE'],
  countable,
  index,
  reference,
});
