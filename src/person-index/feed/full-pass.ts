import type { RecordId } from '../../../adapters/contract.ts';
import type { CompletePass } from './feed-progress.ts';
import type { Refreshed, RefreshInput } from './feed-types.ts';
import { goneRecords, knownRecords, newestRow, refuseCollapse, SeenRecords } from './gone-records.ts';
import type { FeedReader, FeedRow } from './read-feed.ts';
import { atOnceOf, completePass, takeChanges } from './take-changes.ts';

/**
 * Reads everything of an agency that was fed before, and compares. Looks first, so that nothing is taken of a feed that
 * has collapsed; what is too much for one transaction is then read a second time, and taken a part at a time.
 */
export async function fullPass(
  input: RefreshInput,
  reader: FeedReader,
  digest: string | null,
): Promise<Refreshed> {
  const { store, agency, source, db, now, log } = input;
  const began = performance.now();
  const atOnce = atOnceOf(input);
  const asOf = now();
  const mark = (await source.changes?.mark(db)) ?? null;
  const pass: CompletePass = { asOf, mark, madeOf: reader.madeOf, read: 'ALL', digest };
  const upTo = await newestRow(store);
  const looked = await readAndCompare(input, reader, upTo);
  const known = await knownRecords(store, agency, upTo);
  const removed = known - looked.seen.size;
  refuseCollapse(agency, known, removed);
  const { records, changed, rows, seen } = looked;
  const few = changed + removed <= atOnce;
  if (!few) await takeInParts(input, reader, seen, upTo);
  const gone = few && removed > 0 ? await allGone(input, seen, upTo) : [];
  await completePass(input, pass, few ? { rows, removed: gone } : undefined);
  const seconds = Math.round((performance.now() - began) / 1_000);
  if (seconds >= LONG_S) log.info({ agency, records, seconds }, 'everything of a feed was read and compared');
  return { records, changed, removed };
}

/** A compare that takes so many seconds, or more, is told: it costs whoever asks meanwhile. */
const LONG_S = 5;

/** All records, how many of them changed, and those if they are few. */
async function readAndCompare(
  input: RefreshInput,
  reader: FeedReader,
  upTo: number,
): Promise<{ records: number; changed: number; rows: FeedRow[]; seen: SeenRecords }> {
  const { agency, onProgress = () => {} } = input;
  const seen = new SeenRecords();
  let [records, changed] = [0, 0];
  let rows: FeedRow[] = [];
  for await (const page of reader.pages(null)) {
    for (const id of page.known) if (id <= upTo) seen.add(id);
    records += page.records.length;
    changed += page.changed.length;
    rows = changed > atOnceOf(input) ? [] : [...rows, ...page.changed];
    onProgress({ step: 'READ', agency, records, done: false });
  }
  onProgress({ step: 'READ', agency, records, done: true });
  return { records, changed, rows, seen };
}

async function takeInParts(
  input: RefreshInput,
  reader: FeedReader,
  seen: SeenRecords,
  upTo: number,
): Promise<void> {
  const atOnce = atOnceOf(input);
  let rows: FeedRow[] = [];
  const write = async () => {
    await takeChanges(input, { rows, removed: [] });
    rows = [];
  };
  for await (const page of reader.pages(null)) {
    if (rows.length + page.changed.length > atOnce) await write();
    rows.push(...page.changed);
  }
  if (rows.length > 0) await write();
  for await (const gone of goneRecords(input.store, input.agency, seen, upTo))
    for (let at = 0; at < gone.length; at += atOnce)
      await takeChanges(input, { rows: [], removed: gone.slice(at, at + atOnce) });
}

async function allGone(
  { store, agency }: RefreshInput,
  seen: SeenRecords,
  upTo: number,
): Promise<RecordId[]> {
  const all: RecordId[] = [];
  for await (const gone of goneRecords(store, agency, seen, upTo)) all.push(...gone);
  return all;
}
