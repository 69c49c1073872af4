/** What a telephone on a slow line loads before anybody can be looked for. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { currentBundle } from './bundle.ts';

/** Bytes, packed. React alone is some 60,000. */
const AT_MOST = 110_000;

let folder: string;
const loaded = new Set<string>();

beforeAll(async () => {
  folder = await currentBundle();
  const html = readFileSync(join(folder, 'person.html'), 'utf8');
  for (const [, name = ''] of html.matchAll(/graphiql\/([\w-]+\.(?:js|css))/g)) load(name);
});

/** A script brings the scripts that it imports. */
function load(name: string): void {
  if (loaded.has(name)) return;
  loaded.add(name);
  if (!name.endsWith('.js')) return;
  for (const [, other = ''] of readFileSync(join(folder, name), 'utf8').matchAll(
    /from\s*"\.\/([\w-]+\.js)"/g,
  ))
    load(other);
}

test('is small', () => {
  const bytes = [...loaded].reduce((sum, name) => sum + statSync(join(folder, `${name}.br`)).size, 0);
  expect(loaded.size).toBeGreaterThan(2);
  expect(bytes).toBeLessThan(AT_MOST);
});

test('and holds no editor', () => {
  for (const name of loaded)
    expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(/monaco|codicon/i);
});
