/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import { byRecord, type Kysely, type RecordId } from '../contract.ts';
import type { DomesticAbuseTables } from './tables.ts';

export const CLIENT = [
  'CLIENT_ID',
  'SURNAME',
  'FORENAME',
  'KNOWN_AS',
  'DOB',
  'SEX',
  'RESTRICT_CD',
  'MERGED_TO',
] as const;
export const CASE = ['REF', 'VICTIM_ID', 'PERP_ID', 'REFUGE_YN'] as const;
export const CHILD = ['REF', 'CHILD_ID', 'LIVES_WITH'] as const;
export const EXCLUSION = ['CLIENT_ID', 'STAFF_REF'] as const;
export const LOG = ['LOG_ID', 'CLIENT_ID', 'XACT_ID'] as const;

const clients = (db: Kysely<DomesticAbuseTables>) =>
  db.selectFrom('CLIENT').select(CLIENT).orderBy('CLIENT_ID');

export const clientsAfter = (db: Kysely<DomesticAbuseTables>, after: RecordId | null, limit: number) =>
  clients(db)
    .$if(after !== null, (query) => query.where('CLIENT_ID', '>', after ?? ''))
    .limit(limit)
    .execute();

export const clientsAmong = (db: Kysely<DomesticAbuseTables>, ids: readonly RecordId[]) =>
  clients(db).where('CLIENT_ID', 'in', ids).execute();

export async function whatElse(db: Kysely<DomesticAbuseTables>, ids: readonly string[]) {
  const [cases, children, exclusions] = await Promise.all([
    db
      .selectFrom('MARAC_CASE')
      .select(CASE)
      .where((row) => row.or([row('VICTIM_ID', 'in', ids), row('PERP_ID', 'in', ids)]))
      .orderBy('REF')
      .execute(),
    db
      .selectFrom('CASE_CHILD')
      .innerJoin('MARAC_CASE', 'MARAC_CASE.REF', 'CASE_CHILD.REF')
      .select([
        'CASE_CHILD.CHILD_ID',
        'CASE_CHILD.LIVES_WITH',
        'MARAC_CASE.VICTIM_ID',
        'MARAC_CASE.PERP_ID',
        'MARAC_CASE.REFUGE_YN',
      ])
      .where((row) =>
        row.or([row('CHILD_ID', 'in', ids), row('VICTIM_ID', 'in', ids), row('PERP_ID', 'in', ids)]),
      )
      .orderBy('CASE_CHILD.REF')
      .orderBy('CASE_CHILD.CHILD_ID')
      .execute(),
    db
      .selectFrom('STAFF_EXCL')
      .select(EXCLUSION)
      .where('CLIENT_ID', 'in', ids)
      .orderBy('STAFF_REF')
      .execute(),
  ]);
  return {
    cases: byRecord(cases, (row) => [row.VICTIM_ID, row.PERP_ID]),
    children: byRecord(children, (row) => [row.CHILD_ID, row.VICTIM_ID, row.PERP_ID]),
    exclusions: byRecord(exclusions, (row) => [row.CLIENT_ID]),
  };
}

export type Client = Awaited<ReturnType<typeof clientsAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
