/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import { byRecord, type Kysely, type RecordId } from '../contract.ts';
import type { MentalHealthTables } from './tables.ts';

export const CLIENT = [
  'ClientID',
  'NHSNumber',
  'NHSNumStatus',
  'Surname',
  'Forename',
  'DOB',
  'Gender',
  'AccommStatus',
  'SensitiveYN',
  'MergedToClientID',
] as const;
export const ALIAS = ['ClientID', 'Surname', 'Forename', 'AliasType'] as const;
export const ADDRESS = ['ClientID', 'Postcode', 'UPRN', 'CurrentYN', 'EndDT'] as const;
export const RELATION = ['ClientID', 'RelatedClientID', 'SameHouseYN'] as const;
export const EXCLUSION = ['ClientID', 'StaffID'] as const;

const clients = (db: Kysely<MentalHealthTables>) =>
  db.selectFrom('Client').select(CLIENT).orderBy('ClientID');

export const clientsAfter = (db: Kysely<MentalHealthTables>, after: RecordId | null, limit: number) =>
  clients(db)
    .$if(after !== null, (query) => query.where('ClientID', '>', after ?? ''))
    .limit(limit)
    .execute();

export const clientsAmong = (db: Kysely<MentalHealthTables>, ids: readonly RecordId[]) =>
  clients(db).where('ClientID', 'in', ids).execute();

export async function whatElse(db: Kysely<MentalHealthTables>, ids: readonly string[]) {
  const [aliases, addresses, relations, exclusions] = await Promise.all([
    db.selectFrom('ClientAlias').select(ALIAS).where('ClientID', 'in', ids).orderBy('AliasID').execute(),
    db
      .selectFrom('ClientAddress')
      .select(ADDRESS)
      .where('ClientID', 'in', ids)
      .orderBy('AddressID')
      .execute(),
    db
      .selectFrom('ClientRelation')
      .select(RELATION)
      .where((row) => row.or([row('ClientID', 'in', ids), row('RelatedClientID', 'in', ids)]))
      .orderBy('ClientID')
      .orderBy('RelatedClientID')
      .execute(),
    db
      .selectFrom('StaffExclusion')
      .select(EXCLUSION)
      .where('ClientID', 'in', ids)
      .orderBy('StaffID')
      .execute(),
  ]);
  return {
    aliases: byRecord(aliases, (row) => [row.ClientID]),
    addresses: byRecord(addresses, (row) => [row.ClientID]),
    relations: byRecord(relations, (row) => [row.ClientID, row.RelatedClientID]),
    exclusions: byRecord(exclusions, (row) => [row.ClientID]),
  };
}

export type Client = Awaited<ReturnType<typeof clientsAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
