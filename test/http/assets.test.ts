/** GraphiQL's files travel compressed, and are not sent again to whoever has them. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressFiles } from '../../scripts/build-pages.mjs';
import { pageFiles } from '../../src/pages/page-files.ts';
import { type Served, serve } from './support/served-gateway.ts';

const SCRIPT = 'export const words = "persona purpose reference";\n'.repeat(400);
const PAGE = `<!doctype html>${'<p>page</p>'.repeat(300)}`;
let folder: string;
let served: Served;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-assets-'));
  await writeFile(join(folder, 'graphiql.html'), PAGE);
  await writeFile(join(folder, 'governance.html'), PAGE);
  await writeFile(join(folder, 'person.html'), PAGE);
  await writeFile(join(folder, 'main-ABC.js'), SCRIPT);
  await writeFile(join(folder, 'font-ABC.woff2'), Buffer.from([1, 2, 3, 4]));
  await compressFiles(folder);
  const config = {
    demo: false,
    oidc: null,
    examples: [],
    purposes: [],
    purposesOf: {},
    agencies: {},
    idleLockMinutes: 15,
  };
  served = await serve({ graphiql: { files: pageFiles(folder), config } });
});
afterAll(async () => {
  await served?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}
/** As a browser asks, its body as it came: `fetch` would unpack it. */
function get(path: string, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(served.url + path, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.on('error', reject).end();
  });
}

describe('a file of the page', () => {
  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['GZIP', 'gzip', gunzipSync],
  ] as const)(
    'is sent to a browser that accepts “%s” as %s, and is the same file',
    async (accept, encoding, unpack) => {
      const { status, headers, body } = await get('/graphiql/main-ABC.js', { 'accept-encoding': accept });
      expect([status, headers['content-encoding'], headers.vary]).toEqual([200, encoding, 'accept-encoding']);
      expect(headers['content-type']).toMatch(/^text\/javascript/);
      expect(headers['content-length']).toBe(String(body.length));
      expect(body.length).toBeLessThan(SCRIPT.length / 4);
      expect(unpack(body).toString()).toBe(SCRIPT);
    },
  );

  it.each([[undefined], ['identity'], ['br;q=0, gzip;q=0'], ['deflate'], ['brotli']])(
    'is sent plain to one that accepts “%s”, and says that it depends on that',
    async (accept) => {
      const { headers, body } = await get(
        '/graphiql/main-ABC.js',
        accept ? { 'accept-encoding': accept } : {},
      );
      expect([headers['content-encoding'], headers.vary]).toEqual([undefined, 'accept-encoding']);
      expect(body.toString()).toBe(SCRIPT);
    },
  );

  it('has a tag of its own for each form, and is not sent again to whoever has that', async () => {
    const tags = new Set<string>();
    for (const accept of ['br', 'gzip', 'identity']) {
      const first = await get('/graphiql', { 'accept-encoding': accept });
      const tag = String(first.headers.etag);
      tags.add(tag);
      const again = await get('/graphiql', { 'accept-encoding': accept, 'if-none-match': tag });
      expect([again.status, again.body.length, again.headers.etag, again.headers.vary]).toEqual([
        304,
        0,
        tag,
        'accept-encoding',
      ]);
      expect(again.headers['cache-control']).toBe('no-cache');
      const other = await get('/graphiql', {
        'accept-encoding': accept,
        'if-none-match': '"another", W/"one more"',
      });
      expect(other.status).toBe(200);
      expect(
        (await get('/graphiql', { 'accept-encoding': accept, 'if-none-match': `"x", W/${tag}` })).status,
      ).toBe(304);
    }
    expect(tags.size).toBe(3);
  });

  it('that is packed already is left as it is', async () => {
    const { headers, body } = await get('/graphiql/font-ABC.woff2', { 'accept-encoding': 'br, gzip' });
    expect([headers['content-encoding'], body.length]).toEqual([undefined, 4]);
    expect((await readdir(folder)).filter((name) => name.startsWith('font'))).toEqual(['font-ABC.woff2']);
  });

  it('is not to be had by the name of its packed form', async () => {
    expect((await get('/graphiql/main-ABC.js.br')).status).toBe(404);
    expect(await readFile(join(folder, 'main-ABC.js.br'))).toBeInstanceOf(Buffer);
  });

  it('answers are not packed: what is secret stands beside what a caller chose', async () => {
    const answer = await served.post({ query: '{ viewer { role } }' }, { 'accept-encoding': 'br, gzip' });
    expect(answer.headers.get('content-encoding')).toBeNull();
  });
});
