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

  it('lets in an access token that carries a nonce, as older releases of Keycloak give it', async () => {
    for (const token of [
      await served.issuer.token({ nonce: 'n', typ: 'Bearer' }),
      await served.issuer.token({ nonce: 'n' }, { typ: 'at+jwt' }),
    ])
      expect((await asked(token)).status).toBe(200);
  });

  it('lets in a token for several audiences, of which one is ours', async () => {
    expect((await asked(await served.issuer.token({ aud: ['account', 'sightline-test'] }))).status).toBe(200);
  });

  it.each(['triage-nurse', 'RESPONSE-OFFICER', 'response-officer, triage-nurse', '__proto__'])(
    'asks in no role by Sharing-Role that the token does not have: %s',
    async (role) => {
      const answer = await asked(await served.issuer.token(), { 'sharing-role': role });
      expect(answer.status).toBe(400);
      expect(answer.json.errors[0].message).toMatch(/role that your token does not have/);
    },
  );

  it('lets in a token whose issuer’s clock is a moment ahead', async () => {
    expect((await asked(await served.issuer.token({ nbf: seconds + 3 }))).status).toBe(200);
  });

  it('knows the caller by the token alone', async () => {
    const person = { system: 'NINO', value: 'QQ000214C' };
    await asked(
      await served.issuer.token({
        site: '9012001',
        person,
        azp: 'page',
        roles: ['governance-officer', 'king'],
      }),
    );
    expect(served.asked.at(-1)?.asking.caller).toEqual({
      sub: 'PC4417',
      staff: 'PC4417',
      name: 'Sam Okafor',
      organisation: 'police',
      site: '9012001',
      roles: ['governance-officer'],
      role: 'governance-officer',
      person,
      issuer: served.issuer.url,
      client: 'page',
      actor: null,
    });
  });
});

describe('who is refused with 401, and told why', () => {
  const refused: [string, () => Promise<string | null> | string | null, RegExp][] = [
    ['no token', () => null, /Authorization: Bearer/],
    ['something that is no token', () => 'abc', /not a signed JSON Web Token/],
    [
      'an ID token for a page whose client id is the audience',
      () => served.issuer.token({ nonce: 'n-0S6_WzA2Mj' }),
      /no access token/,
    ],
    [
      'an organisation in capitals',
      () => served.issuer.token({ org: 'POLICE' }),
      /no organisation of Sightline/,
    ],
    [
      'two roles, one of which the organisation may not hold',
      () => served.issuer.token({ roles: ['response-officer', 'triage-nurse'] }),
      /role triage-nurse in police, which may not hold it/,
    ],
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
      'two organisations',
      () => served.issuer.token({ org: ['police', 'mental-health'] }),
      /claim org names several/,
    ],
    [
      'a token issued in the future',
      () => served.issuer.token({ iat: seconds + 60 }),
      /issued in the future/,
    ],
    ['an ID token, by its type', () => served.issuer.token({}, { typ: 'id_token+jwt' }), /no access token/],
    [
      'an ID token, by the hash of the access token beside it',
      () => served.issuer.token({ at_hash: 'x' }),
      /no access token/,
    ],
    ['a refresh token', () => served.issuer.token({ typ: 'Refresh' }), /no access token/],
    [
      'a logout token',
      () =>
        served.issuer.token(
          { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
          { typ: 'logout+jwt' },
        ),
      /no access token/,
    ],
    [
      'an issuer whose name differs by a slash',
      () => served.issuer.token({ iss: `${served.issuer.url}/` }),
      /claim iss.* differs by the slash at its end alone/,
    ],
    [
      'a system that nobody let act for officers',
      () => served.issuer.token({ act: { sub: 'case-system' } }),
      /acts for somebody/,
    ],
    [
      'a system that asks as itself and may not',
      () => served.issuer.token({ sub: 'batch', client_id: 'batch' }),
      /of a system and of nobody/,
    ],
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

  it('and says the reason in the log, without anything of the token', async () => {
    await asked(await served.issuer.token({ sub: 'PC-SECRET', exp: seconds - 60 }));
    expect(served.lines.at(-1)).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'The token has expired.' });
    expect(JSON.stringify(served.lines)).not.toMatch(/PC-SECRET|Okafor/);
  });

  it.each(['JWT', 'at+jwt', 'application/at+jwt'])('but not an access token of type %s', async (typ) => {
    expect((await asked(await served.issuer.token({}, { typ }))).status).toBe(200);
  });

  it('401 for plain JSON as well', async () => {
    const answer = await served.post(QUERY, { authorization: null, accept: 'application/json' });
    expect(answer.status).toBe(401);
  });

  it('another scheme than Bearer', async () => {
    expect((await served.post(QUERY, { authorization: 'Basic abc' })).status).toBe(401);
  });

  function unsigned(alg: string): string {
    const payload = {
      iss: served.issuer.url,
      iat: seconds,
      aud: 'sightline-test',
      exp: seconds + 60,
      sub: 'x',
    };
    return `${encode({ alg, typ: 'JWT' })}.${encode(payload)}.`;
  }

  async function forged(): Promise<string> {
    const { privateKey } = await generateKeyPair('ES256');
    return served.issuer.token({}, { key: privateKey });
  }
});

describe('several roles', () => {
  const both = { roles: ['response-officer', 'governance-officer'] };

  it('must be chosen from', async () => {
    const answer = await asked(await served.issuer.token(both));
    expect(answer.status).toBe(400);
    expect(answer.json.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(answer.json.errors[0].message).toMatch(/Sharing-Role.*response-officer, governance-officer/);
  });

  it('are told apart by Sharing-Role', async () => {
    const answer = await asked(await served.issuer.token(both), { 'sharing-role': 'governance-officer' });
    expect(answer.json.data.viewer.role).toBe('governance-officer');
  });

  it('cannot be added to', async () => {
    const answer = await asked(await served.issuer.token(), { 'sharing-role': 'triage-nurse' });
    expect(answer.status).toBe(400);
    expect(answer.json.errors[0].message).toMatch(/does not have/);
  });
});
