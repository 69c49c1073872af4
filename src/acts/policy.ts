import type { Period } from '../register/past-requests.ts';
import type { Comparison } from '../sharing/diff.ts';
import { inForceSince } from '../store/policy-in-force.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { listWithdrawals, type Withdrawal } from '../store/withdrawals.ts';
import { type ReplayCount, replayRequests } from './policy-replay.ts';

/** What the store keeps of policies, and what their officers do with them. Every method rejects while the store is away. */
export interface PolicyActs {
  /** File → since when its text of this hash is in force, on whichever gateway it came first. */
  inForceSince(hashes: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Date>>;
  /** Every withdrawal that nobody took back, by agreement, oldest first. */
  withdrawals(): Promise<readonly Withdrawal[]>;
  /** What past requests of these agencies' data would be given under another policy. */
  replay(
    comparison: Comparison,
    agencies: readonly string[],
    period: Period,
  ): Promise<readonly ReplayCount[]>;
}

/** @param store the own store */
export function createPolicyActs(store: StoreDatabase): PolicyActs {
  return {
    inForceSince: (hashes) => inForceSince(store, hashes),
    withdrawals: () => listWithdrawals(store),
    replay: (comparison, agencies, period) => replayRequests(store, comparison, agencies, period),
  };
}
