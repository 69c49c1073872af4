/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import type { Kysely, RecordId } from '../contract.ts';
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
] as const;
export const RELATION = ['DIM_PERSON_ID', 'RELATED_DIM_PERSON_ID', 'SAME_HOUSEHOLD_FLAG'] as const;
export const EXCLUSION = ['DIM_PERSON_ID', 'STAFF_REF'] as const;

export const peopleAfter = (db: Kysely<ChildrensServicesTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('DIM_PERSON')
    .select(PERSON)
    .$if(after !== null, (query) => query.where('DIM_PERSON_ID', '>', after ?? ''))
    .orderBy('DIM_PERSON_ID')
    .limit(limit)
    .execute();

export async function whatElse(db: Kysely<ChildrensServicesTables>, ids: readonly string[]) {
  if (ids.length === 0) return { addresses: [], relations: [], exclusions: [] };
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
  return { addresses, relations, exclusions };
}

export type Person = Awaited<ReturnType<typeof peopleAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
