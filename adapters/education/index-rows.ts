/** What the person index is fed from: columns, and a page of them with all that stands about the same pupils elsewhere. */
import { byRecord, type Kysely, type RecordId } from '../contract.ts';
import type { EducationTables } from './tables.ts';

export const PUPIL = [
  'STUD_ID',
  'UPN',
  'SURNAME',
  'FORENAME',
  'KNOWN_AS',
  'DOB',
  'SEX',
  'SENS_CD',
  'MERGED_TO',
] as const;
export const ADDRESS = ['STUD_ID', 'POSTCODE', 'UPRN', 'CURR_FLG', 'ST_DT'] as const;
export const RELATION = ['STUD_ID', 'REL_STUD_ID', 'SAME_ADR'] as const;
export const EXCLUSION = ['STUD_ID', 'STAFF_REF'] as const;

export const pupilsAfter = (db: Kysely<EducationTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('STUD')
    .select(PUPIL)
    .$if(after !== null, (query) => query.where('STUD_ID', '>', after ?? ''))
    .orderBy('STUD_ID')
    .limit(limit)
    .execute();

export async function whatElse(db: Kysely<EducationTables>, ids: readonly string[]) {
  const [addresses, relations, exclusions] = await Promise.all([
    db
      .selectFrom('STUD_ADDR')
      .select(ADDRESS)
      .where('STUD_ID', 'in', ids)
      .orderBy('ST_DT', (order) => order.desc().nullsLast())
      .orderBy('ADDR_ID')
      .execute(),
    db
      .selectFrom('STUD_CONT')
      .select(RELATION)
      .where((row) => row.or([row('STUD_ID', 'in', ids), row('REL_STUD_ID', 'in', ids)]))
      .orderBy('CONT_ID')
      .execute(),
    db.selectFrom('STAFF_EXCL').select(EXCLUSION).where('STUD_ID', 'in', ids).orderBy('STAFF_REF').execute(),
  ]);
  return {
    addresses: byRecord(addresses, (row) => [row.STUD_ID]),
    relations: byRecord(relations, (row) => [row.STUD_ID, row.REL_STUD_ID]),
    exclusions: byRecord(exclusions, (row) => [row.STUD_ID]),
  };
}

export type Pupil = Awaited<ReturnType<typeof pupilsAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
