/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import { byRecord, type Kysely, type RecordId } from '../contract.ts';
import type { ProbationTables } from './tables.ts';

export const OFFENDER = [
  'CRN',
  'NOMS_NUMBER',
  'PNC_NUMBER',
  'CRO_NUMBER',
  'NINO',
  'SURNAME',
  'FIRST_NAME',
  'DATE_OF_BIRTH',
  'GENDER',
  'CURRENT_EXCLUSION',
  'CURRENT_RESTRICTION',
  'MERGED_TO_CRN',
] as const;
export const ALIAS = ['CRN', 'SURNAME', 'FIRST_NAME'] as const;
export const ADDRESS = ['CRN', 'POSTCODE', 'UPRN', 'STATUS_CD', 'TO_DT'] as const;
export const EXCLUSION = ['CRN', 'STAFF_CD', 'END_DT'] as const;

export const offendersAfter = (db: Kysely<ProbationTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('OFFENDER')
    .select(OFFENDER)
    .$if(after !== null, (query) => query.where('CRN', '>', after ?? ''))
    .orderBy('CRN')
    .limit(limit)
    .execute();

export async function whatElse(db: Kysely<ProbationTables>, ids: readonly string[]) {
  const [aliases, addresses, exclusions] = await Promise.all([
    db.selectFrom('ALIAS').select(ALIAS).where('CRN', 'in', ids).orderBy('ALIAS_ID').execute(),
    db.selectFrom('OFFENDER_ADDRESS').select(ADDRESS).where('CRN', 'in', ids).orderBy('ADDRESS_ID').execute(),
    db.selectFrom('EXCLUSION').select(EXCLUSION).where('CRN', 'in', ids).orderBy('STAFF_CD').execute(),
  ]);
  return {
    aliases: byRecord(aliases, (row) => [row.CRN]),
    addresses: byRecord(addresses, (row) => [row.CRN]),
    exclusions: byRecord(exclusions, (row) => [row.CRN]),
  };
}

export type Offender = Awaited<ReturnType<typeof offendersAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
