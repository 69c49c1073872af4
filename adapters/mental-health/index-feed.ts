import type { ColumnOf, IndexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { ADDRESS, ALIAS, CLIENT, clientsAfter, EXCLUSION, RELATION, whatElse } from './index-rows.ts';
import type { MentalHealthTables } from './tables.ts';

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
