import type { StoreDatabase } from '../../store/tables.ts';
import { type BarrierQuestion, countBarriers } from './barriers.ts';
import { catchUp } from './catch-up.ts';
import { type EntryFilter, type EntryPage, type EntryScope, findEntries } from './find-entries.ts';
import { findLooksAt } from './looks.ts';

/** The register as it is asked. Every method rejects while the store is away. */
export interface RegisterReader {
  find(scope: EntryScope, filter: EntryFilter, page: EntryPage): ReturnType<typeof findEntries>;
  looksAt(ids: readonly string[], page: Parameters<typeof findLooksAt>[2]): ReturnType<typeof findLooksAt>;
  barriers(question: BarrierQuestion): ReturnType<typeof countBarriers>;
  /** Lays out what was registered since; whatever is asked does so first. */
  catchUp(): Promise<number>;
}

/** @param writing with time for long statements: the first reading of a long register lays out all of it */
export function createRegisterReader(store: StoreDatabase, writing: StoreDatabase): RegisterReader {
  return {
    catchUp: () => catchUp(writing),
    async find(scope, filter, page) {
      await catchUp(writing);
      return findEntries(store, scope, filter, page);
    },
    async barriers(question) {
      await catchUp(writing);
      return countBarriers(store, question);
    },
    async looksAt(ids, page) {
      await catchUp(writing);
      return findLooksAt(store, ids, page);
    },
  };
}
