import { type ColumnOf, type IndexSource, indexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { ADDRESS, CLAIMANT, claimantsAfter, EXCLUSION, JOINT, whatElse } from './index-rows.ts';
import type { WorkAndPensionsTables } from './tables.ts';

const reads: readonly ColumnOf<WorkAndPensionsTables>[] = [
  ...CLAIMANT.map((name) => `CLMNT.${name}` as const),
  ...ADDRESS.map((name) => `ADDR.${name}` as const),
  ...JOINT.map((name) => `CLAIM.${name}` as const),
  ...EXCLUSION.map((name) => `STAFF_EXCL.${name}` as const),
];

export const index: IndexSource<WorkAndPensionsTables> = indexSource({
  reads,
  after: claimantsAfter,
  about: whatElse,
  recordOf,
});
