import { sql } from 'kysely';
import type { AnyIndexSource, RecordId } from '../../../adapters/contract.ts';
import { feedDigest } from './feed-digest.ts';
import { type CompletePass, type FedBefore, fedBefore } from './feed-progress.ts';
import type { FullEvery, Refreshed, RefreshInput } from './feed-types.ts';
import { firstPass } from './first-pass.ts';
import { fullPass } from './full-pass.ts';
import { knownRecords, newestRow, refuseCollapse } from './gone-records.ts';
import { type FeedReader, type FeedRow, feedReader, PAGE } from './read-feed.ts';
import { atOnceOf, completePass } from './take-changes.ts';

const SIX_HOURS = 6 * 3_600_000;
const FULL_EVERY: FullEvery = { passes: 60, ms: SIX_HOURS };

/**
 * One complete pass over an agency's records, or over those that it tells to have changed; goes on where an interrupted
 * one was. When it resolves, all that was read is matched. Rejects when either database cannot answer, and with
 * FeedCollapsedError when most records are gone at once; the feed is then as old as it was.
 */
export async function refreshIndex(input: RefreshInput): Promise<Refreshed> {
  const reader = feedReader(input);
  const before = await fedBefore(input.store, input.agency);
  const refreshed = before ? await laterPass(input, reader, before) : await firstPass(input, reader);
  // What was said when a record came in is not said again with every pass.
  if (refreshed.changed > 0) noteProblems(input, reader.problems);
  return refreshed;
}

async function laterPass(input: RefreshInput, reader: FeedReader, before: FedBefore): Promise<Refreshed> {
  const { agency, log, source } = input;
  if (source.changes === undefined || before.mark === null || isCheckDue(input, reader, before))
    return checkAll(input, reader, before);
  try {
    return await changesPass(input, reader, source.changes, before.mark, before.digest);
  } catch (error) {
    if (!(error instanceof MarkRejected)) throw error;
    log.warn({ agency, why: error.message }, 'everything of a feed is read again');
    return fullPass(input, reader, await feedDigest(input));
  }
}

/**
 * Everything is read and compared, unless the agency's own database says that all is as when it last was. The index is
 * what is not compared then: now and then everything is read all the same.
 */
async function checkAll(input: RefreshInput, reader: FeedReader, before: FedBefore): Promise<Refreshed> {
  const { db, source, now } = input;
  const asOf = now();
  const mark = (await source.changes?.mark(db)) ?? null;
  const digest = await feedDigest(input);
  const same = digest !== null && digest === before.digest;
  if (!same || isFullDue(input, reader, before)) return fullPass(input, reader, digest);
  await completePass(input, { asOf, mark, madeOf: reader.madeOf, read: 'NOTHING', digest });
  return { records: 0, changed: 0, removed: 0 };
}

function isFullDue({ now, fullEvery = FULL_EVERY }: RefreshInput, { madeOf }: FeedReader, before: FedBefore) {
  const since = now().getTime() - (before.fullAt?.getTime() ?? 0);
  return before.madeOf !== madeOf || since >= fullEvery.ms;
}

function isCheckDue(input: RefreshInput, reader: FeedReader, before: FedBefore): boolean {
  const { passes } = input.fullEvery ?? FULL_EVERY;
  return isFullDue(input, reader, before) || before.passesSinceFull + 1 >= passes;
}

function noteProblems({ agency, log }: RefreshInput, problems: ReadonlyMap<string, number>): void {
  if (problems.size === 0) return;
  log.info(
    { agency, problems: Object.fromEntries(problems) },
    'data quality in the feed of the person index',
  );
}

/** The agency does not go on from the mark that it gave, or tells more than is worth going after one by one. */
class MarkRejected extends Error {
  override readonly name = 'MarkRejected';
}

/**
 * Reads only what the agency tells to have changed since the last pass. Throws MarkRejected where everything is better
 * read again; then nothing was taken.
 */
async function changesPass(
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
    const changed = await since(input, changes, mark);
    const page = await reader.compare(await changes.records(db, changed.records, reader.note));
    const found = new Set(page.records);
    for (const record of changed.records) {
      rows.delete(record);
      if (found.has(record)) removed.delete(record);
      else removed.add(record);
    }
    for (const row of page.changed) rows.set(row.record, row);
    records += found.size;
    onProgress({ step: 'READ', agency, records, done: false });
    if (rows.size + removed.size > atOnceOf(input))
      throw new MarkRejected('more changes than one transaction takes');
    if (changed.mark === mark) break;
    mark = changed.mark;
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
