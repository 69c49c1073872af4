import {
  bareCode,
  type ColumnOf,
  compact,
  type DecodeContext,
  dateOfBirth,
  type IndexRecord,
  type IndexSource,
  isPast,
  type Kysely,
  meaning,
  naming,
  type Protection,
  type RecordId,
  text,
  yesNo,
} from '../contract.ts';
import { ALIAS_KINDS, GENDERS, REFUGE, VERIFIED_STATUS } from './codes.ts';
import type { MentalHealthTables } from './tables.ts';

const CLIENT = [
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
const ALIAS = ['ClientID', 'Surname', 'Forename', 'AliasType'] as const;
const ADDRESS = ['ClientID', 'Postcode', 'UPRN', 'CurrentYN', 'EndDT'] as const;
const RELATION = ['ClientID', 'RelatedClientID', 'SameHouseYN'] as const;
const EXCLUSION = ['ClientID', 'StaffID'] as const;

const reads: readonly ColumnOf<MentalHealthTables>[] = [
  ...CLIENT.map((name) => `Client.${name}` as const),
  ...ALIAS.map((name) => `ClientAlias.${name}` as const),
  ...ADDRESS.map((name) => `ClientAddress.${name}` as const),
  'ClientAddress.AddressID',
  ...RELATION.map((name) => `ClientRelation.${name}` as const),
  ...EXCLUSION.map((name) => `StaffExclusion.${name}` as const),
];

export const index: IndexSource<MentalHealthTables> = {
  reads,
  async page(db, after, limit, note) {
    const clients = await clientsAfter(db, after, limit);
    const about = await whatElse(
      db,
      clients.map((one) => one.ClientID),
    );
    const context = { now: new Date(), note };
    return clients.map((one) => recordOf(one, about, context));
  },
};

const clientsAfter = (db: Kysely<MentalHealthTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('Client')
    .select(CLIENT)
    .$if(after !== null, (query) => query.where('ClientID', '>', after ?? ''))
    .orderBy('ClientID')
    .limit(limit)
    .execute();

async function whatElse(db: Kysely<MentalHealthTables>, ids: readonly string[]) {
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

type Client = Awaited<ReturnType<typeof clientsAfter>>[number];
type WhatElse = Awaited<ReturnType<typeof whatElse>>;

function recordOf(client: Client, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = client.ClientID;
  const address = currentAddress(id, about, context);
  return {
    record: id,
    mergedInto: text(client.MergedToClientID, context),
    names: namesOf(client, about, context),
    dateOfBirth: dateOfBirth(client.DOB, naming('Client.DOB', context)),
    sex: meaning(GENDERS)(client.Gender, naming('Client.Gender', context)),
    postcode: compact(address?.Postcode, context),
    place: compact(address?.UPRN, context),
    identifiers: identifiersOf(client, context),
    protections: protectionsOf(client, context),
    related: relatedTo(id, about, context),
    adverse: [],
    excludedStaff: about.exclusions.filter((one) => one.ClientID === id).map((one) => one.StaffID.trim()),
  };
}

const currentAddress = (id: RecordId, { addresses }: WhatElse, context: DecodeContext) =>
  addresses.find(
    (one) =>
      one.ClientID === id &&
      yesNo(one.CurrentYN, naming('ClientAddress.CurrentYN', context)) === true &&
      isPast(one.EndDT, naming('ClientAddress.EndDT', context)) === false,
  );

function namesOf(client: Client, { aliases }: WhatElse, context: DecodeContext): IndexRecord['names'] {
  const name = (row: { Forename: string | null; Surname: string | null }) => ({
    givenName: text(row.Forename, context),
    familyName: text(row.Surname, context),
  });
  const kindOf = (cell: unknown) =>
    meaning(ALIAS_KINDS)(cell, naming('ClientAlias.AliasType', context)) ?? 'ALIAS';
  const others = aliases
    .filter((alias) => alias.ClientID === client.ClientID)
    .map((alias) => ({ ...name(alias), kind: kindOf(alias.AliasType) }));
  return [{ ...name(client), kind: 'CURRENT' }, ...others];
}

function identifiersOf(client: Client, context: DecodeContext): IndexRecord['identifiers'] {
  const local = { system: 'LOCAL', value: client.ClientID, verified: true } as const;
  const number = compact(client.NHSNumber, context);
  if (number === null) return [local];
  const verified = text(client.NHSNumStatus, context) === VERIFIED_STATUS;
  return [{ system: 'NHS_NUMBER', value: number, verified }, local];
}

/** A flag that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(client: Client, context: DecodeContext): readonly Protection[] {
  const sensitive = yesNo(client.SensitiveYN, naming('Client.SensitiveYN', context));
  const open = sensitive === false || text(client.SensitiveYN, context) === null;
  const refuge = bareCode(client.AccommStatus, context) === REFUGE;
  return [...(open ? [] : (['PROTECTED'] as const)), ...(refuge ? (['PLACE_SHIELD'] as const) : [])];
}

function relatedTo(id: RecordId, { relations }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return relations.flatMap((relation) => {
    const { ClientID: one, RelatedClientID: two } = relation;
    if (one !== id && two !== id) return [];
    const sameHousehold = yesNo(relation.SameHouseYN, naming('ClientRelation.SameHouseYN', context)) === true;
    return [{ record: one === id ? two : one, sameHousehold }];
  });
}
