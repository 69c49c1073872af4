/** What docs/operating.md says of backup and restore, done: the data directory first, the store after it, both put elsewhere. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTokenIssuer } from '../../src/demo/token-issuer.ts';
import { composeGateway, type GatewayParts } from '../../src/main/compose.ts';
import { projectRoot } from '../../src/project-root.ts';
import { evidenceIn } from '../../src/register/verify/evidence.ts';
import { verifyRegister } from '../../src/register/verify/verify-register.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { openStore } from '../../src/store/store.ts';
import { withdraw } from '../../src/store/withdrawals.ts';
import { agenciesAt } from '../support/agencies-at.ts';
import { addressOf, testServer } from '../support/postgres.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const run = promisify(execFile);
const MAYA = `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) {
  outcome people { person { identity { name } crisisPlan { state } } } } }`;
const restored = `restored_${randomBytes(6).toString('hex')}`;
let admin: string;
let agencyUrls: Record<string, string>;
let sightline: Sightline;
let backup: string;

beforeAll(async () => {
  admin = (await testServer()).url('postgres');
  backup = await mkdtemp(join(tmpdir(), 'sightline-backup-'));
  sightline = await startSightline({
    agencyUrls: (urls) => {
      agencyUrls = urls;
      return urls;
    },
  });
});
afterAll(async () => {
  // Before the logins that own what is in it.
  await dropDatabase(admin, restored).catch(() => {});
  await sightline?.close();
  await rm(backup, { recursive: true, force: true });
});

/** By pg_dump and psql where they are and know this server; else by a copy that the server makes itself. */
async function dumpAndRestore(from: string, to: string): Promise<void> {
  const dump = join(backup, 'store.dump');
  try {
    await run('pg_dump', ['--format=custom', '--no-owner', `--file=${dump}`, from]);
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code !== 'ENOENT' && !/server version mismatch/.test(stderr)) throw error;
    return copiedByServer(new URL(from).pathname.slice(1), to);
  }
  await createDatabase(admin, to);
  await run('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${addressOf(admin, to)}`, dump]);
}

/** The server copies only what nobody is connected to: the gateway loses its store for a moment, as in an outage. */
async function copiedByServer(from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  try {
    await client.query(`alter database "${from}" allow_connections false`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [from]);
    await expect
      .poll(
        () =>
          createDatabase(admin, to, { template: from }).then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
  } finally {
    await client.query(`alter database "${from}" allow_connections true`);
    await client.end();
  }
}

/** On the restored store and this data directory, with the agencies where they were. */
const restoredGateway = (dataDir: string): Omit<GatewayParts, 'issuers'> => ({
  root: projectRoot(),
  dataDir,
  storeUrl: addressOf(admin, restored),
  agencies: agenciesAt(agencyUrls, { maxConnections: 4 }),
  demo: null,
  page: { files: new Map(), config: { demo: false, oidc: null, examples: [], idleLockMinutes: 15 } },
  log: pino({ level: 'silent' }),
});

async function verify(dataDir: string, storeUrl: string) {
  const store = openStore(storeUrl);
  try {
    return await verifyRegister({ db: store.db, sources: [await evidenceIn(dataDir)] });
  } finally {
    await store.close();
  }
}

test('a gateway restored elsewhere, from a backup made while it ran, finds the same people, with its register whole', async () => {
  const before = await sightline.ask('triage-nurse', MAYA);
  expect(before.data.findPeople.people[0].person).toMatchObject({ identity: { name: 'Maya Kerr' } });
  const lost = { agreement: 'NS-ISA-014', version: 1, by: 'caldicott', why: 'an older version' };
  await withdraw(sightline.app.store.db, { ...lost, at: new Date() });

  const dataDir = join(backup, 'data');
  await cp(sightline.dataDir, dataDir, { recursive: true });
  // What is disclosed between the two is in the store alone, which is behind no head.
  await sightline.ask('triage-nurse', MAYA);
  const entries = (await sightline.store('select 1 from register_entry')).length;
  await dumpAndRestore(addressOf(admin, new URL(sightline.storeUrl).pathname.slice(1)), restored);

  const { storeUrl } = restoredGateway(dataDir);
  expect(await verify(dataDir, storeUrl)).toMatchObject({ whole: true, entries });
  const now = () => new Date();
  const tokens = await createTokenIssuer(now);
  const { app, server, close } = await composeGateway({
    ...restoredGateway(dataDir),
    ...{ feedIntervalMs: 3_600_000, now, issuers: [tokens] },
  });
  try {
    const url = await server.listen({ host: '127.0.0.1', port: 0 });
    const nurse = personaOf('triage-nurse');
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await tokens.issue(nurse)}`,
        'sharing-purpose': nurse.purpose,
        'sharing-reference': nurse.reference,
      },
      body: JSON.stringify({ query: MAYA }),
    });
    const after = (await response.json()) as { data: unknown };
    expect(after.data).toEqual(before.data);
    const rows = await app.store.db.selectFrom('agreement_withdrawal').select('agreement').execute();
    expect(rows).toEqual([{ agreement: 'NS-ISA-014' }]);
  } finally {
    await close();
  }
  const whole = await verify(dataDir, storeUrl);
  expect(whole).toMatchObject({ whole: true, notYetSigned: 0 });
  expect(whole.entries).toBeGreaterThan(entries);
});

test('without the index’s key it does not start, rather than find nobody', async () => {
  const dataDir = join(backup, 'without-key');
  await cp(join(backup, 'data'), dataDir, { recursive: true });
  await rm(join(dataDir, 'index.key'));
  await expect(composeGateway({ ...restoredGateway(dataDir), issuers: [] })).rejects.toMatchObject({
    name: 'IndexKeyError',
  });
});
