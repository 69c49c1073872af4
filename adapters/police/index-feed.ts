import { changedByLog, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import {
  ALIAS,
  EXCLUSION,
  LINK,
  LOG,
  NOMINAL,
  nominalsAfter,
  nominalsAmong,
  PAIR,
  whatElse,
} from './index-rows.ts';
import type { PoliceTables } from './tables.ts';

export const index: IndexSource<PoliceTables> = indexSource({
  reads: [
    ...NOMINAL,
    'T_NOMINAL.ADDR_ID',
    'T_ADDRESS.ADDR_ID',
    ...ALIAS,
    'T_ALIAS.ALIAS_ID',
    ...LINK.map((name) => `T_NOMINAL_LINK.${name}` as const),
    ...PAIR.map((name) => `T_MARAC.${name}` as const),
    'T_MARAC.MARAC_REF',
    'T_MARAC_CHILD.MARAC_REF',
    'T_MARAC_CHILD.CHILD_NOM_ID',
    ...EXCLUSION.map((name) => `T_STAFF_EXCL.${name}` as const),
    ...LOG.map((name) => `T_CHG_LOG.${name}` as const),
  ],
  after: nominalsAfter,
  about: (db, nominals) =>
    whatElse(
      db,
      nominals.map((one) => one.NOM_ID),
    ),
  recordOf,
  changes: {
    told: changedByLog((db) =>
      db.selectFrom('T_CHG_LOG').select(['LOG_ID as id', 'NOM_ID as record', 'XACT_ID as transaction']),
    ),
    among: nominalsAmong,
  },
});
