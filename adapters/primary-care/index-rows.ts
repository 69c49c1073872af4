/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import { byRecord, type Kysely, type RecordId } from '../contract.ts';
import type { PrimaryCareTables } from './tables.ts';

export const PATIENT = [
  'PATIENT_ID',
  'NHS_NO',
  'PDS_SEC',
  'SURNAME',
  'FORENAME',
  'KNOWN_AS',
  'DOB',
  'SEX',
  'MERGED_TO',
] as const;
export const ADDRESS = ['PATIENT_ID', 'POSTCODE', 'UPRN', 'CURR_YN', 'END_DT'] as const;
export const RELATION = ['PATIENT_ID', 'REL_PATIENT_ID', 'SAME_HSE'] as const;
export const EXCLUSION = ['PATIENT_ID', 'STAFF_ID'] as const;

export const patientsAfter = (db: Kysely<PrimaryCareTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('PATIENT')
    .select(PATIENT)
    .$if(after !== null, (query) => query.where('PATIENT_ID', '>', after ?? ''))
    .orderBy('PATIENT_ID')
    .limit(limit)
    .execute();

export async function whatElse(db: Kysely<PrimaryCareTables>, ids: readonly string[]) {
  const [addresses, relations, exclusions] = await Promise.all([
    db.selectFrom('PATIENT_ADDR').select(ADDRESS).where('PATIENT_ID', 'in', ids).orderBy('ADDR_ID').execute(),
    db
      .selectFrom('PATIENT_REL')
      .select(RELATION)
      .where((row) => row.or([row('PATIENT_ID', 'in', ids), row('REL_PATIENT_ID', 'in', ids)]))
      .execute(),
    db.selectFrom('PATIENT_EXCL').select(EXCLUSION).where('PATIENT_ID', 'in', ids).execute(),
  ]);
  return {
    addresses: byRecord(addresses, (row) => [row.PATIENT_ID]),
    relations: byRecord(relations, (row) => [row.PATIENT_ID, row.REL_PATIENT_ID]),
    exclusions: byRecord(exclusions, (row) => [row.PATIENT_ID]),
  };
}

export type Patient = Awaited<ReturnType<typeof patientsAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
