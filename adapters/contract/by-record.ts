import type { RecordId } from './ids.ts';

/**
 * Rows sorted by the records that they are about, in the order they came in; what comes back finds those of one record. A
 * row about two records is found by either, and once by a record that stands in it twice.
 */
export function byRecord<Row>(
  rows: readonly Row[],
  recordsOf: (row: Row) => readonly (RecordId | null)[],
): (record: RecordId) => readonly Row[] {
  const sorted = new Map<RecordId, Row[]>();
  for (const row of rows)
    for (const record of new Set(recordsOf(row))) {
      if (record === null) continue;
      const others = sorted.get(record);
      if (others) others.push(row);
      else sorted.set(record, [row]);
    }
  return (record) => sorted.get(record) ?? [];
}
