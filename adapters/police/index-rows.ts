/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import { byRecord, type ColumnOf, type Kysely, type RecordId } from '../contract.ts';
import type { PoliceTables } from './tables.ts';

export const NOMINAL = [
  'T_NOMINAL.NOM_ID',
  'T_NOMINAL.PNC_ID',
  'T_NOMINAL.CRO_NO',
  'T_NOMINAL.SURNAME',
  'T_NOMINAL.FORENAME1',
  'T_NOMINAL.DOB',
  'T_NOMINAL.SEX_CD',
  'T_NOMINAL.MERGED_TO_NOM_ID',
  'T_NOMINAL.SENS_FLG',
  'T_ADDRESS.POSTCODE',
  'T_ADDRESS.UPRN',
] as const satisfies readonly ColumnOf<PoliceTables>[];
export const ALIAS = ['T_ALIAS.NOM_ID', 'T_ALIAS.SURNAME', 'T_ALIAS.FORENAME1', 'T_ALIAS.ALIAS_TYP'] as const;
export const LINK = ['NOM_ID', 'REL_NOM_ID', 'LINK_TYP', 'SAME_ADDR_FLG'] as const;
export const PAIR = ['VICTIM_NOM_ID', 'PERP_NOM_ID'] as const;
export const EXCLUSION = ['NOM_ID', 'STAFF_REF'] as const;
export const LOG = ['LOG_ID', 'NOM_ID', 'XACT_ID'] as const;

const nominals = (db: Kysely<PoliceTables>) =>
  db
    .selectFrom('T_NOMINAL')
    .leftJoin('T_ADDRESS', 'T_ADDRESS.ADDR_ID', 'T_NOMINAL.ADDR_ID')
    .select(NOMINAL)
    .orderBy('T_NOMINAL.NOM_ID');

export const nominalsAfter = (db: Kysely<PoliceTables>, after: RecordId | null, limit: number) =>
  nominals(db)
    .$if(after !== null, (query) => query.where('T_NOMINAL.NOM_ID', '>', after ?? ''))
    .limit(limit)
    .execute();

export const nominalsAmong = (db: Kysely<PoliceTables>, ids: readonly RecordId[]) =>
  nominals(db).where('T_NOMINAL.NOM_ID', 'in', ids).execute();

export async function whatElse(db: Kysely<PoliceTables>, ids: readonly string[]) {
  const [aliases, links, pairs, childPairs, exclusions] = await Promise.all([
    db.selectFrom('T_ALIAS').select(ALIAS).where('NOM_ID', 'in', ids).orderBy('ALIAS_ID').execute(),
    db
      .selectFrom('T_NOMINAL_LINK')
      .select(LINK)
      .where((row) => row.or([row('NOM_ID', 'in', ids), row('REL_NOM_ID', 'in', ids)]))
      .orderBy('NOM_ID')
      .orderBy('REL_NOM_ID')
      .execute(),
    db
      .selectFrom('T_MARAC')
      .select(PAIR)
      .where((row) => row.or([row('VICTIM_NOM_ID', 'in', ids), row('PERP_NOM_ID', 'in', ids)]))
      .orderBy('MARAC_REF')
      .execute(),
    // A child of a case is as much on the other side from the perpetrator as the victim is.
    db
      .selectFrom('T_MARAC_CHILD')
      .innerJoin('T_MARAC', 'T_MARAC.MARAC_REF', 'T_MARAC_CHILD.MARAC_REF')
      .select(['T_MARAC_CHILD.CHILD_NOM_ID as VICTIM_NOM_ID', 'T_MARAC.PERP_NOM_ID'])
      .where((row) => row.or([row('CHILD_NOM_ID', 'in', ids), row('PERP_NOM_ID', 'in', ids)]))
      .orderBy('T_MARAC_CHILD.MARAC_REF')
      .orderBy('CHILD_NOM_ID')
      .execute(),
    db.selectFrom('T_STAFF_EXCL').select(EXCLUSION).where('NOM_ID', 'in', ids).orderBy('STAFF_REF').execute(),
  ]);
  return {
    aliases: byRecord(aliases, (row) => [row.NOM_ID]),
    links: byRecord(links, (row) => [row.NOM_ID, row.REL_NOM_ID]),
    pairs: byRecord([...pairs, ...childPairs], (row) => [row.VICTIM_NOM_ID, row.PERP_NOM_ID]),
    exclusions: byRecord(exclusions, (row) => [row.NOM_ID]),
  };
}

export type Nominal = Awaited<ReturnType<typeof nominalsAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
