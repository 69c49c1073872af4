import { inForceSince } from '../store/policy-in-force.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { listWithdrawals, type Withdrawal } from '../store/withdrawals.ts';

/** What the store keeps of policies, and what their officers do with them. Every method rejects while the store is away. */
export interface PolicyActs {
  /** File → since when its text of this hash is in force, on whichever gateway it came first. */
  inForceSince(hashes: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Date>>;
  /** Every withdrawal that nobody took back, by agreement, oldest first. */
  withdrawals(): Promise<readonly Withdrawal[]>;
}

/** @param store the own store */
export function createPolicyActs(store: StoreDatabase): PolicyActs {
  return {
    inForceSince: (hashes) => inForceSince(store, hashes),
    withdrawals: () => listWithdrawals(store),
  };
}
