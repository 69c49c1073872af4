import { defineAdapter } from '../contract.ts';
import { countable } from './countable.ts';
import { index } from './person.ts';
import { reference } from './reference.ts';
import { controlRoom, desks, sections } from './sections.ts';
import type { PoliceTables } from './tables.ts';

export const adapter = defineAdapter<PoliceTables>({
  id: 'police',
  name: 'Northshire Police',
  nhsBody: false,
  coverage: 'Nominals, occurrences, markers and orders recorded in Northshire since 2004.',
  contact: controlRoom,
  desks,
  sections,
  serviceKinds: ['POLICE'],
  countable,
  index,
  reference,
});
