/** Fills a register with generated entries, lays them out, asks it, and prints what it took. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { countBarriers } from '../../src/register/reading/barriers.ts';
import { catchUp } from '../../src/register/reading/catch-up.ts';
import { ANY_ENTRY, findEntries } from '../../src/register/reading/find-entries.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/store.ts';
import type { StoreDatabase } from '../../src/store/tables.ts';

const NAME = 'register_asked_bench';
const CHAIN = '00000000-0000-4000-8000-00000000be4c';
/** Of so many people, whom their agencies know by numbers of their own. */
const PEOPLE = 20_000;
const AT_ONCE = 20_000;
const TIMES = 20;

const count = Number(process.argv[2]);
const tell = (text: string) => process.stdout.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'sightline-asked-'));
const named = process.env.BENCH_POSTGRES_URL;
const embedded = named === undefined ? await startEmbedded({ dataDir: folder }) : null;
const server = embedded?.url('postgres') ?? named ?? '';
try {
  await dropDatabase(server, NAME).catch(() => {});
  await createDatabase(server, NAME);
  const url = new URL(server);
  url.pathname = `/${NAME}`;
  await migrate(url.href);
  const store = openStore(url.href, { connections: 2, statementTimeoutMs: 600_000 });
  try {
    await measure(store.db);
  } finally {
    await store.close();
    await dropDatabase(server, NAME);
  }
} finally {
  await embedded?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(db: StoreDatabase): Promise<void> {
  for (let from = 1; from <= count; from += AT_ONCE)
    await fill(db, from, Math.min(from + AT_ONCE - 1, count));
  const laidOut = await took(() => catchUp(db));
  tell(
    `${count} entries laid out in ${(laidOut / 1000).toFixed(1)} s, ${Math.round(count / (laidOut / 1000))} a second`,
  );
  await sql`analyze`.execute(db);
  const mine = { agency: 'mental-health', hidden: ['p-1', 'p-2'] };
  const page = { first: 50, after: null };
  await often('report by record', 100, (n) =>
    findEntries(db, mine, { ...ANY_ENTRY, ownRecord: `mental-health-${1 + ((n * 977) % PEOPLE)}` }, page),
  );
  await often('a week of an agency', 100, () =>
    findEntries(db, mine, { ...ANY_ENTRY, from: new Date('2026-06-01'), to: new Date('2026-06-08') }, page),
  );
  await often('report by login', 100, (n) =>
    findEntries(db, mine, { ...ANY_ENTRY, sub: `PC${n * 7}` }, page),
  );
  const year = { from: '2026-01-01', to: '2026-12-31', agency: null, hidden: ['p-1', 'p-2'] };
  await often('barriers of a year, of an agency', 5_000, () =>
    countBarriers(db, { ...year, by: ['SECTION', 'REASON', 'RULE'], ofAgency: 'mental-health' }),
  );
  await often('barriers of a year, of all', 5_000, () =>
    countBarriers(db, { ...year, by: ['SECTION', 'AGENCY', 'MONTH'], ofAgency: null }),
  );
}

async function often(what: string, targetMs: number, work: (n: number) => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n += 1) times.push(await took(() => work(n)));
  times.sort((one, other) => one - other);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1);
  const met = Number(at(1)) < targetMs ? 'met' : 'NOT MET';
  tell(`${what}: median ${at(0.5)} ms, slowest ${at(1)} ms; under ${targetMs} ms ${met}`);
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Entries as a gateway writes them, spread over a year; hashes stand for themselves, since nobody verifies them here. */
async function fill(db: StoreDatabase, from: number, to: number): Promise<void> {
  await sql`
    insert into register_entry (chain, seq, at, request_id, person, entry, previous, hash)
    select ${CHAIN}::uuid, n, at, 'r-' || n, 'p-' || person, jsonb_build_object(
      'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'kind', 'DISCLOSURE', 'requestId', 'r-' || n,
      'sub', 'PC' || n % 3000, 'name', 'Somebody', 'role', (array['response-officer', 'triage-nurse', 'housing-officer'])[1 + n % 3],
      'organisation', (array['police', 'mental-health', 'housing'])[1 + n % 3], 'purpose', 'mental-health-crisis',
      'reference', 'police:26/' || n % 100000, 'relationship', 'VERIFIED', 'person', 'p-' || person, 'policyVersion', 'f00d',
      'outcomes', (select jsonb_agg(jsonb_build_object('section', section, 'agency', agency, 'level', 'FULL', 'asOf', null,
          'state', case when (n + s) % 4 = 0 then 'WITHHELD' else 'DISCLOSED' end,
          'reason', case when (n + s) % 4 = 0 then 'NEEDS_BREAK_GLASS' end,
          'gateways', jsonb_build_array('MHA 1983 s.136(1C)'), 'records', jsonb_build_array(agency || '-' || person),
          'rule', jsonb_build_object('file', 'adapters/' || agency || '/sharing.yaml', 'line', 40 + s)))
        from unnest(array['identity', 'crisisPlan', 'clinical', 'housing', 'warningMarkers']) with ordinality as x (section, s),
          unnest(array['mental-health', 'police']) as agency))::text,
      repeat('0', 64), md5(n::text) || md5(n::text || 'x')
    from (select n, 1 + (n * 7919) % ${PEOPLE} as person,
      timestamptz '2026-01-01' + (n::float / ${count}) * interval '364 days' as at
      from generate_series(${from}::bigint, ${to}::bigint) as n) one`.execute(db);
}
