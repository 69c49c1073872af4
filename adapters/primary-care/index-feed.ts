import { type ColumnOf, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { ADDRESS, EXCLUSION, PATIENT, patientsAfter, RELATION, whatElse } from './index-rows.ts';
import type { PrimaryCareTables } from './tables.ts';

const reads: readonly ColumnOf<PrimaryCareTables>[] = [
  ...PATIENT.map((name) => `PATIENT.${name}` as const),
  ...ADDRESS.map((name) => `PATIENT_ADDR.${name}` as const),
  'PATIENT_ADDR.ADDR_ID',
  ...RELATION.map((name) => `PATIENT_REL.${name}` as const),
  ...EXCLUSION.map((name) => `PATIENT_EXCL.${name}` as const),
];

export const index: IndexSource<PrimaryCareTables> = indexSource({
  reads,
  after: patientsAfter,
  about: (db, patients) =>
    whatElse(
      db,
      patients.map((one) => one.PATIENT_ID),
    ),
  recordOf,
});
