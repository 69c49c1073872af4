/** `sightline check oidc`: what an issuer says, and what becomes of a token, in words. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { AUDIENCE, startTestIssuer, type TestIssuer } from './support/oidc-issuer.ts';

let issuer: TestIssuer;
let folder: string;
beforeAll(async () => {
  issuer = await startTestIssuer(() => new Date());
  folder = mkdtempSync(join(tmpdir(), 'sightline-check-'));
});
afterAll(async () => {
  await issuer.close();
  rmSync(folder, { recursive: true, force: true });
});

function check(
  settings: Record<string, string>,
  words: string[] = [],
): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: join(folder, 'data'), ...settings };
  const bin = join(projectRoot(), 'bin/sightline.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, 'check', 'oidc', ...words], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}
const settings = () => ({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE });
async function tokenFile(claims: Record<string, unknown> = {}): Promise<string> {
  const file = join(folder, 'token');
  writeFileSync(file, `${await issuer.token(claims)}\n`);
  return file;
}

it('says that an issuer is in order, and ends with 0', async () => {
  expect(await check(settings())).toEqual({
    code: 0,
    err: '',
    out: `${issuer.url}\n  ok    discovery: it answers, under its own name\n  ok    keys: 3 of 4 can sign tokens that are let in\n`,
  });
});

it('names what keeps people from signing in on the page', async () => {
  const { code, out } = await check({
    ...settings(),
    OIDC_CLIENT_ID: 'page',
    PUBLIC_URL: 'https://sightline.example/north',
  });
  expect(code).toBe(1);
  expect(out).toContain(
    'WRONG endpoints: nobody can sign in on our pages: it names no authorization_endpoint and no token_endpoint',
  );
  expect(out).toContain('note  endpoints: it names no end_session_endpoint');
  expect(out).toContain(
    'WRONG cors: it may not be asked from a page at https://sightline.example: allow that origin there',
  );
});

it.each([
  ['a slash too many', (url: string) => `${url}/`, 'by the slash at the end alone'],
  ['nobody there', () => 'http://127.0.0.1:9', 'cannot be fetched'],
])('says the cause: %s', async (_, named, cause) => {
  const { code, out } = await check({ ...settings(), OIDC_ISSUER: named(issuer.url) });
  expect(code).toBe(1);
  expect(out).toContain('WRONG discovery');
  expect(out).toContain(cause);
});

it('says of a token what it carries and who it is', async () => {
  const { code, out } = await check(settings(), ['--token', await tokenFile({ site: 'S1', azp: 'page' })]);
  expect(code).toBe(0);
  expect(out).toContain('signed by ES256, carries iss, aud, iat, exp, sub, name, org, roles, site, azp');
  expect(out).toContain('let in: police, site S1, as response-officer');
  expect(out).toContain('staff number that police’s logs must know: PC4417');
  expect(out).toContain('given to the client page');
  expect(out).not.toContain('Okafor');
});

it.each([
  [
    'a role of another organisation',
    { org: 'police', roles: ['triage-nurse'] },
    'the role triage-nurse in police',
  ],
  ['an expired one', { exp: 1 }, 'The token has expired.'],
])('says why a token is refused: %s', async (_, claims, why) => {
  const { code, out } = await check(settings(), ['--token', await tokenFile(claims)]);
  expect(code).toBe(1);
  expect(out).toContain('WRONG refused with 401');
  expect(out).toContain(why);
});

it('says that a file cannot be read', async () => {
  const { code, err } = await check(settings(), ['--token', join(folder, 'none')]);
  expect(code).toBe(1);
  expect(err).toMatch(/cannot be read from .*ENOENT/);
});

it('has nobody to ask in the demo', async () => {
  expect(await check({})).toMatchObject({ code: 0, out: expect.stringContaining('makes its own tokens') });
});

it('names organisations and roles of the file that nobody knows, and who was meant', async () => {
  const file = join(folder, 'issuers.yaml');
  writeFileSync(
    file,
    `issuers:
  - issuer: ${issuer.url}
    audiences: [${AUDIENCE}]
    organisations: [polcie]
    claims: { organisation: { always: hospital } }
    values: { roles: { a: respones-officer }, organisations: { RX9: mental-heath } }
    clients: { cad: { actsFor: { roles: [response-officer], organisations: [police, housng] } } }
`,
  );
  const { code, out } = await check({ ISSUERS_FILE: file });
  expect(code).toBe(1);
  expect(out.split('\n').filter((line) => line.includes('WRONG names'))).toEqual([
    expect.stringContaining('unknown organisation "polcie"; did you mean "police"?'),
    expect.stringContaining('unknown organisation "mental-heath"; did you mean "mental-health"?'),
    expect.stringContaining('unknown organisation "hospital". Known: '),
    expect.stringContaining('unknown organisation "housng"; did you mean "housing"?'),
    expect.stringContaining('unknown role "respones-officer"; did you mean "response-officer"?'),
  ]);
});
