import { type ColumnOf, changedByTime, dayAfter, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import {
  ADDRESS,
  ALIAS,
  CLIENT,
  clientsAfter,
  clientsAmong,
  EXCLUSION,
  RELATION,
  whatElse,
} from './index-rows.ts';
import type { MentalHealthTables } from './tables.ts';

const reads: readonly ColumnOf<MentalHealthTables>[] = [
  ...CLIENT.map((name) => `Client.${name}` as const),
  'Client.ChangedTS',
  ...ALIAS.map((name) => `ClientAlias.${name}` as const),
  'ClientAlias.AliasID',
  ...ADDRESS.map((name) => `ClientAddress.${name}` as const),
  'ClientAddress.AddressID',
  ...RELATION.map((name) => `ClientRelation.${name}` as const),
  ...EXCLUSION.map((name) => `StaffExclusion.${name}` as const),
];

export const index: IndexSource<MentalHealthTables> = indexSource({
  reads,
  after: clientsAfter,
  about: (db, clients) =>
    whatElse(
      db,
      clients.map((one) => one.ClientID),
    ),
  recordOf,
  changes: {
    // An address ends on its day by itself: nobody writes a row then.
    told: changedByTime((db) =>
      db
        .selectFrom('Client')
        .select(['ClientID as record', 'ChangedTS as at'])
        .unionAll(db.selectFrom('ClientAddress').select(['ClientID as record', dayAfter('EndDT').as('at')])),
    ),
    among: clientsAmong,
  },
});
