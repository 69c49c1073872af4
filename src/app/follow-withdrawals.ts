import type { Withdrawals } from '../sharing/withdrawn.ts';
import { listenForWithdrawals } from '../store/listen-for-withdrawals.ts';
import type { Store } from '../store/store.ts';
import { loadWithdrawals } from '../store/withdrawals.ts';
import type { AppLog } from './options.ts';

export interface FollowedWithdrawals {
  known(): Withdrawals;
  close(): Promise<void>;
}

/** Knows the withdrawn agreements from the start, and calls `onChange` whenever that changes, on whichever gateway. */
export async function followWithdrawals(
  storeUrl: string,
  store: Store,
  onChange: () => void,
  log: AppLog,
): Promise<FollowedWithdrawals> {
  let known: Withdrawals = await loadWithdrawals(store.db as never);
  const listener = listenForWithdrawals(
    storeUrl,
    (withdrawals) => {
      const changed = JSON.stringify([...withdrawals].sort()) !== JSON.stringify([...known].sort());
      known = withdrawals;
      if (changed) onChange();
    },
    () => log.warn({}, 'the connection that tells of withdrawn agreements was lost; it is being made again'),
  );
  return { known: () => known, close: () => listener.close() };
}
