/** What is refused before there is a request to answer: by the parser of HTTP, or for its address. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from './support/served-gateway.ts';

let served: Served;
beforeAll(async () => {
  served = await serve({ requestTimeoutMs: 300 });
});
afterAll(() => served.close());

/** What comes back for these very bytes, once the gateway has closed the connection. */
async function send(...parts: string[]): Promise<{ status: number; headers: string; body: string }> {
  const { hostname, port } = new URL(served.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => {});
  for (const part of parts) socket.write(part);
  await new Promise((resolve) => socket.once('close', resolve));
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), headers: head.toLowerCase(), body };
}
const START = 'POST /graphql HTTP/1.1\r\nHost: sightline\r\n';

describe('is answered as every other request is: by one error with a code', () => {
  // Seen to be answered in the words of fastify and Node, or by nothing.
  it.each([
    [
      'headers larger than 16 KB',
      [`${START}X: ${'x'.repeat(17_000)}\r\n\r\n`],
      431,
      'QUERY_REFUSED',
      /headers are larger than 16,384 bytes/,
    ],
    [
      'an address larger than that',
      [`GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: sightline\r\n\r\n`],
      431,
      'QUERY_REFUSED',
      /16,384 bytes/,
    ],
    ['what is no HTTP', ['no http at all\r\n\r\n'], 400, 'BAD_USER_INPUT', /not HTTP/],
    [
      'two lengths',
      [`${START}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`],
      400,
      'BAD_USER_INPUT',
      /not HTTP/,
    ],
    [
      'a length and chunks',
      [`${START}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
      400,
      'BAD_USER_INPUT',
      /not HTTP/,
    ],
    ['headers that never end', [START], 408, 'QUERY_REFUSED', /within 0\.3 seconds/],
    [
      'an expectation that is not 100-continue',
      [`${START}Expect: tea\r\nConnection: close\r\n\r\n`],
      417,
      'BAD_USER_INPUT',
      /Expect/,
    ],
    [
      'an address that does not decode',
      ['GET /%E0%A4%A HTTP/1.1\r\nHost: sightline\r\nConnection: close\r\n\r\n'],
      400,
      'BAD_USER_INPUT',
      /address/,
    ],
    [
      'a method that nobody knows',
      ['PROPFIND /graphql HTTP/1.1\r\nHost: sightline\r\nConnection: close\r\n\r\n'],
      405,
      'BAD_USER_INPUT',
      /POST/,
    ],
  ] as const)('%s', async (_what, parts, status, code, why) => {
    const answer = await send(...parts);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatch(/content-type: application\/json/);
    expect(answer.headers).toMatch(/cache-control: no-store/);
    const { errors } = JSON.parse(answer.body);
    expect(errors).toEqual([{ message: expect.stringMatching(why), extensions: { code } }]);
    expect(answer.body).not.toMatch(/xxx|tea|E0%A4/);
  });

  it.each([
    ['a body larger than 1 MB', JSON.stringify({ query: 'x'.repeat(1_100_000) }), {}, 413],
    ['a body that is no JSON', '{', {}, 400],
    ['a body of another kind', '<xml/>', { 'content-type': 'application/xml' }, 415],
  ])('%s comes in the media type that was asked for', async (_what, body, headers, status) => {
    const graphql = await served.post(body, headers);
    expect(graphql.status).toBe(status);
    expect(graphql.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
    const json = await served.post(body, { ...headers, accept: 'application/json' });
    expect(json.status).toBe(status);
    expect(json.headers.get('content-type')).toMatch(/^application\/json/);
    expect(json.json).toEqual(graphql.json);
  });
});

it('is in the log and in the metrics by its code, and nothing of what was sent', async () => {
  await send(`${START}X: ${'y'.repeat(17_000)}\r\n\r\n`);
  expect(served.lines).toContainEqual(
    expect.objectContaining({ msg: 'request', route: 'unknown', status: 431, code: 'QUERY_REFUSED' }),
  );
  expect(JSON.stringify(served.lines)).not.toMatch(/yyy/);
  expect(await served.metrics.text()).toMatch(
    /sightline_requests_total\{route="unknown",status="431",code="QUERY_REFUSED"\} \d/,
  );
});
