import { type ColumnOf, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { CARER, CLIENT, clientsAfter, EXCLUSION, HOME, SIDES, whatElse } from './index-rows.ts';
import type { AdultTables } from './tables.ts';

const reads: readonly ColumnOf<AdultTables>[] = [
  ...CLIENT.map((name) => `ASC_CLIENT.${name}` as const),
  ...HOME.map((name) => `ASC_ADDR.${name}` as const),
  ...CARER.map((name) => `ASC_CARER.${name}` as const),
  ...SIDES.map((name) => `S42_ENQ.${name}` as const),
  ...EXCLUSION.map((name) => `ASC_STAFF_EXCL.${name}` as const),
];

export const index: IndexSource<AdultTables> = indexSource({
  reads,
  after: clientsAfter,
  about: (db, clients) =>
    whatElse(
      db,
      clients.map((one) => one.ASC_ID),
    ),
  recordOf,
});
