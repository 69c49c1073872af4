import { type ColumnOf, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { ADDRESS, EXCLUSION, PERSON, peopleAfter, RELATION, SEAL, whatElse } from './index-rows.ts';
import type { ChildrensServicesTables } from './tables.ts';

const reads: readonly ColumnOf<ChildrensServicesTables>[] = [
  ...PERSON.map((name) => `DIM_PERSON.${name}` as const),
  ...ADDRESS.map((name) => `DIM_PERSON_ADDRESS.${name}` as const),
  ...RELATION.map((name) => `FACT_RELATIONSHIPS.${name}` as const),
  ...EXCLUSION.map((name) => `FACT_WORKER_EXCLUSIONS.${name}` as const),
  ...SEAL.map((name) => `FACT_ADOPTION_SEALS.${name}` as const),
];

export const index: IndexSource<ChildrensServicesTables> = indexSource({
  reads,
  after: peopleAfter,
  about: (db, people) =>
    whatElse(
      db,
      people.map((one) => String(one.DIM_PERSON_ID)),
    ),
  recordOf,
});
