/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import { byRecord, type Kysely, type RecordId } from '../contract.ts';
import type { AdultTables } from './tables.ts';

export const CLIENT = [
  'ASC_ID',
  'NHS_NO',
  'NHS_CHK',
  'SURNAME',
  'FORENAME',
  'KNOWN_AS',
  'DOB',
  'SEX',
  'RESTRICT_CD',
  'MERGED_TO',
] as const;
export const HOME = ['ASC_ID', 'POSTCODE', 'UPRN', 'CURR_YN', 'FR_DT', 'ADDR_ID'] as const;
export const CARER = ['ASC_ID', 'CARER_ASC_ID', 'LIVES_IN'] as const;
export const SIDES = ['ASC_ID', 'RISK_ASC_ID'] as const;
export const EXCLUSION = ['ASC_ID', 'STAFF_REF'] as const;

export const clientsAfter = (db: Kysely<AdultTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('ASC_CLIENT')
    .select(CLIENT)
    .$if(after !== null, (query) => query.where('ASC_ID', '>', after ?? ''))
    .orderBy('ASC_ID')
    .limit(limit)
    .execute();

export async function whatElse(db: Kysely<AdultTables>, ids: readonly string[]) {
  const [homes, carers, sides, exclusions] = await Promise.all([
    // The newest first, and always in the same order.
    db
      .selectFrom('ASC_ADDR')
      .select(HOME)
      .where('ASC_ID', 'in', ids)
      .orderBy('FR_DT', (order) => order.desc().nullsLast())
      .orderBy('ADDR_ID')
      .execute(),
    db
      .selectFrom('ASC_CARER')
      .select(CARER)
      .where((row) => row.or([row('ASC_ID', 'in', ids), row('CARER_ASC_ID', 'in', ids)]))
      .execute(),
    db
      .selectFrom('S42_ENQ')
      .select(SIDES)
      .where('RISK_ASC_ID', 'is not', null)
      .where((row) => row.or([row('ASC_ID', 'in', ids), row('RISK_ASC_ID', 'in', ids)]))
      .execute(),
    db.selectFrom('ASC_STAFF_EXCL').select(EXCLUSION).where('ASC_ID', 'in', ids).execute(),
  ]);
  return {
    homes: byRecord(homes, (row) => [row.ASC_ID]),
    carers: byRecord(carers, (row) => [row.ASC_ID, row.CARER_ASC_ID]),
    sides: byRecord(sides, (row) => [row.ASC_ID, row.RISK_ASC_ID]),
    exclusions: byRecord(exclusions, (row) => [row.ASC_ID]),
  };
}

export type Client = Awaited<ReturnType<typeof clientsAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
