/** An agency asked by TLS, as its settings say: a real PostgreSQL, whose certificate is by an authority of our own. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type AgencyDatabase, openAgencyDatabase } from '../../src/compile/run/agency-database.ts';
import { agenciesAt } from '../../src/config/agency-settings.ts';
import { readConfig } from '../../src/config.ts';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../src/store/embedded/start-embedded.ts';
import { testServer } from '../support/postgres.ts';
import { rows } from '../support/rows.ts';
import { SILENT } from '../support/silent-log.ts';

const file = (name: string) => join(import.meta.dirname, '../support/tls', name);
const START_MS = 60_000;
let folder: string;
let server: EmbeddedPostgres;
const open: AgencyDatabase[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-tls-'));
  await chmod(folder, 0o711);
  server = await startEmbedded({ dataDir: join(folder, 'data') });
  await showCertificate('here');
}, START_MS);
afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()));
});
afterAll(async () => {
  await server?.stop();
  await removeEmbedded(join(folder, 'data'));
  await rm(folder, { recursive: true, force: true });
});

const admin = (text: string) => rows(server.url('postgres'), text, []);

/** The server shows this certificate from now on, and takes nobody without TLS but its own superuser. */
async function showCertificate(name: string): Promise<void> {
  for (const [to, from] of [
    ['tls.pem', `${name}.pem`],
    ['tls.key', `${name}.key`],
  ] as const) {
    const text = (await readFile(file(from), 'utf8')).trim();
    const lines = text.split('\n').map((line) => `('${line}')`);
    await admin(`copy (values ${lines.join()}) to program 'umask 077 && cat > ${to}'`);
  }
  await admin(
    `copy (values ('host all postgres 127.0.0.1/32 scram-sha-256'), ('hostssl all all 127.0.0.1/32 scram-sha-256')) to program 'cat > pg_hba.conf'`,
  );
  await admin(`do $$ begin
    if to_regrole('reader') is null then create role reader login password 'reader'; end if; end $$`);
  for (const [setting, value] of [
    ['ssl_cert_file', 'tls.pem'],
    ['ssl_key_file', 'tls.key'],
    ['ssl', 'on'],
  ])
    await admin(`alter system set ${setting} = '${value}'`);
  await admin('select pg_reload_conf()');
  // The postmaster reads them when it gets round to it.
  for (let shown = ''; shown !== 'on'; await sleep(50))
    shown = String((await admin(`select current_setting('ssl') as shown`))[0]?.shown);
}

/** The agency as a gateway with these settings has it. */
function police(tls: string | undefined, url = addressAt('127.0.0.1')): AgencyDatabase {
  const env = {
    ...{ DATABASE_URL: 'postgres://store.example/sightline', OIDC_ISSUER: 'https://login.example' },
    ...{ OIDC_AUDIENCE: 'sightline', POLICE_DATABASE_URL: url, POLICE_TIMEOUT_MS: '20000' },
    ...(tls !== undefined && { POLICE_DATABASE_TLS: tls }),
  };
  const settings = agenciesAt(readConfig(env, ['police'], '/').agencies, {}).get('police');
  if (!settings) throw new Error('There is no police');
  const log = SILENT;
  const database = openAgencyDatabase({ ...settings, agency: 'police', queueLimit: 10, log });
  open.push(database);
  return database;
}
const addressAt = (host: string) => `postgres://reader:reader@${host}:${server.port}/postgres`;
const signal = new AbortController().signal;
const BY_TLS = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';
const isByTls = (database: AgencyDatabase) => database.query({ sql: BY_TLS, parameters: [] }, { signal });

/** Why the agency cannot be asked, as whoever runs the gateway is told. */
async function whyNot(database: AgencyDatabase): Promise<string | null> {
  await expect(isByTls(database)).rejects.toMatchObject({ reason: 'FAILED' });
  expect(database.state()).toBe('DOWN');
  return database.why();
}

test.each(['127.0.0.1', 'localhost'])('by an authority of the agency’s own, at %s', async (host) => {
  const database = police(file('authority.pem'), addressAt(host));
  expect(await isByTls(database)).toEqual([{ ssl: true }]);
  const feed = database.feed({ statementMs: 20_000, signal });
  expect((await sql.raw(BY_TLS).execute(feed)).rows).toEqual([{ ssl: true }]);
});

test('a certificate by another authority is refused, and it is said why', async () => {
  const untrusted = /^its certificate is by nobody that is trusted here \(<AGENCY>_DATABASE_TLS/;
  expect(await whyNot(police(file('another.pem')))).toMatch(untrusted);
  expect(await whyNot(police('verify'))).toMatch(untrusted);
});

test(
  'a certificate for another name is refused, though its authority is trusted',
  async () => {
    await showCertificate('elsewhere');
    await expect
      .poll(() => whyNot(police(file('authority.pem'))), { timeout: START_MS })
      .toBe('its certificate is for another name than its address');
    await showCertificate('here');
    await expect
      .poll(() => isByTls(police(file('authority.pem'))).catch(() => null), { timeout: START_MS })
      .toEqual([{ ssl: true }]);
  },
  START_MS,
);

test('a server that speaks no TLS is not asked without', async () => {
  const { url, kind } = await testServer();
  if (kind !== 'embedded') return;
  expect(await whyNot(police('verify', url('postgres')))).toBe(
    'its server speaks no TLS, and is to be asked by TLS',
  );
});

test('without TLS where the settings say so, which this server does not take', async () => {
  expect(await whyNot(police('off'))).toBe('its database does not let this login in from here');
});

/** Lets through to the server what begins by asking for TLS, and nothing else. */
async function tlsAlone(): Promise<{ port: number; refused(): number; close(): void }> {
  let refused = 0;
  const listener = createServer((near) => {
    near.on('error', () => {});
    near.once('data', (first) => {
      if (first.readInt32BE(4) !== 80_877_103) {
        refused += 1;
        near.destroy();
        return;
      }
      const far = connect(server.port, '127.0.0.1');
      far.on('error', () => {});
      far.write(first);
      near.pipe(far).pipe(near);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return { port, refused: () => refused, close: () => void listener.close() };
}

test(
  'a statement that nobody waits for any more is stopped at the server, by TLS too',
  async () => {
    const listener = await tlsAlone();
    const at = `postgres://reader:reader@127.0.0.1:${listener.port}/postgres`;
    const database = police(file('authority.pem'), at);
    await isByTls(database);
    const gone = new AbortController();
    const running = database.query({ sql: 'select pg_sleep(19)', parameters: [] }, { signal: gone.signal });
    const asleep = async () =>
      (
        await admin(
          `select pid from pg_stat_activity where usename = 'reader' and query ~ 'pg_sleep' and state = 'active'`,
        )
      ).length;
    await expect.poll(asleep, { timeout: START_MS }).toBe(1);
    gone.abort();
    await expect(running).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    await expect.poll(asleep, { timeout: 10_000 }).toBe(0);
    expect(listener.refused()).toBe(0);
    listener.close();
  },
  START_MS,
);
