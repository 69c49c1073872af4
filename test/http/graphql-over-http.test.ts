import { request } from 'node:http';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from './support/served-gateway.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

/** Audits of queries by GET, which Sightline refuses: they would put identifiers into logs. */
const BY_GET = ['5A70', 'D6D5', '6A70'];

describe('GraphQL over HTTP', () => {
  const authorized: typeof fetch = async (url, init = {}) => {
    const authorization = `Bearer ${await served.issuer.token()}`;
    return fetch(url as string, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization },
    });
  };
  const audits = serverAudits({ url: () => `${served.url}/graphql`, fetchFn: authorized });

  it.each(
    audits.filter(({ id }) => !BY_GET.includes(id)).map((audit) => [audit.id, audit.name, audit] as const),
  )('%s %s', async (_id, _name, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' });
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused, and POST named', async (method) => {
    const response = await fetch(`${served.url}/graphql?query={viewer{name}}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('answers in the media type that is preferred', async () => {
    const query = { query: '{ viewer { name } }' };
    const types = [
      'application/json',
      'application/graphql-response+json',
      'application/graphql-response+json, application/json;q=0.9',
    ];
    const answers = await Promise.all(types.map((accept) => served.post(query, { accept })));
    expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual([
      'application/json; charset=utf-8',
      'application/graphql-response+json; charset=utf-8',
      'application/graphql-response+json; charset=utf-8',
    ]);
  });

  it.each(['text/html', 'image/*', 'application/json;q=0'])(
    'asks nobody anything for a client that reads only %s',
    async (accept) => {
      const before = served.asked.length;
      const answer = await served.post({ query: '{ viewer { name } }' }, { accept });
      expect([answer.status, answer.json.errors[0].extensions.code]).toEqual([406, 'BAD_USER_INPUT']);
      expect(served.asked.length).toBe(before);
    },
  );

  it.each(['*/*', 'application/*', 'text/html, application/json;q=0.1', ''])('answers %s', async (accept) => {
    expect((await served.post({ query: '{ viewer { name } }' }, { accept })).status).toBe(200);
  });

  it('offers its schema to those who have signed in', async () => {
    const answer = await served.post({ query: '{ __schema { queryType { name } } }' });
    expect(answer.json.data.__schema.queryType.name).toBe('Query');
  });
});

describe('a body that cannot be answered', () => {
  const bad: [string, unknown, Record<string, string>, number, string, RegExp][] = [
    ['malformed JSON', '{"query": ', {}, 400, 'BAD_USER_INPUT', /not JSON/],
    ['no body', '', {}, 400, 'BAD_USER_INPUT', /empty/],
    [
      'a form',
      'query=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'BAD_USER_INPUT',
      /application\/json/,
    ],
    ['plain text', '{}', { 'content-type': 'text/plain' }, 415, 'BAD_USER_INPUT', /application\/json/],
    [
      'several operations at once',
      [{ query: '{ viewer { name } }' }],
      {},
      400,
      'BAD_USER_INPUT',
      /batching/i,
    ],
    ['unparsable GraphQL', { query: '{ viewer {' }, {}, 400, 'GRAPHQL_PARSE_FAILED', /Syntax Error/],
    ['an unknown field', { query: '{ nobody }' }, {}, 400, 'GRAPHQL_VALIDATION_FAILED', /nobody/],
    [
      'a variable of another type',
      { query: 'query($i: [ID!]!) { people(ids: $i) { id } }', variables: { i: [{}] } },
      {},
      400,
      'BAD_USER_INPUT',
      /\$i/,
    ],
    [
      'a missing variable',
      { query: 'query($i: ID!) { person(id: $i) { id } }' },
      {},
      400,
      'BAD_USER_INPUT',
      /\$i/,
    ],
    [
      'an operation that is not there',
      { query: 'query A { viewer { name } }', operationName: 'B' },
      {},
      400,
      'BAD_USER_INPUT',
      /operationName/,
    ],
    [
      'one of two operations, unnamed',
      { query: 'query A { viewer { name } } query B { viewer { name } }' },
      {},
      400,
      'BAD_USER_INPUT',
      /operationName/,
    ],
    [
      'a subscription',
      { query: 'subscription { a }' },
      {},
      400,
      'BAD_USER_INPUT',
      /queries and mutations only/,
    ],
  ];
  it.each(bad)('%s', async (_what, body, headers, status, code, why) => {
    const answer = await served.post(body, headers);
    expect([answer.status, answer.json.errors[0].extensions.code]).toEqual([status, code]);
    expect(answer.json.errors[0].message).toMatch(why);
    expect(answer.json.data).toBeUndefined();
  });

  it('10 MB: refused, naming the limit, before it has all been sent', async () => {
    const answer = await served.post(JSON.stringify({ query: '#'.repeat(10_000_000) })).catch(() => null);
    // The connection may be cut while the rest is still being written: then the answer cannot be read.
    if (answer) {
      expect([answer.status, answer.json.errors[0].extensions.code]).toEqual([413, 'QUERY_REFUSED']);
      expect(answer.json.errors[0].message).toMatch(/1,048,576 bytes/);
    }
    expect((await served.post({ query: '{ viewer { name } }' })).status).toBe(200);
  });

  it('a length of 10 MB that is only announced is refused as well', async () => {
    const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': 10_000_000 };
      const sent = request(`${served.url}/graphql`, { method: 'POST', headers }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode, text });
      });
      sent.on('error', reject).write('{');
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text).errors[0].message).toMatch(/1,048,576 bytes/);
  });
});

describe('a probe for a persisted query', () => {
  const probe = { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } };

  // Seen to be answered by 200, so that clients took it for an answer.
  it.each([
    ['application/graphql-response+json', probe],
    ['application/json', probe],
    ['application/json', { ...probe, query: '{ viewer { name } }' }],
  ])('is told in %s that they are not supported: the client sends the text', async (accept, body) => {
    const { status, json } = await served.post(body, { accept });
    expect([status, json.errors.map(({ extensions }: { extensions: object }) => extensions)]).toEqual([
      400,
      [{ code: 'PERSISTED_QUERY_NOT_SUPPORTED' }],
    ]);
    expect(json.data ?? null).toBeNull();
  });
});

describe('the status of an answer', () => {
  it.each([
    ['refused', 400, 'PURPOSE_NOT_PERMITTED'],
    ['unrecorded', 503, 'REGISTER_UNAVAILABLE'],
    ['defect', 500, 'INTERNAL'],
  ])('%s: %i', async (purpose, status, code) => {
    for (const accept of ['application/graphql-response+json', 'application/json']) {
      const answer = await served.post(
        { query: '{ viewer { name } }' },
        { 'sharing-purpose': purpose, accept },
      );
      expect([answer.status, answer.json.errors[0].extensions.code]).toEqual([status, code]);
    }
  });

  it('is 200 wherever there are data, whatever is missing in them', async () => {
    const answer = await served.post({ query: '{ person(id: "1") { nickname withheld } broken }' });
    expect(answer.status).toBe(200);
    expect(answer.json.data).toEqual({ person: { nickname: 'M', withheld: null }, broken: null });
  });

  it('is 500 where a defect has left no data', async () => {
    expect((await served.post({ query: '{ needed }' })).status).toBe(500);
  });
});
