import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERSONAS } from '../../src/demo/personas.ts';
import { createTokenIssuer } from '../../src/demo/token-issuer.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { buildOperator } from '../../src/http/server.ts';
import { NOW, post, type Served, STATUS, serve } from './support/served-gateway.ts';

describe('the public listener', () => {
  let served: Served;
  let reason: string | null = null;
  beforeAll(async () => {
    served = await serve({ notReady: async () => reason });
  });
  afterAll(() => served.close());
  const get = (path: string) => fetch(served.url + path, { redirect: 'manual' });

  it('is live, and ready as long as the store is', async () => {
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
    reason = 'the own store cannot be reached';
    const unready = await get('/health/ready');
    expect([unready.status, await unready.json()]).toEqual([503, { status: 'not ready', reason }]);
    expect((await get('/health/live')).status).toBe(200);
    reason = null;
  });

  it.each(['/metrics', '/health/agencies', '/demo/personas', '/demo/token'])(
    'does not know %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
      expect((await post(served.url + path, { persona: 'response-officer' }, {})).status).toBe(404);
    },
  );

  it('guards every answer against being framed, sniffed or kept', async () => {
    for (const path of ['/graphql', '/health/live', '/nowhere']) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('serves GraphiQL: the page anew each time, its files for good', async () => {
    const page = await get('/graphiql');
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'/);
    const script = await get('/graphiql/main-ABC.js');
    expect(script.headers.get('cache-control')).toMatch(/immutable/);
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
    const slash = await get('/graphiql/');
    expect([slash.status, slash.headers.get('location')]).toEqual([308, '/graphiql']);
    expect(await (await get('/graphiql/config.json')).json()).toMatchObject({ demo: false, oidc: null });
    expect((await get('/graphiql/../package.json')).status).toBe(404);
  });
});

it('lets GraphiQL speak to the sign-in issuer, and to nobody else', async () => {
  const oidc = {
    ...{ issuer: 'https://login.example/realm', clientId: 'graphiql', scope: 'openid' },
    ...{ resource: null, maxAgeSeconds: null },
  };
  const config = {
    demo: false,
    oidc,
    examples: [],
    purposes: [],
    purposesOf: {},
    idleLockMinutes: 15,
    agencies: {},
  };
  const files = new Map([
    ['/graphiql', { body: Buffer.from(''), packed: {}, contentType: 'text/html', immutable: false }],
  ]);
  const served = await serve({
    graphiql: { files, config, connectTo: () => ['https://login.example', 'https://tokens.example'] },
  });
  try {
    const policy = (await fetch(`${served.url}/graphiql`)).headers.get('content-security-policy');
    expect(policy).toMatch(/connect-src 'self' https:\/\/login\.example https:\/\/tokens\.example;/);
  } finally {
    await served.close();
  }
});

describe('the demo', () => {
  let served: Served;
  beforeAll(async () => {
    const tokens = await createTokenIssuer(() => NOW);
    served = await serve({ issuers: [tokens], demo: { personas: PERSONAS, issue: tokens.issue } });
  });
  afterAll(() => served.close());

  it('lists who may be signed in as, without who they are as a person', async () => {
    const personas = (await (await fetch(`${served.url}/demo/personas`)).json()) as Record<string, unknown>[];
    expect(personas.map(({ persona }) => persona)).toEqual(PERSONAS.map(({ persona }) => persona));
    expect(personas.every((one) => !('sub' in one) && !('person' in one))).toBe(true);
  });

  it('gives a persona a token that is let in', async () => {
    const given = await post(`${served.url}/demo/token`, { persona: 'triage-nurse' }, {});
    const { access_token, ...rest } = given.json;
    expect(rest).toEqual({
      persona: 'triage-nurse',
      purpose: 'mental-health-crisis',
      reference: expect.stringMatching(/^police:/),
    });
    const answer = await served.post(
      { query: '{ viewer { role } }' },
      { authorization: `Bearer ${access_token}` },
    );
    expect(answer.json.data).toEqual({ viewer: { role: 'triage-nurse' } });
  });

  it.each([[{ persona: 'king' }], [{}], [[]], ['null']])(
    'refuses %j, and names those there are',
    async (body) => {
      const answer = await post(`${served.url}/demo/token`, body, {});
      expect(answer.status).toBe(404);
      expect(answer.json.errors[0].message).toMatch(/response-officer, triage-nurse/);
    },
  );
});

it('tells operators, and them alone, how agencies, feeds, register, policy and process do', async () => {
  const status = async () => STATUS;
  const operator = buildOperator({ metrics: createMetrics(status), status, log: pino({ level: 'silent' }) });
  const url = await operator.listen({ host: '127.0.0.1', port: 0 });
  try {
    expect(await (await fetch(`${url}/health/agencies`)).json()).toEqual(
      JSON.parse(JSON.stringify({ agencies: STATUS.agencies })),
    );
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('sightline_agency_state{agency="mental-health",state="DOWN"} 1');
    expect(text).toContain('sightline_register_waiting 3');
    expect(text).toContain('sightline_register_written 41');
    expect(text).toContain('sightline_alerts{state="GIVEN_UP"} 2');
    expect(text).toMatch(/sightline_alert_oldest_seconds [1-9]/);
    expect(text).toContain('sightline_feed_age_seconds{agency="police"} 90');
    expect(text).toContain('sightline_feed_overdue{agency="mental-health"} 1');
    expect(text).not.toContain('sightline_feed_age_seconds{agency="mental-health"}');
    expect(text).toContain('sightline_policy_info{version="f00d"} 1');
    expect(text).toContain(
      `sightline_policy_in_force_since_seconds ${Date.parse('2026-11-22T02:00:00Z') / 1_000}`,
    );
    expect(text).toContain('sightline_policy_failing 1');
    expect(text).toContain('sightline_agreements_withdrawn 2');
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect((await fetch(`${url}/graphql`, { method: 'POST' })).status).toBe(404);
  } finally {
    await operator.close();
  }
});
