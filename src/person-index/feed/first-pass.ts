import type { RecordId } from '../../../adapters/contract.ts';
import { feedDigest } from './feed-digest.ts';
import { keepPlace, passUnderWay } from './feed-progress.ts';
import type { Refreshed, RefreshInput } from './feed-types.ts';
import { goneRecords, knownRecords, newestRow, refuseCollapse, SeenRecords } from './gone-records.ts';
import type { FeedReader, FeedRow } from './read-feed.ts';
import { atOnceOf, completePass, inTurn, removeRecords, settleIfMany, writeRecords } from './take-changes.ts';

/** Records of one transaction: so many at most are read again after the process was killed. */
const PART = 500;

/**
 * The first pass of an agency, or what is left of one that was interrupted. Records are written as they are read, with
 * the place where the pass is, and are nobody's until they are matched; the feed is complete when all are.
 */
export async function firstPass(input: RefreshInput, reader: FeedReader): Promise<Refreshed> {
  const { store, agency, source, db, now } = input;
  const interrupted = await passUnderWay(store, agency);
  const from = interrupted?.madeOf === reader.madeOf ? interrupted.place : null;
  const rest = from === null ? null : await writeFrom(input, reader, from, interrupted?.records ?? 0);
  // What was read before the interruption may have changed since, or be gone: the complete pass begins only now.
  const asOf = now();
  const mark = (await source.changes?.mark(db)) ?? null;
  const digest = await feedDigest(input);
  const upTo = await newestRow(store);
  const seen = new SeenRecords();
  const whole = await writeFrom(input, reader, null, 0, (id) => id <= upTo && seen.add(id));
  const removed = await removeGone(input, seen, upTo);
  input.onProgress?.({ step: 'READ', agency, records: whole.records, done: true });
  await inTurn(store, (within) =>
    keepPlace(within, agency, { madeOf: reader.madeOf, place: null, records: whole.records }, asOf),
  );
  await settleIfMany(input, 0);
  await completePass(input, { asOf, mark, madeOf: reader.madeOf, read: 'ALL', digest });
  return { records: whole.records, changed: whole.changed + (rest?.changed ?? 0), removed };
}

/** Reads all after a record and writes what the index has not, a part a transaction. */
async function writeFrom(
  input: RefreshInput,
  reader: FeedReader,
  from: RecordId | null,
  before: number,
  saw: (id: number) => void = () => {},
): Promise<Pick<Refreshed, 'records' | 'changed'>> {
  const { store, agency, now, onProgress = () => {} } = input;
  const size = Math.min(PART, atOnceOf(input));
  let records = before;
  let changed = 0;
  let part = new Map<RecordId, FeedRow>();
  let place = from;
  const write = async () => {
    const rows = [...part.values()];
    part = new Map();
    changed += rows.length;
    await inTurn(store, async (within) => {
      await writeRecords(within, rows);
      await keepPlace(within, agency, { madeOf: reader.madeOf, place, records }, now());
    });
  };
  for await (const page of reader.pages(from)) {
    page.known.forEach(saw);
    for (const row of page.changed) part.set(row.record, row);
    records += page.records.length;
    place = page.records.at(-1) ?? place;
    onProgress({ step: 'READ', agency, records, done: false });
    if (part.size >= size) await write();
  }
  if (part.size > 0) await write();
  return { records, changed };
}

/** Records that an interrupted pass wrote, and that the agency no longer has. */
async function removeGone(
  { store, agency, now }: RefreshInput,
  seen: SeenRecords,
  upTo: number,
): Promise<number> {
  const known = await knownRecords(store, agency, upTo);
  const removed = known - seen.size;
  refuseCollapse(agency, known, removed);
  if (removed > 0)
    for await (const gone of goneRecords(store, agency, seen, upTo))
      await inTurn(store, (within) => removeRecords(within, agency, gone, now()));
  return removed;
}
