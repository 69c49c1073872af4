/** Documents are registered and retired at the terminal, written down, and known on every gateway of the store at once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startProxy } from '../../src/conformance/tcp-proxy.ts';
import { sha256Id } from '../../src/documents/manifest.ts';
import { openTrustedDocuments } from '../../src/documents/trusted-documents.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/store.ts';
import { databaseOfRun } from '../support/made-once.ts';
import { rows } from '../support/rows.ts';
import { SILENT } from '../support/silent-log.ts';
import { documentsCommandOn } from './support/command.ts';

const WAIT = { timeout: 60_000, interval: 50 };
let storeUrl: string;
let dataDir: string;
let run: ReturnType<typeof documentsCommandOn>;
beforeAll(async () => {
  storeUrl = await databaseOfRun('documents_command');
  await migrate(storeUrl);
  dataDir = await mkdtemp(join(tmpdir(), 'sightline-documents-'));
  run = documentsCommandOn({ storeUrl, dataDir });
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** What a gateway knows that reaches the store by this address. */
async function gateway(url = storeUrl) {
  const store = openStore(url, { connections: 1 });
  const metrics = { documentAsked() {}, untrustedDocument() {} };
  const now = () => new Date();
  const documents = await openTrustedDocuments({
    ...{ mode: 'only', pages: [], storeUrl: url, db: store.db, metrics, log: SILENT, now },
  });
  onTestFinished(async () => {
    await documents.close();
    await store.close();
  });
  return documents;
}
const entries = () =>
  rows(storeUrl, `select entry from register_entry where entry like '%"documents"%' order by at, seq`, []);

test('what is registered and retired is known on two gateways without a restart, and is an entry of every agency', async () => {
  const [one, other] = [await gateway(), await gateway()];
  expect(await run({ a: '{ viewer { role } }' }, 'register', '--client', 'shop', '--dry-run')).toMatchObject({
    ...{ code: 0, out: '+ a\nshop: 1 would be registered, 0 were there already\n' },
  });
  expect(await entries()).toEqual([]);
  expect((await run({ a: '{ viewer { role } }' }, 'register', '--client', 'shop')).code).toBe(0);
  await vi.waitFor(() => expect([one.withId('a'), other.withId('a')]).not.toContain(null), WAIT);
  const [registered] = (await entries()).map(({ entry }) => JSON.parse(String(entry)));
  expect(registered).toMatchObject({ kind: 'POLICY', sub: 'terminal:pat', role: 'operator' });
  expect(registered.outcomes).toMatchObject(
    ['police', 'housing'].map((agency) => ({ agency, state: 'REGISTERED', reason: 'shop: 1 documents' })),
  );
  expect((await run(null, 'retire', 'a', '--client', 'shop')).out).toBe('shop: 1 retired\n');
  await vi.waitFor(() => expect([one.withId('a'), other.withId('a')]).toEqual([null, null]), WAIT);
  expect((await run({ a: '{ viewer { name } }' }, 'register', '--client', 'street')).err).toBe(
    'a: shop registered another text under this id\n',
  );
});

test('a document that is not valid is named by file and line, and none of the file is registered', async () => {
  const { err, code } = await run(
    { b: '{ viewer { role } }', c: '{\n  nobody\n}' },
    'register',
    '--client',
    'shop',
  );
  expect([code, err]).toEqual([
    1,
    'persisted-documents.json:3: document c, line 2: Cannot query field "nobody" on type "Query".\n',
  ]);
  expect((await run(null, 'list', '--client', 'shop')).out).toBe('');
});

test('while the store is away what is known stays trusted, and that nobody could look is said', async () => {
  await run({ kept: '{ viewer { role } }' }, 'register', '--client', 'away');
  const { hostname, port } = new URL(storeUrl);
  const proxy = await startProxy(hostname, Number(port || 5432));
  onTestFinished(() => proxy.close());
  const through = new URL(storeUrl);
  through.host = `127.0.0.1:${proxy.port}`;
  const documents = await gateway(through.href);
  proxy.cut();
  await vi.waitFor(() => expect(documents.unreadSince()).not.toBeNull(), WAIT);
  expect(documents.withId('kept')?.text).toBe('{ viewer { role } }');
  expect(documents.withId(sha256Id('{ viewer { name } }'))).toBeNull();
});
