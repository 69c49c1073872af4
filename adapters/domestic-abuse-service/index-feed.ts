import { type ColumnOf, changedByLog, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { CASE, CHILD, CLIENT, clientsAfter, clientsAmong, EXCLUSION, LOG, whatElse } from './index-rows.ts';
import type { DomesticAbuseTables } from './tables.ts';

const reads: readonly ColumnOf<DomesticAbuseTables>[] = [
  ...CLIENT.map((name) => `CLIENT.${name}` as const),
  ...CASE.map((name) => `MARAC_CASE.${name}` as const),
  ...CHILD.map((name) => `CASE_CHILD.${name}` as const),
  ...EXCLUSION.map((name) => `STAFF_EXCL.${name}` as const),
  ...LOG.map((name) => `CHANGE_LOG.${name}` as const),
];

/** Both sides of every case, so that neither can look up the other. No address, postcode or property, of anybody. */
export const index: IndexSource<DomesticAbuseTables> = indexSource({
  reads,
  after: clientsAfter,
  about: (db, clients) =>
    whatElse(
      db,
      clients.map((one) => one.CLIENT_ID),
    ),
  recordOf,
  changes: {
    told: changedByLog((db) =>
      db.selectFrom('CHANGE_LOG').select(['LOG_ID as id', 'CLIENT_ID as record', 'XACT_ID as transaction']),
    ),
    among: clientsAmong,
  },
});
