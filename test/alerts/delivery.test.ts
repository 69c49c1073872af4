import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createVerifier, httpbis } from 'http-message-signatures';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { deliverAlerts, queueSchema } from '../../src/alerts/deliver-alerts.ts';
import { countAlerts, listAlerts, sendAgain } from '../../src/alerts/outbox.ts';
import { fileReceivers, httpReceivers, type Receivers } from '../../src/alerts/receivers.ts';
import { alertKey, rotateAlertKey } from '../../src/alerts/signing-key.ts';
import { startProxy } from '../../src/conformance/tcp-proxy.ts';
import { projectRoot } from '../../src/project-root.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { StoreDatabase } from '../../src/store/tables.ts';
import { databaseOfRun } from '../support/made-once.ts';

let url: string;
let store: Store;
let db: StoreDatabase;
let dataDir: string;

beforeAll(async () => {
  url = await databaseOfRun('alerts');
  await migrate(url);
  store = openStore(url, { connections: 2 });
  db = store.db;
  dataDir = await mkdtemp(join(tmpdir(), 'sightline-alerts-'));
});
afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(() => asOwner(`truncate index_outbox; drop schema if exists ${queueSchema(url)} cascade`));

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

const raise = (organisation = 'police', kind = 'EXCLUDED_ATTEMPT') =>
  asOwner(`insert into index_outbox (organisation, kind, at, payload) values
    ('${organisation}', '${kind}', now(), '{"staff": "HO214", "records": ["400018"], "reference": "housing:1"}')`);

/** What was logged, and a delivery that ends with the test. */
function deliver(receivers: Receivers, options: Partial<Parameters<typeof deliverAlerts>[0]> = {}) {
  const logged: string[] = [];
  const take = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
  const delivery = deliverAlerts({
    ...{ storeUrl: url, receivers, organisations: ['police', 'housing'], retrySeconds: 1, turnMs: 200 },
    log: { info: take, warn: take, error: take },
    ...options,
  });
  onTestFinished(() => delivery.close());
  return { delivery, logged };
}

const states = async () =>
  (await listAlerts(db, { organisation: null, state: null, first: 50 })).map(({ state }) => state);

