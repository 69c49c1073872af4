import { type ColumnOf, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { ADDRESS, ALIAS, EXCLUSION, OFFENDER, offendersAfter, whatElse } from './index-rows.ts';
import type { ProbationTables } from './tables.ts';

const reads: readonly ColumnOf<ProbationTables>[] = [
  ...OFFENDER.map((name) => `OFFENDER.${name}` as const),
  ...ALIAS.map((name) => `ALIAS.${name}` as const),
  'ALIAS.ALIAS_ID',
  ...ADDRESS.map((name) => `OFFENDER_ADDRESS.${name}` as const),
  'OFFENDER_ADDRESS.ADDRESS_ID',
  ...EXCLUSION.map((name) => `EXCLUSION.${name}` as const),
];

export const index: IndexSource<ProbationTables> = indexSource({
  reads,
  after: offendersAfter,
  about: (db, offenders) =>
    whatElse(
      db,
      offenders.map((one) => one.CRN),
    ),
  recordOf,
});
