import {
  type ColumnOf,
  isPast,
  type Kysely,
  type RecordId,
  type ReferenceFacts,
  type ReferenceSource,
} from '../contract.ts';
import { sealedAmong } from './index-rows.ts';
import type { ChildrensServicesTables } from './tables.ts';

/** Anything else is no referral, and no number for a database either. */
const REFERRAL_ID = /^\d{1,15}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const REFERRAL = ['FACT_REFERRAL_ID', 'DIM_PERSON_ID', 'REFRL_END_DTTM'] as const;
const INVOLVEMENT = ['DIM_PERSON_ID', 'FACT_REFERRAL_ID', 'DIM_WORKER_ID', 'END_DTTM'] as const;
const reads: readonly ColumnOf<ChildrensServicesTables>[] = [
  ...REFERRAL.map((name) => `FACT_REFERRALS.${name}` as const),
  'FACT_REFERRAL_PERSONS.FACT_REFERRAL_ID',
  'FACT_REFERRAL_PERSONS.DIM_PERSON_ID',
  ...INVOLVEMENT.map((name) => `FACT_INVOLVEMENTS.${name}` as const),
  'DIM_WORKER.DIM_WORKER_ID',
  'DIM_WORKER.STAFF_REF',
  'FACT_ADOPTION_SEALS.DIM_PERSON_ID',
];

export const reference: ReferenceSource<ChildrensServicesTables> = {
  description: "The referral's number, such as 2600417.",
  reads,
  async find(db, referral, now) {
    if (!REFERRAL_ID.test(referral)) return null;
    const found = await db
      .selectFrom('FACT_REFERRALS')
      .select(REFERRAL)
      .where('FACT_REFERRAL_ID', '=', referral)
      .executeTakeFirst();
    if (!found) return null;
    const [others, staff] = await Promise.all([
      othersIn(db, referral),
      workersOn(db, referral, String(found.DIM_PERSON_ID), now),
    ]);
    const live = isPast(found.REFRL_END_DTTM, { now, note: () => {} }) === false;
    const people = [...new Set([String(found.DIM_PERSON_ID), ...others])];
    const sealed = await sealedAmong(db, people);
    const tied = people.filter((one) => !sealed.has(one));
    return { live, place: null, consent: null, staff, people: tied };
  },
  async caseload(db, staff, people, now) {
    const known = people.filter((id) => REFERRAL_ID.test(id));
    if (known.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const involvements = await db
      .selectFrom('FACT_INVOLVEMENTS')
      .innerJoin('DIM_WORKER', 'DIM_WORKER.DIM_WORKER_ID', 'FACT_INVOLVEMENTS.DIM_WORKER_ID')
      .select(['FACT_INVOLVEMENTS.DIM_PERSON_ID', 'FACT_INVOLVEMENTS.END_DTTM'])
      .where('FACT_INVOLVEMENTS.DIM_PERSON_ID', 'in', known)
      .where('DIM_WORKER.STAFF_REF', '=', staff)
      .execute();
    const current = involvements.filter((one) => isPast(one.END_DTTM, { now, note: () => {} }) === false);
    const mine = [...new Set(current.map((one) => String(one.DIM_PERSON_ID)))];
    const sealed = await sealedAmong(db, mine);
    return mine.filter((one) => !sealed.has(one));
  },
};

async function othersIn(db: Kysely<ChildrensServicesTables>, referral: string): Promise<readonly RecordId[]> {
  const rows = await db
    .selectFrom('FACT_REFERRAL_PERSONS')
    .select('DIM_PERSON_ID')
    .where('FACT_REFERRAL_ID', '=', referral)
    .execute();
  return rows.map((row) => String(row.DIM_PERSON_ID));
}

/** Workers involved under this referral; involvements that name no referral count for the person it is first about. */
async function workersOn(
  db: Kysely<ChildrensServicesTables>,
  referral: string,
  person: RecordId,
  now: Date,
): Promise<ReferenceFacts['staff']> {
  const rows = await db
    .selectFrom('FACT_INVOLVEMENTS')
    .innerJoin('DIM_WORKER', 'DIM_WORKER.DIM_WORKER_ID', 'FACT_INVOLVEMENTS.DIM_WORKER_ID')
    .select(['DIM_WORKER.STAFF_REF', 'FACT_INVOLVEMENTS.END_DTTM'])
    .where((row) =>
      row.or([
        row('FACT_INVOLVEMENTS.FACT_REFERRAL_ID', '=', referral),
        row.and([
          row('FACT_INVOLVEMENTS.FACT_REFERRAL_ID', 'is', null),
          row('FACT_INVOLVEMENTS.DIM_PERSON_ID', '=', person),
        ]),
      ]),
    )
    .execute();
  const involved = rows.filter((row) => isPast(row.END_DTTM, { now, note: () => {} }) === false);
  const staff = new Set(involved.flatMap((row) => row.STAFF_REF?.trim() || []));
  return [...staff].map((one) => ({ organisation: 'childrens-services', staff: one }));
}
