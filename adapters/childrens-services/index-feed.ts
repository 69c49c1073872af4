import type { ColumnOf, IndexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { ADDRESS, EXCLUSION, PERSON, peopleAfter, RELATION, whatElse } from './index-rows.ts';
import type { ChildrensServicesTables } from './tables.ts';

const reads: readonly ColumnOf<ChildrensServicesTables>[] = [
  ...PERSON.map((name) => `DIM_PERSON.${name}` as const),
  ...ADDRESS.map((name) => `DIM_PERSON_ADDRESS.${name}` as const),
  ...RELATION.map((name) => `FACT_RELATIONSHIPS.${name}` as const),
  ...EXCLUSION.map((name) => `FACT_WORKER_EXCLUSIONS.${name}` as const),
];

export const index: IndexSource<ChildrensServicesTables> = {
  reads,
  async page(db, after, limit, note) {
    const people = await peopleAfter(db, after, limit);
    const about = await whatElse(
      db,
      people.map((one) => String(one.DIM_PERSON_ID)),
    );
    const context = { now: new Date(), note };
    return people.map((one) => recordOf(one, about, context));
  },
};
