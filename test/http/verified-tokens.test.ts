/** A token's signature is checked once. All that may change since is looked at with every request, as if it were the first. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { issuerKeys } from '../../src/caller/issuer-keys.ts';
import { startTestIssuer, type TestIssuer } from './support/oidc-issuer.ts';
import { NOW, POLICY, type Served, serve, trusted } from './support/served-gateway.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let at: number;
let issuer: TestIssuer;
let policy: typeof POLICY;
const now = () => new Date(at);
const open: Served[] = [];

const served = async (more: Parameters<typeof trusted>[1] = {}) => {
  const one = await serve({
    issuers: [trusted(issuer.url, { keys: issuerKeys(issuer.url, now), ...more })],
    policy: () => policy,
    now,
  });
  open.push(one);
  return async (token: string) => {
    const { status, json } = await one.post(
      { query: '{ viewer { name } }' },
      { authorization: `Bearer ${token}` },
    );
    return { status, why: json.errors?.[0].message as string | undefined };
  };
};
beforeEach(async () => {
  at = NOW.getTime();
  policy = POLICY;
  issuer = await startTestIssuer(now);
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await issuer.close();
});
const seconds = () => Math.floor(at / 1_000);

it('a token that was let in is let in again, and refused once it has expired', async () => {
  const ask = await served();
  const token = await issuer.token({ exp: seconds() + 600 });
  for (let time = 0; time < 3; time += 1) expect((await ask(token)).status).toBe(200);
  at += 11 * MINUTE;
  expect(await ask(token)).toMatchObject({ status: 401, why: expect.stringMatching(/expired/) });
});

it('one that grows older than the issuer’s tokens may is refused, though it has not expired', async () => {
  const ask = await served({ maxTokenAgeSeconds: 300 });
  const token = await issuer.token({ iat: seconds(), exp: seconds() + 3_600 });
  expect((await ask(token)).status).toBe(200);
  at += 6 * MINUTE;
  expect(await ask(token)).toMatchObject({ status: 401, why: expect.stringMatching(/too long ago/) });
});

it('a clock that is set back refuses a token that is not valid yet', async () => {
  const ask = await served();
  const token = await issuer.token({ nbf: seconds(), iat: seconds() });
  expect((await ask(token)).status).toBe(200);
  at -= 10 * MINUTE;
  expect((await ask(token)).status).toBe(401);
});

it('a key that the issuer publishes no more takes its tokens with it, once the keys are fetched again', async () => {
  const ask = await served();
  const token = await issuer.token();
  expect((await ask(token)).status).toBe(200);
  await issuer.rotate();
  at += MINUTE;
  // A token by a new key has the keys fetched.
  expect((await ask(await issuer.token())).status).toBe(200);
  expect(await ask(token)).toMatchObject({ status: 401, why: expect.stringMatching(/does not publish/) });
});

it('keys that have run out let nobody in, whoever was let in before', async () => {
  const ask = await served();
  const token = await issuer.token({ exp: seconds() + 24 * 3_600 });
  expect((await ask(token)).status).toBe(200);
  await issuer.stop();
  at += 5 * HOUR;
  expect((await ask(token)).status).toBe(503);
  await issuer.restore();
});

it('what was let in for one audience is not let in where another is asked', async () => {
  const here = await served();
  const elsewhere = await served({ audiences: ['another'] });
  const token = await issuer.token();
  expect((await here(token)).status).toBe(200);
  expect(await elsewhere(token)).toMatchObject({ status: 401, why: expect.stringMatching(/claim aud/) });
});

it('a role that policy takes from an organisation refuses the very next request', async () => {
  const ask = await served();
  const token = await issuer.token();
  expect((await ask(token)).status).toBe(200);
  policy = { ...POLICY, roles: new Map([...POLICY.roles].filter(([role]) => role !== 'response-officer')) };
  expect(await ask(token)).toMatchObject({ status: 401, why: expect.stringMatching(/claim roles/) });
});

it('a token with another signature than the one that was verified is verified itself', async () => {
  const ask = await served();
  const token = await issuer.token();
  expect((await ask(token)).status).toBe(200);
  const other = await issuer.token({ name: 'Somebody Else' });
  const forged = [...token.split('.').slice(0, 2), other.split('.')[2]].join('.');
  expect(await ask(forged)).toMatchObject({ status: 401, why: expect.stringMatching(/signature/) });
});
