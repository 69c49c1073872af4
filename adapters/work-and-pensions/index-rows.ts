/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import { byRecord, type Kysely, type RecordId } from '../contract.ts';
import type { WorkAndPensionsTables } from './tables.ts';

export const CLAIMANT = [
  'CLMNT_ID',
  'NINO',
  'SURNAME',
  'FORENAME',
  'PREV_SNM',
  'DOB',
  'SEX',
  'NINO_VER',
  'NSC_FLG',
] as const;
export const ADDRESS = ['NINO', 'POSTCODE', 'UPRN', 'CURR_FLG', 'ST_DT', 'ADDR_ID'] as const;
export const JOINT = ['CLAIM_REF', 'CLMNT_ID', 'PTNR_ID', 'CLM_STAT', 'END_DT'] as const;
export const EXCLUSION = ['NINO', 'STAFF_REF'] as const;

export const claimantsAfter = (db: Kysely<WorkAndPensionsTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('CLMNT')
    .select(CLAIMANT)
    .$if(after !== null, (query) => query.where('CLMNT_ID', '>', after ?? ''))
    .orderBy('CLMNT_ID')
    .limit(limit)
    .execute();

export async function whatElse(
  db: Kysely<WorkAndPensionsTables>,
  claimants: readonly { CLMNT_ID: string; NINO: string }[],
) {
  const [ids, ninos] = [claimants.map((one) => one.CLMNT_ID), claimants.map((one) => one.NINO)];
  const [addresses, joint, exclusions] = await Promise.all([
    db
      .selectFrom('ADDR')
      .select(ADDRESS)
      .where('NINO', 'in', ninos)
      .orderBy('ST_DT', (order) => order.desc().nullsLast())
      .orderBy('ADDR_ID')
      .execute(),
    db
      .selectFrom('CLAIM')
      .select(JOINT)
      .where('PTNR_ID', 'is not', null)
      .where((row) => row.or([row('CLMNT_ID', 'in', ids), row('PTNR_ID', 'in', ids)]))
      .orderBy('CLAIM_REF')
      .execute(),
    db.selectFrom('STAFF_EXCL').select(EXCLUSION).where('NINO', 'in', ninos).orderBy('STAFF_REF').execute(),
  ]);
  return {
    addresses: byRecord(addresses, (row) => [row.NINO]),
    joint: byRecord(joint, (row) => [row.CLMNT_ID, row.PTNR_ID]),
    exclusions: byRecord(exclusions, (row) => [row.NINO]),
  };
}

export type Claimant = Awaited<ReturnType<typeof claimantsAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
