import type { Policies } from './policies.ts';

/** Agreement id → the highest version that was withdrawn. */
export type Withdrawals = ReadonlyMap<string, number>;

/**
 * Ids of agreements that are withdrawn as they stand: signed at a version no higher than the withdrawn one. Where
 * several agencies' files name one agreement, the oldest version counts.
 */
export function withdrawnNow(policies: Policies, withdrawals: Withdrawals): ReadonlySet<string> {
  const ids = [...policies.agencies.values()]
    .filter(({ agreement: { id, version } }) => version <= (withdrawals.get(id) ?? 0))
    .map(({ agreement }) => agreement.id);
  return new Set(ids);
}
