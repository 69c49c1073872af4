import { lockIndex } from './match-pending.ts';
import type { Store } from './tables.ts';

const underWay = new WeakMap<Store, Promise<unknown>>();

/**
 * Does work in a transaction that holds the index's lock, whichever agency and replica: two that met in one cluster
 * would each write half of it. Those of this process wait here, where it costs no connection and no statement runs out
 * of time.
 */
export function inTurn<T>(store: Store, work: (within: Store) => Promise<T>): Promise<T> {
  const locked = () =>
    store.transaction().execute(async (within) => {
      await lockIndex(within);
      return work(within);
    });
  const mine = (underWay.get(store) ?? Promise.resolve()).then(locked, locked);
  underWay.set(store, mine);
  return mine;
}
