/** The issuer of tokens goes away: its keys are used for four hours, then nobody is let in, and nobody ever waits for it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type IssuerStatus, issuerKeys } from '../../src/caller/issuer-keys.ts';
import { startTestIssuer, type TestIssuer } from './support/oidc-issuer.ts';
import { type Answer, NOW, type Served, serve, trusted } from './support/served-gateway.ts';

const QUERY = { query: '{ viewer { name } }' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let at: number;
let issuer: TestIssuer;
let served: Served;
let told: IssuerStatus[];
const now = () => new Date(at);

beforeEach(async () => {
  at = NOW.getTime();
  told = [];
  issuer = await startTestIssuer(now);
  const keys = issuerKeys(issuer.url, now, (status) => told.push(status));
  served = await serve({ issuers: [trusted(issuer.url, { keys })], now });
});
afterEach(async () => {
  await served.close();
  await issuer.close();
});

const ask = async (token?: string): Promise<Answer> =>
  served.post(QUERY, { authorization: `Bearer ${token ?? (await issuer.token())}` });

it('down at the start: 503 with the desks to call and when to try again, and let in once it is up', async () => {
  await issuer.stop();
  const down = await ask();
  expect(down.status).toBe(503);
  expect(down.headers.get('retry-after')).toBe('30');
  const [error] = down.json.errors;
  expect(error.extensions.code).toBe('ISSUER_UNAVAILABLE');
  expect(error.extensions.contacts).toEqual([
    expect.objectContaining({ desk: 'Duty desk', phone: '01632 960400' }),
  ]);
  expect(error.message).toMatch(/sign-in service does not answer.*call the agencies/);
  expect(down.text).not.toContain(new URL(issuer.url).port);
  expect(served.lines.at(-1)).toMatchObject({
    code: 'ISSUER_UNAVAILABLE',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
  await issuer.restore();
  at += MINUTE;
  expect((await ask()).status).toBe(200);
  expect(told.map(({ state }) => state)).toEqual(['DOWN', 'UP']);
});

it.each([
  ['11 minutes', 11 * MINUTE, 200],
  ['3 hours 59 minutes', 4 * HOUR - MINUTE, 200],
  ['5 hours', 5 * HOUR, 503],
])('away for %s: %s', async (_, time, status) => {
  expect((await ask()).status).toBe(200);
  await issuer.stop();
  at += time;
  expect((await ask()).status).toBe(status);
  expect((await ask()).status).toBe(status);
  await issuer.restore();
  at += MINUTE;
  await expect.poll(async () => (await ask()).status).toBe(200);
});

it('hangs: whoever has a token by a known key is answered without it', async () => {
  expect((await ask()).status).toBe(200);
  issuer.delay(60_000);
  at += 11 * MINUTE;
  const before = issuer.asked();
  const answers = await Promise.all([ask(), ask(), ask(), ask()]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(issuer.asked()).toBe(before + 1);
});

it('hangs from the start: each is told so while it still hangs, and it is asked once, not once for each', async () => {
  issuer.delay(60_000);
  const answers = await Promise.all([ask(), ask(), ask()]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(issuer.asked()).toBe(1);
});

it('changes its keys: a token by a new key is let in at once, one by a key that is published no more is not', async () => {
  const old = await issuer.token();
  expect((await ask(old)).status).toBe(200);
  await issuer.rotate();
  at += MINUTE;
  expect((await ask()).status).toBe(200);
  expect((await ask(old)).json.errors[0].message).toMatch(/does not publish/);
});

it('is not asked again and again for keys that somebody invents', async () => {
  await ask();
  const before = issuer.asked();
  for (let invented = 0; invented < 5; invented += 1)
    await ask(await issuer.token({}, { kid: `no-${invented}` }));
  expect(issuer.asked()).toBe(before);
});

it('calls itself by a name that differs by a slash: the cause says so', async () => {
  const keys = issuerKeys(`${issuer.url}/`, now);
  await keys.refresh();
  expect(keys.status()).toMatchObject({
    state: 'DOWN',
    cause: expect.stringContaining('by the slash at the end alone'),
  });
});

it.each([
  ['a port that fetch refuses', 'http://127.0.0.1:6667', 'bad port'],
  ['nobody listening', 'http://127.0.0.1:9', 'cannot be fetched'],
])('says the cause: %s', async (_, url, cause) => {
  const keys = issuerKeys(url, now);
  await keys.refresh();
  expect(keys.status().cause).toContain(cause);
});
