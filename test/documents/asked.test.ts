/** Trusted documents over HTTP, on a gateway that answers nothing else, and what somebody tries who would like it to. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sha256Id } from '../../src/documents/manifest.ts';
import { OWN_PAGES } from '../../src/documents/trusted-documents.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { documentsCommandOn } from './support/command.ts';

const VIEWER = 'query Viewer { viewer { role } }';
const MAYA = `query Maya($by: PersonSearch!) { findPeople(by: $by) { people { person { crisisPlan { state whatHelps } } } } }`;
const END = 'mutation End($id: ID!) { endBreakGlass(id: $id) { state } }';
const RETIRED = 'query Retired { viewer { name } }';
const OURS = 'query Ours { viewer { organisation } }';
const BY = { by: { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' } };

let only: Sightline;
beforeAll(async () => {
  only = await startSightline({ trustedDocuments: 'only', pageDocuments: [OURS] });
  const run = documentsCommandOn(only);
  await run(
    { 'viewer.1': VIEWER, [sha256Id(MAYA)]: MAYA, end: END, retired: RETIRED },
    'register',
    '--client',
    'bed-board',
  );
  await run({ 'street-viewer': 'query Street { viewer { site } }' }, 'register', '--client', 'street');
  await vi.waitFor(() => expect(only.documents.withId('retired')).not.toBeNull(), WAIT);
  await run(null, 'retire', 'retired', '--client', 'bed-board');
  await vi.waitFor(() => expect(only.documents.withId('retired')).toBeNull(), WAIT);
}, 240_000);
afterAll(() => only?.close());
const WAIT = { timeout: 60_000, interval: 50 };

/** Posts a body as a persona, or with the headers given. */
async function post(persona: string | null, body: unknown, headers: Record<string, string> = {}) {
  const who = persona === null ? null : personaOf(persona);
  const token = who && (await only.tokens.issue(who));
  const response = await fetch(`${only.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(who && { authorization: `Bearer ${token}` }),
      ...(who?.purpose && { 'sharing-purpose': who.purpose }),
      ...(who?.reference && { 'sharing-reference': who.reference }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text);
  // biome-ignore lint/suspicious/noExplicitAny: whatever the document has
  return { status: response.status, data: data as any, text, code: errors[0]?.extensions?.code, errors };
}
const refusals = async () =>
  (
    await only.store(
      `select entry from register_entry where entry like '%"kind":"REFUSAL"%' and entry like '%PERSISTED_%' order by seq`,
    )
  ).map(({ entry }) => JSON.parse(String(entry)));

describe('a registered document is asked by its id', () => {
  test('as it was registered', async () => {
    const { status, data } = await post('response-officer', { documentId: 'viewer.1' });
    expect([status, data]).toEqual([200, { viewer: { role: 'response-officer' } }]);
  });

  test('by the hash of its text, which any client may make', async () => {
    const { data } = await post('response-officer', { documentId: sha256Id(VIEWER) });
    expect(data).toEqual({ viewer: { role: 'response-officer' } });
  });

  test('with variables and the name of its operation', async () => {
    const asked = { documentId: sha256Id(MAYA), operationName: 'Maya', variables: BY };
    const { data } = await post('response-officer', asked);
    expect(data.findPeople.people[0].person.crisisPlan.whatHelps).toContain('low voice');
  });

  test('by its very text', async () => {
    expect((await post('response-officer', { query: VIEWER })).status).toBe(200);
  });

  test('and a text of our own pages is trusted by itself', async () => {
    expect((await post('governance-officer', { query: OURS })).status).toBe(200);
    expect((await post('governance-officer', { documentId: sha256Id(OURS) })).status).toBe(200);
  });

  test('it gives nobody what they could not ask before', async () => {
    const asked = { documentId: sha256Id(MAYA), variables: BY };
    const { data } = await post('housing-officer', asked);
    const text = await only.ask('housing-officer', MAYA, { variables: BY });
    expect(data).toEqual(text.data);
    expect(JSON.stringify(data)).not.toContain('low voice');
  });

  test('that of another client answers alike: it is no permission', async () => {
    const { data } = await post('response-officer', { documentId: 'street-viewer' });
    expect(data).toEqual({ viewer: { site: null } });
  });
});

describe('nothing else is answered', () => {
  test.each([
    ['a text that nobody registered', { query: '{ viewer { name } }' }],
    ['a registered one with a space more', { query: `${VIEWER} ` }],
    ['with a comment before it', { query: `# viewer.1\n${VIEWER}` }],
    ['in other words, that mean the same', { query: 'query Viewer { viewer { r: role } }' }],
    ['one that was retired', { query: RETIRED }],
    ['one behind the schema’s', { query: '{ __schema { queryType { name } } viewer { name } }' }],
    ['one in a fragment beside it', { query: '{ ...A __typename } fragment A on Query { viewer { name } }' }],
    [
      'a second operation, beside one of the schema',
      { query: 'query A { __typename } query B { viewer { name } }', operationName: 'B' },
    ],
    ['one that is no GraphQL', { query: '{ viewer { name ' }],
  ])('%s', async (_, body) => {
    const before = (await refusals()).length;
    const { status, code, data } = await post('response-officer', body);
    expect([status, code, data]).toEqual([400, 'PERSISTED_DOCUMENT_REQUIRED', undefined]);
    const [entry] = (await refusals()).slice(before);
    expect(entry).toMatchObject({
      ...{ kind: 'REFUSAL', role: 'response-officer', person: null },
      outcomes: [{ state: 'WITHHELD', reason: 'PERSISTED_DOCUMENT_REQUIRED' }],
    });
  });

  test.each([
    ['nobody’s id', 'nobody'],
    ['a retired one', 'retired'],
    ['the hash of a retired one', sha256Id(RETIRED)],
    ['none at all', ''],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['an id with a space', ' viewer.1'],
    ['an id in capitals', 'VIEWER.1'],
    ['a very long one', 'a'.repeat(100_000)],
  ])('an id that is not registered: %s', async (_, documentId) => {
    const { status, code, errors } = await post('response-officer', { documentId, variables: BY });
    expect([status, code]).toEqual([400, 'PERSISTED_DOCUMENT_NOT_FOUND']);
    expect(errors).toHaveLength(1);
    expect(errors[0].message).toBe('No document with this id is registered here, or no longer.');
    expect((await refusals()).at(-1)).toMatchObject({
      outcomes: [{ reason: 'PERSISTED_DOCUMENT_NOT_FOUND' }],
    });
  });

  test.each([
    ['an id and a text', { documentId: 'viewer.1', query: '{ viewer { name } }' }],
    ['an id and its own text', { documentId: 'viewer.1', query: VIEWER }],
    ['an id that is a number', { documentId: 1 }],
    ['ids in a list', { documentId: ['viewer.1'] }],
    ['an id that is an object', { documentId: { toString: 'viewer.1' } }],
    ['a text that is no text', { query: ['{ viewer { name } }'] }],
    ['a batch', [{ documentId: 'viewer.1' }, { query: '{ viewer { name } }' }]],
    ['a batch of texts', [{ query: '{ viewer { name } }' }]],
    ['neither', { variables: {} }],
    ['nothing', null],
    ['a prototype with a text', '{"__proto__": {"query": "{ viewer { name } }"}}'],
    [
      'a text given twice, of which the last counts',
      '{"documentId": "viewer.1", "query": "", "query": "{ viewer { name } }"}',
    ],
  ])('%s', async (_, body) => {
    const { status, data } = await post('response-officer', body);
    expect([status, data]).toEqual([400, undefined]);
  });

  test('a hash by which a text is to be sent later', async () => {
    const persistedQuery = { version: 1, sha256Hash: sha256Id(VIEWER).slice(7) };
    const { code } = await post('response-officer', { extensions: { persistedQuery } });
    expect(code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    const both = await post('response-officer', {
      query: '{ viewer { name } }',
      extensions: { persistedQuery },
    });
    expect(both.data).toBeUndefined();
  });

  test('by GET nothing is asked, a mutation least of all', async () => {
    for (const documentId of ['viewer.1', 'end']) {
      const response = await fetch(`${only.url}/graphql?documentId=${documentId}&variables={"id":"1"}`, {
        headers: { authorization: `Bearer ${await only.tokens.issue(personaOf('response-officer'))}` },
      });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  test('variables that the document does not have, or of another type, change nothing of it', async () => {
    const more = { documentId: 'viewer.1', variables: { id: '1', query: '{ viewer { name } }' } };
    expect((await post('response-officer', more)).data).toEqual({ viewer: { role: 'response-officer' } });
    const wrong = { documentId: sha256Id(MAYA), variables: { by: 'Kerr' } };
    expect(await post('response-officer', wrong)).toMatchObject({ code: 'BAD_USER_INPUT', status: 400 });
    const other = { documentId: 'viewer.1', operationName: 'Other' };
    expect(await post('response-officer', other)).toMatchObject({ code: 'BAD_USER_INPUT', status: 400 });
  });
});

describe('who is excepted is verified', () => {
  test('an analyst, who sees nobody, brings texts of their own', async () => {
    expect((await post('analyst', { query: '{ viewer { role } }' })).data).toEqual({
      viewer: { role: 'analyst' },
    });
  });

  test.each([
    ['a role that the token does not have', { 'sharing-role': 'analyst' }],
    ['an analyst’s purpose', { 'sharing-purpose': 'service-planning' }],
    ['where GraphiQL stands', { referer: '/graphiql', origin: 'http://127.0.0.1' }],
    ['another client’s name', { 'apollographql-client-name': OWN_PAGES }],
  ])('no header makes one: %s', async (_, headers) => {
    const { status, data } = await post('response-officer', { query: '{ viewer { role name } }' }, headers);
    expect([status, data]).toEqual([400, undefined]);
  });

  test('the schema is open to whoever is signed in, as it is elsewhere', async () => {
    const { data } = await post('housing-officer', {
      query: '{ __schema { queryType { name } } __typename }',
    });
    expect(data).toEqual({ __schema: { queryType: { name: 'Query' } }, __typename: 'Query' });
  });
});

test('whoever is not signed in is told nothing of which documents there are', async () => {
  const answers = await Promise.all(
    [
      { documentId: 'viewer.1' },
      { documentId: 'nobody' },
      { query: VIEWER },
      { query: '{ viewer { name } }' },
    ].map((body) => post(null, body)),
  );
  expect(answers.map(({ status, text }) => [status, text])).toEqual(
    answers.map(() => [401, answers[0]?.text]),
  );
  const forged = { authorization: `Bearer ${'a'.repeat(20)}` };
  const [here, not] = await Promise.all(
    ['viewer.1', 'nobody'].map((documentId) => post(null, { documentId }, forged)),
  );
  expect(here?.text).toBe(not?.text);
});

test('uses are counted by client, document and day, and nothing of who asked is kept', async () => {
  await post('housing-officer', { documentId: 'street-viewer' });
  await only.documents.writeUses();
  const uses = await only.store('select * from trusted_document_use order by client, id');
  const today = new Date().toISOString().slice(0, 10);
  expect(uses).toContainEqual({
    client: 'street',
    id: 'street-viewer',
    uses: expect.any(String),
    last_used: today,
  });
  expect(uses.map(({ client }) => client)).toContain(OWN_PAGES);
  expect(JSON.stringify(uses)).not.toMatch(/HO214|housing|officer|police/);
  const { out } = await documentsCommandOn(only)(null, 'list');
  expect(out).toMatch(/^street +street-viewer +query Street +\d+ times, last on \d{4}-\d\d-\d\d$/m);
  expect(out).toMatch(/^bed-board +end +mutation End +never asked$/m);
  expect(out).not.toContain('retired');
});
