/** A session is ours, not the server's: whatever a database or a login sets, the agencies' and the store's values come as they are. */
import { execFile } from 'node:child_process';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { evidenceIn } from '../../src/register/verify/evidence.ts';
import { verifyRegister } from '../../src/register/verify/verify-register.ts';
import { openStore } from '../../src/store/store.ts';
import { testServer } from '../support/postgres.ts';
import { rows } from '../support/rows.ts';
import { BIN } from '../support/running-program.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { everythingOf, publicSchema } from '../support/whole-graph.ts';

/** Each a setting that a database or a login may have, which would change what comes back, what is found or whether anything is. */
const HOSTILE: readonly (readonly [setting: string, value: string])[] = [
  ['datestyle', 'SQL, DMY'],
  ['datestyle', 'German'],
  ['datestyle', 'Postgres, MDY'],
  ['intervalstyle', 'iso_8601'],
  ['timezone', 'Pacific/Auckland'],
  ['client_encoding', 'SQL_ASCII'],
  ['client_encoding', 'LATIN1'],
  ['search_path', 'elsewhere'],
  ['search_path', 'elsewhere, pg_catalog, public'],
  ['extra_float_digits', '-15'],
  ['bytea_output', 'escape'],
  ['standard_conforming_strings', 'off'],
  ['backslash_quote', 'off'],
  ['lc_monetary', 'C.UTF-8'],
  ['lc_numeric', 'C.UTF-8'],
  ['lc_time', 'C.UTF-8'],
  ['transform_null_equals', 'on'],
  ['row_security', 'off'],
  ['array_nulls', 'off'],
  ['quote_all_identifiers', 'on'],
  ['xmloption', 'document'],
  ['xmlbinary', 'hex'],
  ['gin_fuzzy_search_limit', '1'],
  ['exit_on_error', 'on'],
  ['statement_timeout', '1ms'],
  ['lock_timeout', '1ms'],
  ['idle_in_transaction_session_timeout', '1ms'],
  ['idle_session_timeout', '1s'],
  ['default_transaction_isolation', 'serializable'],
  ['default_transaction_read_only', 'on'],
  ['default_transaction_deferrable', 'on'],
  ['synchronous_commit', 'off'],
];
/** Four at a time of different names, so that a session that leaves any of them as it is fails; ours sets each by itself. */
const FOURS = Array.from({ length: 8 }, (_, first) => HOSTILE.filter((_setting, at) => at % 8 === first));
const inWords = (settings: typeof HOSTILE) =>
  settings.map(([name, value]) => `${name} = ${value}`).join(', ');
const CASES = FOURS.map((settings) => [inWords(settings), settings] as const);
/** The worst of each, at once. */
const ALL = [...new Map(HOSTILE)];

const VIEWS = [
  ['triage-nurse', 'mental-health-crisis', 'Kerr', 'Maya', '2002-03-14'],
  ['mash-social-worker', 'child-protection', 'Kerr', 'Maya', '2002-03-14'],
  ['early-help-lead', 'early-help', 'Shaw', 'Kai', '2015-05-19'],
  ['work-coach', 'welfare-support', 'Shaw', 'Donna', '1989-08-02'],
  ['general-practitioner', 'direct-care', 'Holt', 'Iris', '1949-02-17'],
  ['domestic-abuse-adviser', 'domestic-abuse', 'Haddad', 'Leila', '1991-07-02'],
] as const;
const QUERY = `query ($by: PersonSearch!) { findPeople(by: $by) { outcome people { person { ${everythingOf(publicSchema())} } } } }`;

let sightline: Sightline;
let admin: string;
let store: string;
let agencies: string[];
let asItIs: unknown[];
beforeAll(async () => {
  sightline = await startSightline();
  admin = (await testServer()).url('postgres');
  store = databaseOf(sightline.storeUrl);
  const prefix = store.slice(0, store.length - 'sightline'.length);
  const found = await rows(admin, 'select datname from pg_database where starts_with(datname, $1)', [prefix]);
  agencies = found.map(({ datname }) => datname as string).filter((name) => name !== store);
  for (const database of [store, ...agencies]) {
    const { url } = await testServer();
    await rows(url(database), 'create schema elsewhere', []);
    await rows(url(database), 'grant usage on schema elsewhere to public', []);
  }
  asItIs = await everything();
});
afterAll(() => sightline?.close());
beforeEach(() => set([...agencies, store], []));

async function everything(views: readonly (typeof VIEWS)[number][] = VIEWS): Promise<unknown[]> {
  const answers = [];
  for (const [persona, purpose, familyName, givenName, dateOfBirth] of views) {
    const { reference } = personaOf(persona);
    const asking = { purpose, reference, variables: { by: { familyName, givenName, dateOfBirth } } };
    const { status, data, holes } = await sightline.ask(persona, QUERY, asking);
    answers.push({ persona, status, data, holes });
  }
  return answers;
}

