/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import { byRecord, type Kysely, type RecordId } from '../contract.ts';
import type { ChildrensServicesTables } from './tables.ts';

export const PERSON = [
  'DIM_PERSON_ID',
  'FORENAME',
  'SURNAME',
  'KNOWN_AS',
  'BIRTH_DTTM',
  'DOB_ESTIMATED',
  'GENDER_MAIN_CODE',
  'UPN',
  'NHS_NUMBER',
  'RESTRICTED_CODE',
  'DUPLICATED_DTTM',
  'MERGED_DIM_PERSON_ID',
] as const;
export const ADDRESS = [
  'DIM_PERSON_ID',
  'ADDSS_TYPE_CODE',
  'UPRN',
  'POSTCODE',
  'START_DTTM',
  'END_DTTM',
  'SEAL_CODE',
] as const;
export const RELATION = [
  'DIM_PERSON_ID',
  'RELATED_DIM_PERSON_ID',
  'SAME_HOUSEHOLD_FLAG',
  'SEAL_CODE',
] as const;
export const EXCLUSION = ['DIM_PERSON_ID', 'STAFF_REF'] as const;

export const SEAL = ['FACT_ADOPTION_SEAL_ID', 'DIM_PERSON_ID'] as const;

/**
 * Records as they were before an adoption order are not fed, nor are duplicates of them: nobody may ever be led from
 * who somebody was to who they are. Left out here rather than after the page is read, so that no page comes out empty.
 */
export const peopleAfter = (db: Kysely<ChildrensServicesTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('DIM_PERSON')
    .select(PERSON.map((name) => `DIM_PERSON.${name}` as const))
    .where(({ not, exists, or, ref, selectFrom }) =>
      not(
        exists(
          selectFrom('FACT_ADOPTION_SEALS')
            .select('FACT_ADOPTION_SEAL_ID')
            .where((row) =>
              or([
                row('FACT_ADOPTION_SEALS.DIM_PERSON_ID', '=', ref('DIM_PERSON.DIM_PERSON_ID')),
                row('FACT_ADOPTION_SEALS.DIM_PERSON_ID', '=', ref('DIM_PERSON.MERGED_DIM_PERSON_ID')),
              ]),
            ),
        ),
      ),
    )
    .$if(after !== null, (query) => query.where('DIM_PERSON.DIM_PERSON_ID', '>', after ?? ''))
    .orderBy('DIM_PERSON.DIM_PERSON_ID')
    .limit(limit)
    .execute();

export async function whatElse(db: Kysely<ChildrensServicesTables>, ids: readonly string[]) {
  const [addresses, relations, exclusions] = await Promise.all([
    db
      .selectFrom('DIM_PERSON_ADDRESS')
      .select(ADDRESS)
      .where('DIM_PERSON_ID', 'in', ids)
      .orderBy('START_DTTM', (order) => order.desc().nullsLast())
      .execute(),
    db
      .selectFrom('FACT_RELATIONSHIPS')
      .select(RELATION)
      .where((row) => row.or([row('DIM_PERSON_ID', 'in', ids), row('RELATED_DIM_PERSON_ID', 'in', ids)]))
      .execute(),
    db.selectFrom('FACT_WORKER_EXCLUSIONS').select(EXCLUSION).where('DIM_PERSON_ID', 'in', ids).execute(),
  ]);
  const others = relations.flatMap((one) => [String(one.DIM_PERSON_ID), String(one.RELATED_DIM_PERSON_ID)]);
  return {
    addresses: byRecord(addresses, (row) => [String(row.DIM_PERSON_ID)]),
    relations: byRecord(relations, (row) => [String(row.DIM_PERSON_ID), String(row.RELATED_DIM_PERSON_ID)]),
    exclusions: byRecord(exclusions, (row) => [String(row.DIM_PERSON_ID)]),
    sealed: await sealedAmong(db, others),
  };
}

/** Those of these records that were closed on an adoption order. */
export async function sealedAmong(
  db: Kysely<ChildrensServicesTables>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('FACT_ADOPTION_SEALS')
    .select('DIM_PERSON_ID')
    .where('DIM_PERSON_ID', 'in', [...new Set(ids)])
    .execute();
  return new Set(rows.map((row) => String(row.DIM_PERSON_ID)));
}

export type Person = Awaited<ReturnType<typeof peopleAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
