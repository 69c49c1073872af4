import { sql } from 'kysely';
import type { AnyIndexSource, RecordId } from '../../../adapters/contract.ts';
import type { FeedRow } from '../records/features.ts';
import { atOnceOf, completePass } from './complete-pass.ts';
import type { CompletePass } from './feed-progress.ts';
import type { Refreshed, RefreshInput } from './feed-types.ts';
import { knownRecords, newestRow, refuseCollapse } from './gone-records.ts';
import { type FeedReader, PAGE } from './read-feed.ts';

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
  changes: NonNullable<AnyIndexSource['changes']>,
  from: string,
  digest: string | null,
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
  const same = mark === from && rows.size + gone.length === 0;
  const pass: CompletePass = {
    ...{ asOf, mark, madeOf: reader.madeOf, read: 'CHANGES', digest: same ? digest : null },
  };
  await completePass(input, pass, { rows: [...rows.values()], removed: gone });
  return { records, changed: rows.size, removed: gone.length };
}

async function since(
  { db }: RefreshInput,
  changes: NonNullable<AnyIndexSource['changes']>,
  mark: string,
): Promise<{ records: readonly RecordId[]; mark: string }> {
  try {
    return await changes.since(db, mark, PAGE);
  } catch (cause) {
    if (!isOfMark(cause)) throw cause;
    throw new MarkRejected('the agency does not go on from its mark', { cause });
  }
}

/**
 * An adapter's own error, which has no code, or PostgreSQL's for a value that cannot be read (class 22). All else says
 * that the agency could not be asked.
 */
function isOfMark(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === undefined || (typeof code === 'string' && /^22\w{3}$/.test(code));
}

/** Those of the records that the index has: the agency may tell of some that came and went between two passes. */
async function stillKnown(
  { store, agency }: RefreshInput,
  records: readonly RecordId[],
): Promise<RecordId[]> {
  const rows = await store
    .selectFrom('index_record')
    .select('record')
    .where('agency', '=', agency)
    .where('record', '=', sql<RecordId>`any(${records}::text[])`)
    .execute();
  return rows.map(({ record }) => record);
}
