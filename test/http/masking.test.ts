import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from './support/served-gateway.ts';

/** What the failures behind the small gateway hold, and nobody may read. */
const SECRET = /ECONNREFUSED|police\.internal|NHS_NO|9990000018|select/;

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const NUMBER = '9990000018';

describe('what an answer says of a defect', () => {
  it.each([
    ['a field that fails', { query: '{ broken }' }, {}],
    ['a field that takes everything with it', { query: '{ needed }' }, {}],
    ['a gateway that fails', { query: '{ viewer { name } }' }, { 'sharing-purpose': 'defect' }],
  ])('%s: an id, under which the log has the cause', async (_what, body, headers) => {
    const answer = await served.post(body, headers);
    const [error] = answer.json.errors;
    expect(error.extensions).toEqual({ code: 'INTERNAL', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(error.message).toContain(error.extensions.id);
    expect(answer.text).not.toMatch(SECRET);
    const line = served.lines.find((one) => one.errorId === error.extensions.id);
    expect(line).toMatchObject({
      msg: 'internal error',
      causes: expect.arrayContaining([expect.objectContaining({ name: 'Error' })]),
    });
  });

  it('keeps back the cause of a register that cannot be written', async () => {
    const answer = await served.post({ query: '{ viewer { name } }' }, { 'sharing-purpose': 'unrecorded' });
    expect(answer.text).not.toMatch(SECRET);
  });

  it('passes a hole, with its reason and nothing that a library added', async () => {
    const answer = await served.post({ query: '{ person(id: "1") { withheld } }' });
    expect(answer.json.errors).toEqual([
      {
        message: 'Withheld',
        locations: [{ line: 1, column: 21 }],
        path: ['person', 'withheld'],
        extensions: { code: 'WITHHELD', reason: 'LEVEL' },
      },
    ]);
  });

  it('has no stack in it', async () => {
    for (const query of ['{ broken }', '{ nobody }', '{'])
      expect((await served.post({ query })).text).not.toMatch(/stacktrace|\bat .*\.ts/);
  });
});

describe('what the log says', () => {
  it('is one line a request: what was asked of which route, and how it ended', async () => {
    const answer = await served.post({ query: '{ nobody }' });
    const requestId = answer.headers.get('x-request-id');
    await expect
      .poll(() => served.lines.find((one) => one.requestId === requestId))
      .toMatchObject({
        method: 'POST',
        route: '/graphql',
        status: 400,
        code: 'GRAPHQL_VALIDATION_FAILED',
        msg: 'request',
      });
  });

  it('has nothing of the caller, the reference, or what was asked', async () => {
    await served.post(
      { query: `query($id: ID!) { person(id: $id) { nickname } broken }`, variables: { id: NUMBER } },
      { 'sharing-reference': 'police:26/000123', 'sharing-purpose': 'defect' },
    );
    await fetch(`${served.url}/graphql?query=${NUMBER}`);
    await fetch(`${served.url}/graphiql?code=${NUMBER}`);
    await fetch(`${served.url}/${NUMBER}`);
    await served.post(`{"query": "${NUMBER}`);
    await expect
      .poll(() => served.lines.filter(({ route }) => route === 'unknown').length)
      .toBeGreaterThan(0);
    const log = JSON.stringify(served.lines);
    expect(log).not.toMatch(/9990000018|PC4417|Okafor|26\/000123|nickname|Bearer/);
    expect(log).not.toMatch(SECRET);
  });

  it('and the metrics neither', async () => {
    const text = await served.metrics.text();
    expect(text).toMatch(
      /sightline_requests_total\{route="\/graphql",status="400",code="GRAPHQL_VALIDATION_FAILED"\} \d+/,
    );
    expect(text).not.toMatch(/9990000018|PC4417|Okafor|26\/000123/);
  });
});

it('stops a request’s work when the client goes away', async () => {
  const controller = new AbortController();
  const authorization = `Bearer ${await served.issuer.token()}`;
  const before = served.asked.length;
  const gone = fetch(`${served.url}/graphql`, {
    method: 'POST',
    signal: controller.signal,
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query: '{ slow }' }),
  }).catch(() => 'gone');
  await expect.poll(() => served.asked.length).toBe(before + 1);
  controller.abort();
  expect(await gone).toBe('gone');
  await expect.poll(() => served.asked.at(-1)?.asking.signal.aborted).toBe(true);
  const { requestId } = served.asked.at(-1)?.asking ?? {};
  await expect
    .poll(() => served.lines.filter((one) => one.requestId === requestId))
    .toEqual([expect.objectContaining({ status: 499, code: 'CLIENT_GONE', msg: 'request' })]);
  expect(served.lines.at(-1)).toMatchObject({ requestId });
});
