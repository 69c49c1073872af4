import { sql } from 'kysely';
import type { IndexChanges, RecordId } from '../../adapters/contract.ts';
import { atOnceOf, completePass } from './complete-pass.ts';
import type { Refreshed, RefreshInput } from './feed-types.ts';
import { knownRecords, newestRow, refuseCollapse } from './gone-records.ts';
import { type FeedReader, type FeedRow, PAGE } from './read-feed.ts';

/** The agency does not go on from the mark that it gave, or tells more than is worth going after one by one. */
export class MarkRejected extends Error {
  override readonly name = 'MarkRejected';
}

/**
 * Reads only what the agency tells to have changed since the last pass. Throws MarkRejected where everything is better
 * read again; then nothing was taken.
 */
export async function changesPass(
  input: RefreshInput,
  reader: FeedReader,
  // biome-ignore lint/suspicious/noExplicitAny: any agency's tables
  changes: IndexChanges<any>,
  from: string,
): Promise<Refreshed> {
  const { store, agency, db, now, onProgress = () => {} } = input;
  const asOf = now();
  const rows = new Map<RecordId, FeedRow>();
  const removed = new Set<RecordId>();
  let [mark, records] = [from, 0];
  for (;;) {
    const told = await since(input, changes, mark);
    const page = await reader.compare(await changes.records(db, told.records, reader.note));
    const found = new Set(page.records);
    for (const record of told.records) {
      rows.delete(record);
      if (found.has(record)) removed.delete(record);
      else removed.add(record);
    }
    for (const row of page.changed) rows.set(row.record, row);
    records += found.size;
    onProgress({ step: 'READ', agency, records, done: false });
    if (rows.size + removed.size > atOnceOf(input))
      throw new MarkRejected('more changes than one transaction takes');
    if (told.mark === mark) break;
    mark = told.mark;
  }
  onProgress({ step: 'READ', agency, records, done: true });
  const gone = removed.size === 0 ? [] : await stillKnown(input, [...removed]);
  if (gone.length > 0)
    refuseCollapse(agency, await knownRecords(store, agency, await newestRow(store)), gone.length);
  const pass = { asOf, mark, madeOf: reader.madeOf, full: false };
  await completePass(input, pass, { rows: [...rows.values()], removed: gone });
  return { records, changed: rows.size, removed: gone.length };
}

async function since(
  { db }: RefreshInput,
  // biome-ignore lint/suspicious/noExplicitAny: any agency's tables
  changes: IndexChanges<any>,
  mark: string,
): Promise<{ records: readonly RecordId[]; mark: string }> {
  try {
    return await changes.since(db, mark, PAGE);
  } catch (cause) {
    throw new MarkRejected('the agency does not go on from its mark', { cause });
  }
}

/** Those of the records that the index has: the agency may tell of some that came and went between two passes. */
async function stillKnown(
  { store, agency }: RefreshInput,
  records: readonly RecordId[],
): Promise<RecordId[]> {
  const { rows } = await sql<{ record: RecordId }>`
    select record from index_record where agency = ${agency} and record = any(${records}::text[])`.execute(
    store,
  );
  return rows.map(({ record }) => record);
}
