import { referenceOf } from '../contract.ts';
import { involvedTo, referredTo } from './sections.ts';
import type { ChildrensServicesTables } from './tables.ts';

const byWorker = [
  { table: 'DIM_WORKER', on: ['DIM_WORKER.DIM_WORKER_ID', 'FACT_INVOLVEMENTS.DIM_WORKER_ID'] },
] as const;
const staff = 'DIM_WORKER.STAFF_REF';
const there = involvedTo.isRunning;

/** Workers involved under a referral; involvements that name no referral count for the person it is first about. */
export const reference = referenceOf<ChildrensServicesTables>({
  agency: 'childrens-services',
  description: "The referral's number, such as 2600417.",
  recordForm: /^\d{1,15}$/,
  never: 'FACT_ADOPTION_SEALS.DIM_PERSON_ID',
  kinds: [
    {
      form: /^\d{1,15}$/,
      number: 'FACT_REFERRALS.FACT_REFERRAL_ID',
      live: referredTo.isRunning,
      staff: [
        {
          number: 'FACT_INVOLVEMENTS.FACT_REFERRAL_ID',
          join: byWorker,
          staff,
          there,
          orPerson: 'FACT_INVOLVEMENTS.DIM_PERSON_ID',
        },
      ],
      people: [
        'FACT_REFERRALS.DIM_PERSON_ID',
        { number: 'FACT_REFERRAL_PERSONS.FACT_REFERRAL_ID', person: 'FACT_REFERRAL_PERSONS.DIM_PERSON_ID' },
      ],
    },
  ],
  caseload: [{ person: 'FACT_INVOLVEMENTS.DIM_PERSON_ID', join: byWorker, staff, while: [there] }],
});
