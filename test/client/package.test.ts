/** `sightline/client` as a front end installs it: small, alone, and with its types. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { personaOf, type SharedSightline, sharedSightline } from '../support/sightline.ts';
import { installClient, OFFLINE, type Packed, packClient } from './installed.ts';

const run = promisify(execFile);
let sightline: SharedSightline;
let packed: Packed;
let page: string;
beforeAll(async () => {
  [sightline, packed] = await Promise.all([sharedSightline(), packClient()]);
  page = await installClient(packed);
}, 240_000);
afterAll(() => packed?.remove());

/** Bytes of what a page is sent for these lines, minified and gzipped. */
async function bundled(contents: string): Promise<{ text: string; bytes: number }> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: page },
    ...{ bundle: true, minify: true, format: 'esm', write: false, target: 'es2022' },
  });
  const text = outputFiles[0]?.text ?? '';
  return { text, bytes: gzipSync(text, { level: 9 }).length };
}

test('the whole client is under 5 kB, and what a page does not use is left out', async () => {
  const whole = await bundled(`export * from 'sightline/client';`);
  expect(whole.bytes).toBeGreaterThan(2_000);
  expect(whole.bytes).toBeLessThan(5_000);
  const { bytes, text } = await bundled(`export { isDisclosed } from 'sightline/client';`);
  expect(bytes).toBeLessThan(200);
  expect(text).not.toContain('fetch');
  const words = await bundled(`export { words } from 'sightline/client';`);
  expect(words.text).not.toContain('no-store');
});

test('it stores nothing anywhere, and asks that nobody does', async () => {
  const { text } = await bundled(`export * from 'sightline/client';`);
  expect(text).not.toMatch(
    /localStorage|sessionStorage|indexedDB|\bcaches\b|cookie|serviceWorker|new Map\(.*fetch/,
  );
  expect(text).toContain('cache:"no-store"');
});

test('the package is a few files without dependencies, and nothing of the gateway', () => {
  const manifest = JSON.parse(readFileSync(join(page, 'node_modules/sightline/package.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('scripts');
  expect(packed.files.filter((path) => !/^[\w-]+\.(js|d\.ts)$/.test(path)).sort()).toEqual([
    'generated/schema.d.ts',
    'generated/schema.js',
    'package.json',
    'schema/sightline.graphql',
  ]);
  const whole = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8'));
  expect(Object.keys(manifest.exports)).toEqual(Object.keys(whole.exports));
});

test('the whole of Sightline, packed, has the client at the same place', async () => {
  const cwd = join(packed.folder, 'sightline');
  for (const file of ['package.json', '.gitignore']) await cp(join(projectRoot(), file), join(cwd, file));
  const args = ['pack', '--dry-run', '--ignore-scripts', '--json'];
  const { stdout } = await run('npm', args, { cwd, env: { ...process.env, ...OFFLINE } });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const { exports } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  const named = Object.values<Record<string, string>>(exports).flatMap((entry) => Object.values(entry));
  expect(named.length).toBeGreaterThan(5);
  expect(files.map(({ path }) => `./${path}`)).toEqual(expect.arrayContaining(named));
});

test('it asks from Node as from a browser', async () => {
  const { purpose, reference } = personaOf('response-officer');
  const token = await sightline.tokens.issue(personaOf('response-officer'));
  const program = `
    import { createClient, isDisclosed, wordsAt } from 'sightline/client';
    const client = createClient(${JSON.stringify({ url: `${sightline.url}/graphql`, token, purpose, reference })});
    const { data, holesAt } = await client.ask('query ($g: String!) { findPeople(by: { familyName: "Kerr", givenName: $g, dateOfBirth: "2002-03-14" }) { people { person { crisisPlan { state whatHelps triggers } } } } }', { g: 'Maya' });
    const { crisisPlan } = data.findPeople.people[0].person;
    console.log(isDisclosed(crisisPlan), crisisPlan.whatHelps);
    console.log(wordsAt(holesAt('findPeople.people.0.person.crisisPlan.triggers')));`;
  await writeFile(join(page, 'ask.mjs'), program);
  const { stdout } = await run(process.execPath, ['ask.mjs'], { cwd: page });
  expect(stdout).toMatch(/^true Sitting down together/);
  expect(stdout).toMatch(/Withheld: more detail than is shared with you\. Call .*, 01632 960200\./);
});

test.each(['bundler', 'nodenext'])('its types hold where modules resolve as %s', async (resolution) => {
  const module = resolution === 'bundler' ? 'esnext' : 'nodenext';
  await writeFile(
    join(page, 'types.ts'),
    `import { createClient, ENGLISH, type Schema, type Words, words } from 'sightline/client';
     import { ENGLISH_FOR_SUBJECT } from 'sightline/client/words-for-subject';
     export const plan: Schema.CrisisPlan['reviewDate'] = '2026-12-01';
     export const welsh: Words = { ...ENGLISH, none: 'Dim.' };
     export const { data } = await createClient({ url: 'http://localhost', token: null }).ask<{ a: number }>('{ a }');
     export const a: number = data.a;
     export const said: string = words({ section: null, agency: null, state: 'X', reason: null, contact: null }, { words: ENGLISH_FOR_SUBJECT }).sentence;
     // @ts-expect-error a table without its keys
     export const empty: Words = { direction: 'ltr' };
     // @ts-expect-error no such field
     data.b;`,
  );
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
  const lib = ['--lib', 'es2022,dom', '--module', module, '--moduleResolution', resolution];
  const tsc = join(projectRoot(), 'node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, ...options, ...lib, 'types.ts'], { cwd: page }).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});
