/** Fills a person index with generated records, matches them, changes a thousand, and prints what it took. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { IndexIdentifier, IndexRecord } from '../../adapters/contract.ts';
import { indexRow } from '../../src/person-index/feed/read-feed.ts';
import { removeRecords, writeRecords } from '../../src/person-index/feed/take-changes.ts';
import { matchPart } from '../../src/person-index/match/match-part.ts';
import { lockIndex, matchPending } from '../../src/person-index/match/match-pending.ts';
import { createFeatureHash } from '../../src/person-index/records/feature-hash.ts';
import { keysFrom } from '../../src/person-index/records/keys.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { StoreDatabase } from '../../src/store/tables.ts';
import { families } from '../linkage/generate/families.ts';
import type { Row } from '../linkage/generate/row.ts';

const SHARE = new Set(['names', 'dateOfBirth', 'sex', 'postcode', 'place', 'identifiers'] as const);
const hash = createFeatureHash(keysFrom(Buffer.alloc(32, 7).toString('base64'), 'the benchmark'));
const PART = 5_000;
const CHANGED = 1_000;
const tell = (text: string) => process.stdout.write(`${text}\n`);

const sizes = process.argv.slice(2).map(Number);
const took: { size: number; perRecord: number }[] = [];
const folder = mkdtempSync(join(tmpdir(), 'sightline-index-'));
const named = process.env.BENCH_POSTGRES_URL;
const embedded = named === undefined ? await startEmbedded({ dataDir: folder }) : null;
const server = embedded?.url('postgres') ?? named ?? '';
try {
  for (const size of sizes) await measure(size);
} finally {
  await embedded?.stop();
  rmSync(folder, { recursive: true, force: true });
}
for (const { size, perRecord } of took.slice(1)) {
  const [first] = took;
  if (first)
    tell(`cost per record at ${size} : at ${first.size} = ${(perRecord / first.perRecord).toFixed(2)}`);
}

async function measure(size: number): Promise<void> {
  const name = `index_bench_${size}`;
  await createDatabase(server, name).catch(async () => {
    await dropDatabase(server, name);
    await createDatabase(server, name);
  });
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await migrate(url);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  const store: StoreDatabase = new Kysely({ dialect: new PostgresDialect({ pool }) });
  try {
    tell(`\n${size} records`);
    const write = await timed(() => fill(store, size));
    let last = { pairs: 0 };
    const match = await timed(() =>
      matchPending(store, {
        now: new Date(),
        onProgress: (progress) => {
          last = progress;
          if (process.stderr.isTTY) process.stderr.write(`\r${progress.done} of ${progress.of} `);
        },
      }),
    );
    tell(`written in ${write.toFixed(1)} s: ${Math.round(size / write)} records a second`);
    tell(
      `matched in ${match.toFixed(1)} s: ${Math.round(size / match)} records and ${Math.round(last.pairs / match)} pairs a second, ${(last.pairs / size).toFixed(1)} pairs a record`,
    );
    const update = await timed(() => change(store, size));
    tell(`${CHANGED} changed records written and matched in ${update.toFixed(1)} s`);
    tell(
      `most memory so far ${Math.round(process.resourceUsage().maxRSS / 1024)} MB; the store ${await sizeOf(store)}`,
    );
    tell(await outcome(store));
    took.push({ size, perRecord: (write + match) / size });
  } finally {
    await store.destroy();
    await dropDatabase(server, name);
  }
}

async function fill(store: StoreDatabase, size: number): Promise<void> {
  let part = [];
  for (const { row } of families({
    seed: 7,
    records: size,
    twins: 0.03,
    generations: 0.03,
    namesakes: 0.02,
    identified: 0.7,
  })) {
    part.push(indexRow(row.source, recordOf(row), SHARE, hash));
    if (part.length < PART) continue;
    await writeRecords(store, part);
    part = [];
  }
  await writeRecords(store, part);
}

/** A thousand records move house, as one pass of a feed would find them. */
async function change(store: StoreDatabase, size: number): Promise<void> {
  const changed: Parameters<typeof writeRecords>[1][number][] = [];
  for (const { row } of families({
    seed: 7,
    records: size,
    twins: 0.03,
    generations: 0.03,
    namesakes: 0.02,
    identified: 0.7,
  })) {
    if (row.source !== 'police') continue;
    changed.push(
      indexRow(row.source, recordOf({ ...row, postcode: 'ZZ9 9ZZ', street_number: '1' }), SHARE, hash),
    );
    if (changed.length === CHANGED) break;
  }
  await store.transaction().execute(async (within) => {
    await lockIndex(within);
    await removeRecords(within, 'police', [], new Date());
    await writeRecords(within, changed);
    while ((await matchPart(within)).pending > 0);
  });
}

function recordOf(row: Row): IndexRecord {
  const identifiers: IndexIdentifier[] =
    row.identifier_value === ''
      ? []
      : [{ system: 'NHS_NUMBER', value: row.identifier_value, verified: true }];
  return {
    record: row.record_id,
    mergedInto: null,
    names: [{ givenName: row.given_name, familyName: row.surname, kind: 'CURRENT' }],
    dateOfBirth: /^\d{4}-\d\d-\d\d$/.test(row.date_of_birth) ? row.date_of_birth : null,
    sex: row.sex === 'F' ? 'FEMALE' : row.sex === 'M' ? 'MALE' : null,
    postcode: row.postcode || null,
    place: row.street_number === '' ? null : `${row.postcode}|${row.street_number}|${row.address_1}`,
    identifiers,
    protections: [],
    related: [],
    adverse: [],
    excludedStaff: [],
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

async function sizeOf(store: StoreDatabase): Promise<string> {
  const { rows } = await sql<{ size: string }>`
    select pg_size_pretty(pg_total_relation_size('index_record')) as size`.execute(store);
  return rows[0]?.size ?? '';
}

async function outcome(store: StoreDatabase): Promise<string> {
  const { rows } = await sql<{ people: number; candidates: number }>`
    select count(distinct person)::int as people, (select count(*)::int from index_candidate) as candidates
    from index_record`.execute(store);
  return `people ${rows[0]?.people}, candidate links ${rows[0]?.candidates}`;
}
