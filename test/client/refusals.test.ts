/** What is thrown where nothing was answered: each told apart, and never an empty answer. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientOptions, createClient } from '../../src/client/ask.ts';
import { NotAnswered, type NotAnsweredKind } from '../../src/client/not-answered.ts';
import { notAnsweredInWords } from '../../src/client/words.ts';
import { personaOf, type SharedSightline, sharedSightline } from '../support/sightline.ts';

const FIND = `query ($family: String!) { findPeople(by: { familyName: $family, givenName: "Maya", dateOfBirth: "2002-03-14" }) { outcome } }`;
const KERR = { family: 'Kerr' };

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

async function officer(change: Partial<ClientOptions> = {}): Promise<ClientOptions> {
  const { purpose, reference } = personaOf('response-officer');
  const token = await sightline.tokens.issue(personaOf('response-officer'));
  return { url: `${sightline.url}/graphql`, token, purpose, reference, ...change };
}

async function refusalOf(options: ClientOptions, document = FIND, variables: Record<string, unknown> = KERR) {
  const answer = createClient(options).ask<unknown, Record<string, unknown>>(document, variables);
  const error = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NotAnswered)) throw new Error('answered, or failed otherwise', { cause: error });
  return error;
}

describe('the gateway refuses', () => {
  test.each<[string, NotAnsweredKind, Partial<ClientOptions>, document?: string, variables?: object]>([
    ['without a token', 'SIGN_IN', { token: null }],
    ['with what is no token', 'SIGN_IN', { token: 'not.a.token' }],
    ['without a purpose', 'PURPOSE', { purpose: null }],
    ['for a purpose of other roles', 'PURPOSE', { purpose: 'service-planning' }],
    ['without a reference', 'REFERENCE', { reference: '' }],
    ['on a reference that is none', 'INPUT', { reference: 'Maya' }],
    ['what is no query', 'DOCUMENT', {}, '{ findPeople('],
    ['what asks for no such field', 'DOCUMENT', {}, '{ everything }'],
    ['variables of another type', 'INPUT', {}, FIND, { family: { first: 'Kerr' } }],
    ['a query that costs too much', 'LIMIT', {}, `{ ${'agencies { id } '.repeat(2_000)} }`],
  ])('%s', async (_, kind, change, document = FIND, variables = KERR) => {
    const error = await refusalOf(await officer(change), document, variables as Record<string, unknown>);
    expect(error).toMatchObject({ kind, status: expect.any(Number), requestId: expect.any(String) });
    expect(error.message.length).toBeGreaterThan(10);
    expect(notAnsweredInWords(error)).toContain(error.message);
  });

  test('a token that has run out is asked for once more, with the reason, and what it then gives is tried once', async () => {
    const fresh = await sightline.tokens.issue(personaOf('response-officer'));
    const asked: (NotAnsweredKind | null)[] = [];
    const token = (refused?: NotAnswered) => {
      asked.push(refused?.kind ?? null);
      return refused ? fresh : 'an.old.token';
    };
    const { data } = await createClient(await officer({ token })).ask(FIND, KERR);
    expect(data).toMatchObject({ findPeople: { outcome: 'MATCH' } });
    expect(asked).toEqual([null, 'SIGN_IN']);
  });

  test('a token that stays refused is not tried for ever', async () => {
    let times = 0;
    const token = () => `not.a.token${++times}`;
    expect((await refusalOf(await officer({ token }))).kind).toBe('SIGN_IN');
    expect(times).toBe(2);
  });
});

describe('what answers is no gateway', () => {
  let reply: RequestListener;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => reply(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  });
  afterAll(() => server.close());

  const answering =
    (status: number, headers: Record<string, string>, body: string): RequestListener =>
    (_, response) =>
      void response.writeHead(status, headers).end(body);
  const HTML = { 'content-type': 'text/html' };
  const JSON_ = { 'content-type': 'application/json' };
  const inAMinute = () => new Date(Date.now() + 60_000).toUTCString();

  test.each<[string, NotAnsweredKind, number | null, () => RequestListener]>([
    ['a page of HTML', 'NOT_GRAPHQL', null, () => answering(200, HTML, '<h1>Welcome</h1>')],
    ['another page’s 404', 'NOT_GRAPHQL', null, () => answering(404, HTML, '<h1>No such page</h1>')],
    ['a proxy that wants a sign-in', 'SIGN_IN', null, () => answering(401, HTML, 'Sign in')],
    ['a proxy that is busy', 'WAIT', 7, () => answering(429, { ...HTML, 'retry-after': '7' }, 'Slow down')],
    ['a proxy without the gateway', 'UNAVAILABLE', null, () => answering(502, HTML, 'Bad gateway')],
    [
      'a proxy that says when',
      'UNAVAILABLE',
      60,
      () => answering(503, { ...HTML, 'retry-after': inAMinute() }, 'Later'),
    ],
    ['a redirect to a login', 'NOT_GRAPHQL', null, () => answering(302, { location: '/login' }, '')],
    ['nothing at all', 'NOT_GRAPHQL', null, () => answering(200, JSON_, '')],
    ['JSON that is no answer', 'NOT_GRAPHQL', null, () => answering(200, JSON_, '{"ok":true}')],
    ['JSON null', 'NOT_GRAPHQL', null, () => answering(200, JSON_, 'null')],
    [
      'a GraphQL server that does not say what it leaves out',
      'NOT_GRAPHQL',
      null,
      () => answering(200, JSON_, '{"data":{"findPeople":{"outcome":"MATCH"}}}'),
    ],
    [
      'a refusal that this client does not know',
      'OTHER',
      null,
      () => answering(400, JSON_, '{"errors":[{"message":"No","extensions":{"code":"MOON_PHASE"}}]}'),
    ],
    [
      'an answer that breaks off',
      'NO_CONNECTION',
      null,
      () => (_, response) => {
        response.writeHead(200, { ...JSON_, 'content-length': '1000' }).write('{"data":');
        response.destroy();
      },
    ],
  ])('%s', async (_, kind, seconds, listener) => {
    reply = listener();
    const error = await refusalOf({ url, token: 'a.b.c', purpose: 'emergency', reference: 'police:1' });
    expect(error.kind).toBe(kind);
    if (seconds !== null) expect(Math.abs((error.waitSeconds ?? 0) - seconds)).toBeLessThanOrEqual(30);
    else expect(error.waitSeconds).toBeNull();
  });

  test('an error at a place that no hole names is a hole there: what is null is not “none”', async () => {
    const body = {
      data: { agencies: [], viewer: null, plan: null },
      errors: [{ message: 'Failed', path: ['viewer'], extensions: { code: 'INTERNAL', id: 'x' } }],
      extensions: { holes: [{ path: ['plan'], state: 'UNAVAILABLE' }] },
    };
    reply = answering(200, JSON_, JSON.stringify(body));
    const { holesAt } = await createClient({ url, token: null }).ask('{ agencies { id } }');
    expect(holesAt('viewer.name')).toMatchObject([{ state: 'NOT_AVAILABLE', message: 'Failed' }]);
    expect(holesAt('plan')).toMatchObject([{ state: 'UNAVAILABLE' }]);
    expect(holesAt('agencies')).toEqual([]);
  });

  test('a document that the gateway knows by no id is sent as text; one that has no text is not trusted', async () => {
    const bodies: unknown[] = [];
    reply = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = JSON.parse(Buffer.concat(chunks).toString());
      bodies.push(body);
      const answer = body.query
        ? { data: { a: 1 }, extensions: { holes: [] } }
        : { errors: [{ message: 'Unknown', extensions: { code: 'PERSISTED_DOCUMENT_NOT_FOUND' } }] };
      response.writeHead(body.query ? 200 : 400, JSON_).end(JSON.stringify(answer));
    };
    const client = createClient({ url, token: null });
    await client.ask(Object.assign(new String('{ a }'), { __meta__: { hash: 'h1' } }), {});
    expect(bodies).toEqual([
      { documentId: 'h1', variables: {} },
      { query: '{ a }', variables: {} },
    ]);
    const asked = client.ask({ params: { id: 'h2', text: null } } as object, {});
    await expect(asked).rejects.toMatchObject({ kind: 'NOT_TRUSTED' });
  });

  test('what a redirect points at is sent nothing', async () => {
    const seen: string[] = [];
    reply = (request, response) => {
      seen.push(String(request.url));
      response.writeHead(307, { location: '/elsewhere' }).end();
    };
    await refusalOf({ url, token: 'a.b.c' });
    expect(seen).toEqual(['/graphql']);
  });

  test('a question that is taken back', async () => {
    const taken = new AbortController();
    reply = () => taken.abort();
    const asked = createClient({ url, token: null }).ask(FIND, KERR, { signal: taken.signal });
    await expect(asked).rejects.toMatchObject({ kind: 'ABORTED', status: null });
  });

  test('a question that was taken back before it was sent', async () => {
    const asked = createClient({ url, token: null }).ask(FIND, KERR, { signal: AbortSignal.abort() });
    await expect(asked).rejects.toMatchObject({ kind: 'ABORTED' });
  });

  test('no connection', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await refusalOf({ url: `http://127.0.0.1:${port}/graphql`, token: null });
    expect(error).toMatchObject({ kind: 'NO_CONNECTION', status: null, cause: expect.any(Error) });
  });

  test('a reference with letters that no header takes is wrong, not a lost connection', async () => {
    const error = await refusalOf({ url, token: 'a.b.c', reference: 'police:26–000123' });
    expect(error).toMatchObject({ kind: 'INPUT', status: null, message: expect.stringMatching(/reference/) });
  });

  test('an address that is none is refused before anything is asked', () => {
    expect(() => createClient({ url: 'not an address', token: null })).toThrow(TypeError);
  });
});
