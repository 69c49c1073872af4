import type { IndexRecord, IndexSource, RecordId } from '../../adapters/contract.ts';
import { indexRecord, type RecordWords, sourceOf } from './index-records.ts';

/** An agency that logs under ascending ids which records were written, and counts what it is asked. */
export interface LoggedAgency {
  source: IndexSource<unknown>;
  write(...records: readonly RecordWords[]): void;
  /** Takes records away, and logs it where the system does; `silently` where it does not. */
  remove(records: readonly RecordId[], silently?: 'silently'): void;
  /** As after a restore from a backup: marks that were given mean nothing any more. */
  forgetMarks(): void;
  /** What was read since the last call: `all`, or the records that were asked for by id. */
  asked(): string[];
}

export function loggedAgency(...first: readonly RecordWords[]): LoggedAgency {
  const held = new Map<RecordId, IndexRecord>();
  const log: RecordId[] = [];
  const asked: string[] = [];
  let reign = 0;
  const write = (...records: readonly RecordWords[]) => {
    for (const record of records.map(indexRecord)) {
      held.set(record.record, record);
      log.push(record.record);
    }
  };
  write(...first);
  const source: IndexSource<unknown> = {
    reads: [],
    async page(db, after, limit, note) {
      if (after === null) asked.push('all');
      return sourceOf([...held.values()]).page(db, after, limit, note);
    },
    changes: {
      by: 'ID',
      mark: async () => `${reign}:${log.length}`,
      async since(_db, mark, limit) {
        const [of, from] = mark.split(':').map(Number) as [number, number];
        if (of !== reign) throw new Error(`no such mark: ${mark}`);
        const told = log.slice(from, from + limit);
        return { records: [...new Set(told)], mark: `${reign}:${from + told.length}` };
      },
      async records(_db, ids) {
        asked.push(...ids);
        return ids.flatMap((id) => held.get(id) ?? []);
      },
    },
  };
  return {
    source,
    write,
    remove(records, silently) {
      for (const record of records) held.delete(record);
      if (!silently) log.push(...records);
    },
    forgetMarks() {
      reign += 1;
    },
    asked: () => asked.splice(0),
  };
}
