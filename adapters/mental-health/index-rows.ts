/** What the person index is fed from: columns, and a page of them with all that stands about the same people elsewhere. */
import type { Kysely, RecordId } from '../contract.ts';
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

export const clientsAfter = (db: Kysely<MentalHealthTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('Client')
    .select(CLIENT)
    .$if(after !== null, (query) => query.where('ClientID', '>', after ?? ''))
    .orderBy('ClientID')
    .limit(limit)
    .execute();

export async function whatElse(db: Kysely<MentalHealthTables>, ids: readonly string[]) {
  if (ids.length === 0) return { aliases: [], addresses: [], relations: [], exclusions: [] };
  const [aliases, addresses, relations, exclusions] = await Promise.all([
    db.selectFrom('ClientAlias').select(ALIAS).where('ClientID', 'in', ids).execute(),
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
      .execute(),
    db.selectFrom('StaffExclusion').select(EXCLUSION).where('ClientID', 'in', ids).execute(),
  ]);
  return { aliases, addresses, relations, exclusions };
}

export type Client = Awaited<ReturnType<typeof clientsAfter>>[number];
export type WhatElse = Awaited<ReturnType<typeof whatElse>>;