/** What a database has for every session that begins from now on; those there were end. With a role, what it has in that database. */
async function set(
  databases: readonly string[],
  settings: readonly (readonly [string, string])[],
  role: (database: string) => string = (database) => `database ${pg.escapeIdentifier(database)}`,
): Promise<void> {
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  try {
    for (const database of databases) {
      await client.query(`alter ${role(database)} reset all`);
      for (const [name, value] of settings) {
        const to = name === 'search_path' ? value : pg.escapeLiteral(value);
        await client.query(`alter ${role(database)} set ${name} to ${to}`);
      }
    }
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = any($1)', [
      databases,
    ]);
  } finally {
    await client.end();
  }
}

const databaseOf = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1));

/** What the index has of everybody, after everything was read and compared again. */
async function indexAnew(): Promise<unknown> {
  await sightline.store('update index_feed set passes_since_full = 1000');
  await sightline.app.refreshIndex();
  return {
    records: await sightline.store(
      'select agency, record, content, date_of_birth from index_record order by agency collate "C", record collate "C"',
    ),
    compared: await sightline.store('select agency from index_feed where passes_since_full = 0 order by 1'),
  };
}

describe('what agencies say', () => {
  test('is asked under every setting, and under none together with another value of it', () => {
    expect(FOURS.flat()).toHaveLength(HOSTILE.length);
    for (const settings of FOURS) expect(new Map(settings).size).toBe(settings.length);
  });

  test.each(CASES)('is the same where their databases have %s', async (_words, settings) => {
    await set(agencies, settings);
    expect(await everything()).toEqual(asItIs);
  });

  test('and what the person index takes from them is, dates of birth and all, under everything at once', async () => {
    const before = await indexAnew();
    await set(agencies, ALL);
    expect(await indexAnew()).toEqual(before);
    expect(await everything()).toEqual(asItIs);
  });

  test('also where it is their login that has it', async () => {
    const login = (database: string) =>
      `role ${pg.escapeIdentifier(logins.get(database) as string)} in database ${pg.escapeIdentifier(database)}`;
    await everything();
    const logins = new Map(Object.values(await loginsOf()).map(({ database, user }) => [database, user]));
    const connected = [...logins.keys()];
    expect(connected.length).toBeGreaterThan(5);
    await set(connected, ALL, login);
    expect(await everything()).toEqual(asItIs);
    await set(connected, [], login);
  });
});

test('and in whichever zone the gateway itself runs', async () => {
  const { TZ } = process.env;
  try {
    process.env.TZ = 'Pacific/Auckland';
    await set([...agencies, store], []);
    expect(await everything()).toEqual(asItIs);
  } finally {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  }
});

describe('the own store', () => {
  test.each(CASES)('answers, and its register is whole, with %s', async (_words, settings) => {
    await set([store], settings);
    expect(await everything(VIEWS.slice(0, 1))).toEqual(asItIs.slice(0, 1));
    const { db, close } = openStore(sightline.storeUrl);
    const found = await verifyRegister({ db, sources: [await evidenceIn(sightline.dataDir)] });
    await close();
    expect(found).toMatchObject({ whole: true, entries: expect.any(Number) });
    expect(found.entries).toBeGreaterThan(VIEWS.length - 1);
  });

  test('and with everything at once, by its database or by its login', async () => {
    await set([store], ALL);
    expect(await everything()).toEqual(asItIs);
    expect(await verify()).toMatch(/register is whole/);
    await set([store], []);
    const owner = decodeURIComponent(new URL(sightline.storeUrl).username);
    const login = () => `role ${pg.escapeIdentifier(owner)} in database ${pg.escapeIdentifier(store)}`;
    await set([store], ALL, login);
    expect(await everything()).toEqual(asItIs);
    expect(await verify()).toMatch(/register is whole/);
    await set([store], [], login);
  });
});

/** Logins of the agencies' databases, by who was let in. */
async function loginsOf(): Promise<{ database: string; user: string }[]> {
  const found = await rows(
    admin,
    `select datname as database, usename as user from pg_stat_activity
     where datname = any($1) and application_name = 'sightline' group by 1, 2`,
    [agencies],
  );
  return found as { database: string; user: string }[];
}

/** `register verify` in a process of its own. */
function verify(): Promise<string> {
  const env = { PATH: process.env.PATH, DATA_DIR: sightline.dataDir, DATABASE_URL: sightline.storeUrl };
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, 'register', 'verify'], { env }, (_error, out, err) =>
      resolve(out + err),
    );
  });
}
