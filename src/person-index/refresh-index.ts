import { sql } from 'kysely';
import type { AgencyId, IndexSource, Kysely, RecordId } from '../../adapters/contract.ts';
import type { IndexFeature } from '../sharing/policies.ts';
import { createFeatureHash } from './feature-hash.ts';
import { indexRow } from './features.ts';
import { forgetOld } from './forget-old.ts';
import type { Keys } from './keys.ts';
import type { Matcher } from './matcher.ts';
import { keepApart, protect } from './protect.ts';
import { rematch } from './rematch.ts';
import { ruleMatcher } from './rule-matcher.ts';
import type { IndexRow, Store } from './tables.ts';

/** The part of a logger that the index uses. Records are never named to it. */
export interface IndexLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** A feed that lost most of its records at once. Nothing of the pass was taken. */
export class FeedCollapsedError extends Error {
  override readonly name = 'FeedCollapsedError';
  readonly code = 'FEED_COLLAPSED';

  constructor(agency: string, known: number, removed: number) {
    super(`The feed of ${agency} lost ${removed} of ${known} records at once`);
  }
}

export interface AgencyFeed {
  agency: AgencyId;
  // biome-ignore lint/suspicious/noExplicitAny: any agency's tables
  source: IndexSource<any>;
  /** The agency's own database. */
  // biome-ignore lint/suspicious/noExplicitAny: any agency's tables
  db: Kysely<any>;
  /** What the agency's policy lets the index hold. */
  share: readonly IndexFeature[];
}

export interface RefreshInput extends AgencyFeed {
  store: Store;
  keys: Keys;
  log: IndexLog;
  now: () => Date;
  /** How often passes are made, milliseconds: what is overdue follows from it. */
  intervalMs: number;
  matcher?: Matcher;
}
export interface Refreshed {
  records: number;
  changed: number;
  removed: number;
}

type Row = Omit<IndexRow, 'person'>;
const PAGE = 1000;

/**
 * One complete pass over an agency's records. What changed is written, matched and protected in one transaction, so
 * that no new record is ever seen before the protections that follow it. Rejects when either database cannot answer,
 * and with FeedCollapsedError when most records are gone at once; then nothing has changed.
 */
export async function refreshIndex(input: RefreshInput): Promise<Refreshed> {
  const asOf = input.now();
  const { rows, problems } = await readRows(input);
  const refreshed = await input.store.transaction().execute(async (store) => {
    // One at a time, whichever agency and replica: two passes that met in one cluster would each write half of it.
    await sql`select pg_advisory_xact_lock(hashtext('index_record'))`.execute(store);
    const { known, changed, removed } = await differences(store, input.agency, rows);
    refuseCollapse(input.agency, known, removed.length);
    if (changed.length + removed.length > 0) await apply(store, input, changed, removed);
    await markFeed(store, input, asOf);
    await forgetOld(store, asOf);
    return { records: rows.size, changed: changed.length, removed: removed.length };
  });
  // What was said when a record came in is not said again with every pass.
  if (refreshed.changed > 0) noteProblems(input, problems);
  return refreshed;
}

async function readRows({ agency, source, db, share, keys, matcher = ruleMatcher }: RefreshInput) {
  const hash = createFeatureHash(keys);
  const shared = new Set(share);
  const problems = new Map<string, number>();
  const note = (problem: string) => void problems.set(problem, (problems.get(problem) ?? 0) + 1);
  const rows = new Map<RecordId, Row>();
  let after: RecordId | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof source.page>> = await source.page(db, after, PAGE, note);
    const last = page.at(-1);
    if (!last) break;
    for (const record of page) rows.set(record.record, indexRow(agency, record, shared, hash, matcher));
    after = last.record;
  }
  return { rows, problems };
}

function noteProblems({ agency, log }: RefreshInput, problems: ReadonlyMap<string, number>): void {
  if (problems.size === 0) return;
  log.info(
    { agency, problems: Object.fromEntries(problems) },
    'data quality in the feed of the person index',
  );
}

async function differences(store: Store, agency: AgencyId, rows: ReadonlyMap<RecordId, Row>) {
  const known = await sql<{ record: RecordId; content: string }>`
    select record, content from index_record where agency = ${agency}`.execute(store);
  const contents = new Map(known.rows.map(({ record, content }) => [record, content]));
  return {
    known: contents.size,
    changed: [...rows.values()].filter(({ record, content }) => contents.get(record) !== content),
    removed: [...contents.keys()].filter((record) => !rows.has(record)),
  };
}

/** Below this many records a feed may lose any number of them. */
const FEW = 20;

/** Half the people gone between two passes is a broken feed, not a change: their links and shields stay, and the feed falls overdue. */
function refuseCollapse(agency: AgencyId, known: number, removed: number): void {
  if (known > FEW && removed * 2 > known) throw new FeedCollapsedError(agency, known, removed);
}

async function apply(
  store: Store,
  input: RefreshInput,
  changed: readonly Row[],
  removed: readonly RecordId[],
) {
  const touched = [...changed.map(({ record }) => record), ...removed];
  const before = await sql<{ key: string }>`
    select distinct unnest(match_keys) as key from index_record
    where agency = ${input.agency} and record = any(${touched}::text[])`.execute(store);
  await sql`delete from index_candidate where agency = ${input.agency} and record = any(${removed}::text[])`.execute(
    store,
  );
  await sql`delete from index_record where agency = ${input.agency} and record = any(${removed}::text[])`.execute(
    store,
  );
  await upsert(store, changed);
  const keys = [...before.rows.map(({ key }) => key), ...changed.flatMap((row) => row.match_keys)];
  await rematch(store, keys, input.matcher ?? ruleMatcher);
  await protect(store);
  await keepApart(store);
}

async function upsert(store: Store, rows: readonly Row[]): Promise<void> {
  await sql`
    insert into index_record select * from jsonb_populate_recordset(null::index_record, ${JSON.stringify(rows)}::jsonb)
    on conflict (agency, record) do update set
      content = excluded.content, merged_into = excluded.merged_into, names = excluded.names,
      date_of_birth = excluded.date_of_birth, sex = excluded.sex, postcode = excluded.postcode,
      place = excluded.place, identifiers = excluded.identifiers, match_keys = excluded.match_keys,
      search_keys = excluded.search_keys, place_keys = excluded.place_keys, protections = excluded.protections,
      relatives = excluded.relatives, household = excluded.household, adverse = excluded.adverse,
      excluded_staff = excluded.excluded_staff`.execute(store);
}

async function markFeed(store: Store, { agency, intervalMs }: RefreshInput, asOf: Date): Promise<void> {
  await sql`
    insert into index_feed (agency, as_of, interval_ms) values (${agency}, ${asOf}, ${intervalMs})
    on conflict (agency) do update set as_of = excluded.as_of, interval_ms = excluded.interval_ms`.execute(
    store,
  );
}
