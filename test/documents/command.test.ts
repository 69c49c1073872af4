/** Documents are registered and retired at the terminal, written down, and known on every gateway of the store at once. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startProxy } from '../../src/conformance/tcp-proxy.ts';
import { sha256Id } from '../../src/documents/manifest.ts';
import { openTrustedDocuments } from '../../src/documents/trusted-documents.ts';
import { projectRoot } from '../../src/project-root.ts';
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

// The compiler is 118 MB, so it is no package of ours: RELAY_COMPILER names its program where there is one.
test.runIf(process.env.RELAY_COMPILER)(
  'a manifest as Relay’s own compiler writes it is registered whole, and each of its ids is that of a text',
  async () => {
    const copy = await mkdtemp(join(tmpdir(), 'sightline-relay-'));
    const clients = join(copy, 'test/clients');
    await mkdir(join(clients, '__generated__'), { recursive: true });
    await mkdir(join(copy, 'schema'));
    for (const file of ['schema/sightline.graphql', 'test/clients/relay.ts'])
      await cp(join(projectRoot(), file), join(copy, file));
    const config = JSON.parse(await readFile(join(projectRoot(), 'test/clients/relay.config.json'), 'utf8'));
    await writeFile(
      join(clients, 'relay.config.json'),
      JSON.stringify({ ...config, persistConfig: { file: 'persisted.json' } }),
    );
    await writeFile(join(copy, 'persisted.json'), '{}');
    execFileSync(process.env.RELAY_COMPILER as string, ['test/clients/relay.config.json'], { cwd: copy });
    const written = await readFile(join(copy, 'persisted.json'), 'utf8');
    const artifact = await readFile(join(clients, '__generated__/relayCrisisQuery.graphql.ts'), 'utf8');
    await rm(copy, { recursive: true });
    // What the client sends is the id alone.
    const [, id = ''] = /"id": "(\w{32})",\n\s+"metadata"/.exec(artifact) ?? [];
    expect(artifact).toMatch(/"text": null/);

    expect(await run(written, 'register', '--client', 'relay')).toMatchObject({
      ...{ code: 0, err: '', out: 'relay: 1 registered, 0 were there already\n' },
    });
    const known = await gateway();
    expect(known.withId(id)).toMatchObject({ text: JSON.parse(written)[id] });
    expect(await run(written.replace('whatHelps', 'avoid'), 'register', '--client', 'relay')).toMatchObject({
      ...{ code: 1, err: `persisted-documents.json:2: the id ${id} is not the md5 of its text\n` },
    });
  },
);

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
