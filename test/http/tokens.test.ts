import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, type Served, serve } from './support/served-gateway.ts';

const QUERY = { query: '{ viewer { name role } }' };
const seconds = Math.floor(NOW.getTime() / 1_000);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const asked = (token: string | null, more: Record<string, string> = {}) =>
  served.post(QUERY, { authorization: token === null ? null : `Bearer ${token}`, ...more });

describe('who is let in', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])('lets in a token that the issuer signed by %s', async (alg) => {
    const answer = await asked(await served.issuer.token({}, { alg }));
    expect(answer.status).toBe(200);
    expect(answer.json.data.viewer).toEqual({ name: 'Sam Okafor', role: 'response-officer' });
  });

  it('lets in a token whose issuer’s clock is a moment ahead', async () => {
    expect((await asked(await served.issuer.token({ nbf: seconds + 3 }))).status).toBe(200);
  });

  it('knows the caller by the token alone', async () => {
    const person = { system: 'NINO', value: 'QQ000214C' };
    await asked(await served.issuer.token({ site: '9012001', person, roles: ['triage-nurse', 'king'] }));
    expect(served.asked.at(-1)?.asking.caller).toEqual({
      sub: 'PC4417',
      name: 'Sam Okafor',
      organisation: 'police',
      site: '9012001',
      roles: ['triage-nurse'],
      role: 'triage-nurse',
      person,
    });
  });
});

describe('who is refused with 401, and told why', () => {
  const refused: [string, () => Promise<string | null> | string | null, RegExp][] = [
    ['no token', () => null, /Authorization: Bearer/],
    ['something that is no token', () => 'abc', /not a signed JSON Web Token/],
    ['an expired token', () => served.issuer.token({ exp: seconds - 60 }), /expired/],
    ['a token that never expires', () => served.issuer.token({ exp: undefined }), /claim exp/],
    ['a token of tomorrow', () => served.issuer.token({ nbf: seconds + 60 }), /not valid yet/],
    ['another audience', () => served.issuer.token({ aud: 'another' }), /claim aud/],
    ['another issuer', () => served.issuer.token({ iss: 'https://evil.example' }), /claim iss/],
    ['an algorithm nobody agreed on', () => served.issuer.token({}, { alg: 'ES384' }), /another algorithm/],
    [
      'a key the issuer does not publish',
      () => served.issuer.token({}, { kid: 'other' }),
      /does not publish/,
    ],
    ['a role that nobody knows', () => served.issuer.token({ roles: ['king'] }), /claim roles/],
    ['no name', () => served.issuer.token({ name: undefined }), /claim name/],
    ['an organisation that is no id', () => served.issuer.token({ org: 'Police; drop' }), /claim org/],
    [
      'a person of no known system',
      () => served.issuer.token({ person: { system: 'X', value: '1' } }),
      /claim person/,
    ],
    [
      'a person by a number that cannot be theirs: it would exclude them from nobody',
      () => served.issuer.token({ person: { system: 'NHS_NUMBER', value: '9990000019' } }),
      /claim person/,
    ],
    ['no signature (alg: none)', () => unsigned('none'), /another algorithm/],
    [
      'a shared secret (HS256)',
      () => served.issuer.token({}, { alg: 'HS256', key: new TextEncoder().encode('sightline') }),
      /another algorithm/,
    ],
    ['a forged signature', forged, /signature/],
  ];
  it.each(refused)('%s', async (_what, token, why) => {
    const answer = await asked(await token());
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(answer.json.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(answer.json.errors[0].message).toMatch(why);
    expect(answer.json.data).toBeUndefined();
  });

  it('401 for plain JSON as well', async () => {
    const answer = await served.post(QUERY, { authorization: null, accept: 'application/json' });
    expect(answer.status).toBe(401);
  });

  it('another scheme than Bearer', async () => {
    expect((await served.post(QUERY, { authorization: 'Basic abc' })).status).toBe(401);
  });

  function unsigned(alg: string): string {
    const payload = { iss: served.issuer.url, aud: 'sightline-test', exp: seconds + 60, sub: 'x' };
    return `${encode({ alg, typ: 'JWT' })}.${encode(payload)}.`;
  }

  async function forged(): Promise<string> {
    const { privateKey } = await generateKeyPair('ES256');
    return served.issuer.token({}, { key: privateKey });
  }
});

describe('several roles', () => {
  const both = { roles: ['response-officer', 'triage-nurse'] };

  it('must be chosen from', async () => {
    const answer = await asked(await served.issuer.token(both));
    expect(answer.status).toBe(400);
    expect(answer.json.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(answer.json.errors[0].message).toMatch(/Sharing-Role.*response-officer, triage-nurse/);
  });

  it('are told apart by Sharing-Role', async () => {
    const answer = await asked(await served.issuer.token(both), { 'sharing-role': 'triage-nurse' });
    expect(answer.json.data.viewer.role).toBe('triage-nurse');
  });

  it('cannot be added to', async () => {
    const answer = await asked(await served.issuer.token(), { 'sharing-role': 'triage-nurse' });
    expect(answer.status).toBe(400);
    expect(answer.json.errors[0].message).toMatch(/does not have/);
  });
});
