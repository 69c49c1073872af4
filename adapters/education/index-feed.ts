import { type ColumnOf, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { ADDRESS, EXCLUSION, PUPIL, pupilsAfter, RELATION, whatElse } from './index-rows.ts';
import type { EducationTables } from './tables.ts';

const reads: readonly ColumnOf<EducationTables>[] = [
  ...PUPIL.map((name) => `STUD.${name}` as const),
  'STUD_ADDR.ADDR_ID',
  'STUD_CONT.CONT_ID',
  ...ADDRESS.map((name) => `STUD_ADDR.${name}` as const),
  ...RELATION.map((name) => `STUD_CONT.${name}` as const),
  ...EXCLUSION.map((name) => `STAFF_EXCL.${name}` as const),
];

export const index: IndexSource<EducationTables> = indexSource({
  reads,
  after: pupilsAfter,
  about: (db, pupils) =>
    whatElse(
      db,
      pupils.map((one) => one.STUD_ID),
    ),
  recordOf,
});
