import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertKey } from '../../src/alerts/signing-key.ts';
import { alertsCommand } from '../../src/cli/alerts.ts';
import type { Operator } from '../../src/cli/operator-entry.ts';
import { actFromTerminal, recordFromTerminal } from '../../src/cli/operator-register.ts';
import { RegisterUnavailableError } from '../../src/register/errors.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { databaseOfRun } from '../support/made-once.ts';
import { SILENT } from '../support/silent-log.ts';

let url: string;
let dataDir: string;
beforeAll(async () => {
  url = await databaseOfRun('alerts_command');
  await migrate(url);
  dataDir = await mkdtemp(join(tmpdir(), 'sightline-alerts-'));
  await rows(`insert into index_outbox (organisation, kind, at, payload, queued_at, delivered_at, given_up_at) values
    ('police', 'EXCLUDED_ATTEMPT', '2026-11-01T03:00:00Z', '{"staff": "HO214"}', now(), now(), null),
    ('housing', 'REPEATED_DENIALS', '2026-11-02T03:00:00Z', '{"staff": "HO214"}', now(), null, now()),
    ('police', 'PROTECTED_ATTEMPT', '2026-11-03T03:00:00Z', '{"staff": "HO214"}', null, null, null)`);
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: found } = await client.query(sql);
  await client.end();
  return found;
}

const now = () => new Date();
const terminal = ({ db }: Store) => ({ db, dataDir, registerSigningKey: null, log: SILENT, now });
const operator: Operator = {
  ...{ user: 'pat', now, policyVersion: async () => 'f00d' },
  record: (store, entries) => recordFromTerminal(terminal(store), entries),
  recordWith: (store, entries, act) => actFromTerminal(terminal(store), entries, act),
};
/** What the register has of the terminal. */
const registered = async () =>
  (await rows('select entry from register_entry order by at, seq')).map(({ entry }) =>
    JSON.parse(String(entry)),
  );

/** What `sightline alerts …` prints, and its exit code. */
async function run(...given: (string | Operator)[]) {
  const words = given.filter((word) => typeof word === 'string');
  const as = given.find((one) => typeof one === 'object') ?? operator;
  const printed = { out: '', err: '', code: -1 };
  const out = (text: string) => {
    printed.out += text;
  };
  const err = (text: string) => {
    printed.err += text;
  };
  const command = alertsCommand({
    openStore: async () => openStore(url, { connections: 1 }),
    ...{ dataDir, agencies: ['police', 'housing'], signingKey: () => null, operator: as },
    out,
    err,
    exit(code) {
      printed.code = code;
    },
  });
  for (const one of [command, ...command.commands]) one.exitOverride().configureOutput({ writeErr: err });
  await command.parseAsync(words, { from: 'user' }).catch((error) => {
    if (!(error instanceof CommanderError)) throw error;
    printed.code = 2;
  });
  return printed;
}

test('alerts are listed by how far they are, the newest first, and with nothing of anybody', async () => {
  const { out, code } = await run('list');
  expect(out.split('\n').map((line) => line.replace(/^\S{36} +/, '').replaceAll(/ +/g, ' '))).toEqual([
    '2026-11-03T03:00:00.000Z WAITING police PROTECTED_ATTEMPT',
    '2026-11-02T03:00:00.000Z GIVEN_UP housing REPEATED_DENIALS',
    '2026-11-01T03:00:00.000Z DELIVERED police EXCLUDED_ATTEMPT',
    '1 waiting, 0 being sent, 1 delivered, 1 given up',
    '',
  ]);
  expect(out).not.toContain('HO214');
  expect(code).toBe(1);
});

test('or those of one agency, of one state, and so many', async () => {
  const list = async (...words: string[]) =>
    JSON.parse((await run('list', '--json', ...words)).out).map(({ kind }: { kind: string }) => kind);
  expect(await list('--agency', 'police')).toEqual(['PROTECTED_ATTEMPT', 'EXCLUDED_ATTEMPT']);
  expect(await list('--state', 'GIVEN_UP')).toEqual(['REPEATED_DENIALS']);
  expect(await list('--first', '1')).toEqual(['PROTECTED_ATTEMPT']);
});

test.each([
  [['list', '--agency', 'polcie'], /polcie.*police, housing/],
  [['list', '--state', 'LOST'], /LOST.*WAITING, SENDING, DELIVERED, GIVEN_UP/],
  [['list', '--first', '0'], /whole number from 1/],
  [['resend', 'everything'], /no id of an alert/],
])('%j is refused, and says what is known', async (words, why) => {
  const { err, code } = await run(...words);
  expect(err).toMatch(why);
  expect(code).toBeGreaterThan(0);
});

test('what was given up is sent again, once', async () => {
  const [{ alert } = {}] = await rows(`select alert from index_outbox where given_up_at is not null`);
  expect(await run('resend', String(alert))).toMatchObject({ out: '1 will be sent again\n', code: 0 });
  expect(await run('resend')).toMatchObject({ out: 'No such alert was given up\n', code: 1 });
  expect(await registered()).toMatchObject([
    {
      ...{ kind: 'POLICY', sub: 'terminal:pat', role: 'operator', policyVersion: 'f00d' },
      outcomes: [{ section: 'alerts', agency: 'housing', state: 'SENT_AGAIN', reason: String(alert) }],
    },
  ]);
});

test('the key that receivers are given is the one that signs; a new one names the one before', async () => {
  const { keyId, publicKey } = await alertKey(dataDir, null);
  expect((await run('key')).out).toBe(`${keyId}\n${publicKey}`);
  const { out } = await run('key', '--rotate');
  expect(out).toContain(`The key before was ${keyId}\n`);
  const after = await alertKey(dataDir, null);
  expect(out).toContain(after.keyId);
  const [entry] = (await registered()).slice(-1);
  expect(entry).toMatchObject({ kind: 'POLICY', sub: 'terminal:pat' });
  expect(entry.outcomes).toMatchObject(
    ['police', 'housing'].map((agency) => ({
      agency,
      state: 'KEY_CHANGED',
      reason: `${keyId} to ${after.keyId}`,
    })),
  );
});

test('a key that cannot be used is named as the alerts’, not as the register’s', async () => {
  const file = join(dataDir, 'alerts', 'signing-key.pem');
  const before = await readFile(file, 'utf8');
  await writeFile(file, 'no key');
  const count = (await registered()).length;
  await expect(alertKey(dataDir, null)).rejects.toThrow(
    `The alerts’ key, ${file}: it is not a key in PEM form`,
  );
  const { code, err } = await run('key', '--rotate');
  expect([code, err]).toEqual([2, expect.stringContaining('The alerts’ key')]);
  expect(await registered()).toHaveLength(count);
  await expect(alertKey(dataDir, 'neither')).rejects.toThrow(/The alerts’ key, ALERTS_SIGNING_KEY/);
  await writeFile(file, before);
});

test('where it cannot be written down, the key stays, and nothing is sent again', async () => {
  const { keyId } = await alertKey(dataDir, null);
  await rows('update index_outbox set given_up_at = now(), queued_at = now(), delivered_at = null');
  const refusing = {
    ...operator,
    record: async () => Promise.reject(AWAY),
    recordWith: async () => Promise.reject(AWAY),
  };
  for (const words of [['key', '--rotate'], ['resend']])
    expect(await run(...words, refusing)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('cannot be written'),
    });
  expect((await alertKey(dataDir, null)).keyId).toBe(keyId);
  expect(await rows('select from index_outbox where given_up_at is null')).toEqual([]);
});
const AWAY = new RegisterUnavailableError('it is away');
