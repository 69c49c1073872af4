/** The index's key is changed by a command: written down first, the key before kept, and not while a gateway runs. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { indexKeyCommand } from '../../src/cli/index/key.ts';
import { loadKeys } from '../../src/person-index/records/keys.ts';
import { makeFolder } from '../../src/register/durable-file.ts';
import type { RegisterEntry } from '../../src/register/entry.ts';
import { RegisterUnavailableError } from '../../src/register/errors.ts';
import { acquireLock } from '../../src/store/lock.ts';
import { openStore } from '../../src/store/store.ts';

let dataDir: string;
let entries: RegisterEntry[];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sightline-index-key-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  entries = [];
  loadKeys({ dataDir });
});

async function run(words: readonly string[], { given = false, away = false } = {}) {
  const said = { out: '', err: '', code: -1 };
  const command = indexKeyCommand({
    ...{ dataDir, given: () => given, agencies: ['police', 'housing'] },
    openStore: async () => openStore('postgres://nobody@127.0.0.1:1/none'),
    operator: {
      ...{ user: 'pat', now: () => new Date(), policyVersion: async () => 'f00d' },
      async record(_store, more) {
        if (away) throw new RegisterUnavailableError('it is away');
        entries.push(...more);
      },
      recordWith: async () => {},
    },
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    exit: (code) => {
      said.code = code;
    },
  });
  await command.parseAsync([...words], { from: 'user' });
  return said;
}
const keyFile = () => readFile(join(dataDir, 'index.key'), 'utf8');

test('a change keeps the key before beside the new one, and is an entry of every agency', async () => {
  const before = loadKeys({ dataDir }).current;
  const { code, out } = await run(['--rotate']);
  const keys = loadKeys({ dataDir });
  expect(keys.previous).toEqual(before);
  expect([code, out]).toEqual([0, `index key ${keys.current.id}, before ${before.id}\n`]);
  expect((await stat(join(dataDir, 'index.key'))).mode & 0o777).toBe(0o600);
  expect(entries).toMatchObject([{ kind: 'POLICY', sub: 'terminal:pat' }]);
  expect(entries[0]?.outcomes).toMatchObject(
    ['police', 'housing'].map((agency) => ({
      ...{ section: 'personIndex', agency, state: 'KEY_CHANGED' },
      reason: `${before.id} to ${keys.current.id}`,
    })),
  );
});

test('a second change waits until the first is over', async () => {
  await run(['--rotate']);
  const key = await keyFile();
  const { code, err } = await run(['--rotate']);
  expect([code, err]).toEqual([2, expect.stringContaining('the key is being changed already')]);
  expect([await keyFile(), entries.length]).toEqual([key, 1]);
});

test('a change that was cut short is finished by the next', async () => {
  const key = await keyFile();
  await writeFile(join(dataDir, 'index.key.previous'), key);
  expect((await run(['--rotate'])).code).toBe(0);
  expect([await readFile(join(dataDir, 'index.key.previous'), 'utf8'), (await keyFile()) === key]).toEqual([
    key,
    false,
  ]);
});

test.each([
  ['where it cannot be written down', { away: true }, 2, /cannot be written/],
  ['where the setting gives it', { given: true }, 1, /INDEX_KEY: give another there/],
])('nothing is changed %s', async (_, how, exit, why) => {
  const key = await keyFile();
  const { code, err, out } = await run(['--rotate'], how);
  expect([code, err, out]).toEqual([exit, expect.stringMatching(why), '']);
  expect([await keyFile(), loadKeys({ dataDir }).previous]).toEqual([key, null]);
});

test('nothing is changed while a gateway runs on the directory', async () => {
  const key = await keyFile();
  const folder = join(dataDir, 'register');
  await makeFolder(folder);
  const lock = await acquireLock(folder, { named: dataDir });
  onTestFinished(() => lock.release());
  const { code, err } = await run(['--rotate']);
  expect([code, err]).toEqual([2, expect.stringContaining(dataDir)]);
  expect([await keyFile(), entries]).toEqual([key, []]);
});