interface Post {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver over HTTP that answers with what `statusOf` says of the n-th post, from 0. */
async function receiver(statusOf: (nth: number) => number) {
  const posts: Post[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    posts.push({ headers: request.headers, body });
    response.writeHead(statusOf(posts.length - 1)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`;
  const key = () => alertKey(dataDir, null);
  return { posts, address, receivers: httpReceivers(new Map([['police', address]]), key, () => new Date()) };
}

describe('in the demo', () => {
  test('an alert stands in the file of its organisation, and nothing in it of anybody', async () => {
    deliver(fileReceivers(dataDir));
    await raise();
    await expect.poll(states).toEqual(['DELIVERED']);
    const text = await readFile(join(dataDir, 'alerts/police.jsonl'), 'utf8');
    const [{ alert = '' } = {}] = await listAlerts(db, { organisation: 'police', state: null, first: 1 });
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
        .at(-1),
    ).toEqual({
      specversion: '1.0',
      type: 'sightline.alert',
      source: '/sightline',
      id: alert,
      datacontenttype: 'application/json',
      data: { urgency: 'IMMEDIATE' },
    });
    expect(text).not.toMatch(/HO214|400018|housing|EXCLUDED|records/);
  });

  test('what lay there before anybody delivered is sent too', async () => {
    await raise('police');
    await raise('housing', 'REPEATED_DENIALS');
    deliver(fileReceivers(dataDir));
    await expect.poll(states).toEqual(['DELIVERED', 'DELIVERED']);
    expect(await readFile(join(dataDir, 'alerts/housing.jsonl'), 'utf8')).toContain(
      '"urgency":"WORKING_DAY"',
    );
  });
});

describe('over HTTP', () => {
  test('the receiver checks signature and digest by the public key, and finds a changed body out', async () => {
    const { posts, address, receivers } = await receiver(() => 204);
    deliver(receivers);
    await raise();
    await expect.poll(states).toEqual(['DELIVERED']);
    const { keyId, publicKey } = await alertKey(dataDir, null);
    const verify = ({ headers, body }: Post) => {
      const digest = headers['content-digest'];
      return httpbis
        .verifyMessage(
          {
            keyLookup: async ({ keyid }) =>
              keyid === keyId
                ? { id: keyId, algs: ['ed25519'], verify: createVerifier(publicKey, 'ed25519') }
                : null,
            requiredFields: ['@method', '@target-uri', 'content-digest'],
          },
          { method: 'POST', url: address, headers: headers as Record<string, string> },
        )
        .then(
          (sound) => sound === true && digest === digestOf(body),
          () => false,
        );
    };
    const [post] = posts as [Post];
    expect(await verify(post)).toBe(true);
    expect(await verify({ ...post, body: post.body.replace('IMMEDIATE', 'WORKING_DAY') })).toBe(false);
    expect(
      await verify({ ...post, headers: { ...post.headers, 'content-digest': digestOf('another') } }),
    ).toBe(false);
    expect(post.body + JSON.stringify(post.headers)).not.toMatch(/HO214|400018|EXCLUDED/);
  });

  test('one that fails is asked again, with the same id', async () => {
    const { posts, receivers } = await receiver((nth) => (nth < 2 ? 503 : 202));
    const { logged } = deliver(receivers);
    await raise();
    await expect.poll(states).toEqual(['DELIVERED']);
    const ids = posts.map(({ body }) => JSON.parse(body).id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect(logged.filter((line) => line.includes('the receiver answered 503'))).toHaveLength(2);
  });

  test('one that points elsewhere is no receipt, and nothing is carried there', async () => {
    const elsewhere = await receiver(() => 200);
    const { receivers } = await receiver(() => 301);
    deliver(receivers, { retries: 0 });
    await raise();
    await expect.poll(states).toEqual(['GIVEN_UP']);
    expect(elsewhere.posts).toEqual([]);
  });

  test('one that never answers well is given up and said so; sent again it arrives, with the same id', async () => {
    let status = 500;
    const { posts, receivers } = await receiver(() => status);
    const { logged } = deliver(receivers, { retries: 1 });
    await raise();
    await expect.poll(states).toEqual(['GIVEN_UP']);
    await expect.poll(() => logged.join()).toContain('could not be delivered');
    expect((await countAlerts(db)).counts.get('GIVEN_UP')).toBe(1);
    status = 200;
    expect(await sendAgain(db, null)).toBe(1);
    await expect.poll(states).toEqual(['DELIVERED']);
    expect(new Set(posts.map(({ body }) => JSON.parse(body).id)).size).toBe(1);
    expect(await sendAgain(db, null)).toBe(0);
  });

  test('one organisation whose receiver is down does not keep another’s waiting', async () => {
    const { address } = await receiver(() => 200);
    const both = new Map([
      ['police', 'http://127.0.0.1:9/alerts'],
      ['housing', address],
    ]);
    deliver(
      httpReceivers(
        both,
        () => alertKey(dataDir, null),
        () => new Date(),
      ),
    );
    await raise('police');
    await raise('housing');
    await expect.poll(states).toEqual(['DELIVERED', 'SENDING']);
  });

  test('an organisation without an address is warned of, and its alerts wait', async () => {
    const { receivers } = await receiver(() => 200);
    const { logged } = deliver(receivers);
    await raise('housing');
    await raise('police');
    await expect.poll(states).toEqual(['DELIVERED', 'WAITING']);
    expect(logged[0]).toContain('"housing"');
  });

  test('a new key is taken with the next alert', async () => {
    const { posts, receivers } = await receiver(() => 200);
    deliver(receivers);
    await raise();
    await expect.poll(states).toEqual(['DELIVERED']);
    const { before, now } = await rotateAlertKey(dataDir, async () => {});
    await raise();
    await expect.poll(states).toEqual(['DELIVERED', 'DELIVERED']);
    const used = posts.map(({ headers }) => /keyid="([^"]+)"/.exec(String(headers['signature-input']))?.[1]);
    expect(used).toEqual([before?.keyId, now.keyId]);
    expect(before?.keyId).not.toBe(now.keyId);
  });
});

describe('nothing is lost, and nothing sent twice that cannot be told by its id', () => {
  test('two gateways deliver from one store: each alert once', async () => {
    const { posts, receivers } = await receiver(() => 200);
    deliver(receivers);
    deliver(receivers);
    for (let count = 0; count < 30; count += 1) await raise();
    await expect.poll(async () => (await countAlerts(db)).counts.get('DELIVERED')).toBe(30);
    expect(posts.map(({ body }) => JSON.parse(body).id).toSorted()).toEqual(
      (await listAlerts(db, { organisation: null, state: null, first: 50 }))
        .map(({ alert }) => alert)
        .toSorted(),
    );
  });

  test.each([
    ['about to be sent', 1],
    ['sent, and nobody had written that', 2],
  ])('over kill -9 while it was %s', async (step, sent) => {
    const { posts, receivers, address } = await receiver(() => 200);
    await raise();
    const killed = spawn(process.execPath, [await program(), step, url, address, dataDir], {
      stdio: 'inherit',
    });
    await new Promise((resolve) => killed.once('close', resolve));
    expect(killed.signalCode).toBe('SIGKILL');
    expect(await states()).toEqual(['SENDING']);
    await asOwner(`update ${queueSchema(url)}.job set expire_in = '0 s' where state = 'active'`);
    deliver(receivers, { maintenanceSeconds: 1 });
    await expect.poll(states).toEqual(['DELIVERED']);
    expect(posts.map(({ body }) => JSON.parse(body).id)).toEqual(Array(sent).fill(await onlyAlert()));
  });

  test('over a store that goes away and comes back', async () => {
    const to = new URL(url);
    const proxy = await startProxy(to.hostname, Number(to.port || 5432));
    onTestFinished(() => proxy.close());
    const wired = new URL(url);
    wired.hostname = '127.0.0.1';
    wired.port = String(proxy.port);
    const { receivers } = await receiver(() => 200);
    deliver(receivers, { storeUrl: wired.href });
    await raise();
    await expect.poll(states).toEqual(['DELIVERED']);
    proxy.cut();
    await raise();
    proxy.restore();
    await expect.poll(states).toEqual(['DELIVERED', 'DELIVERED']);
  });
});

const digestOf = (body: string): string => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

const onlyAlert = async (): Promise<string | undefined> =>
  (await listAlerts(db, { organisation: null, state: null, first: 1 }))[0]?.alert;

/** The program that is killed, as one file that Node runs. */
async function program(): Promise<string> {
  const cache = join(projectRoot(), 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'alerts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const outfile = join(folder, 'killed.mjs');
  await build({
    ...{ entryPoints: [join(import.meta.dirname, 'killed-program.ts')], outfile },
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external' },
  });
  return outfile;
}
