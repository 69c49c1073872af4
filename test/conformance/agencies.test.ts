import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { projectRoot } from '../../src/project-root.ts';
import { conformance } from './conformance.ts';

const root = projectRoot();
const folders = readdirSync(join(root, 'adapters'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'contract')
  .map((entry) => entry.name);
const adapters = await findAdapters(root);

describe('agencies', () => {
  it('are found in every folder of adapters/', () => {
    expect(adapters.map((adapter) => adapter.id)).toEqual(folders.sort());
    expect(adapters.length).toBeGreaterThan(0);
  });

  it('have an SDL and a schema of their tables each', () => {
    for (const agency of folders)
      for (const file of [`schema/${agency}.graphql`, `fixtures/${agency}/schema.sql`])
        expect(existsSync(join(root, file)), file).toBe(true);
  });

  it('have no SDL without an adapter', () => {
    const own = ['person-index', 'sections', 'sightline'];
    const files = readdirSync(join(root, 'schema')).filter((file) => file.endsWith('.graphql'));
    const agencies = files.map((file) => file.replace('.graphql', '')).filter((name) => !own.includes(name));
    expect(agencies.sort()).toEqual(folders.sort());
  });
});

for (const adapter of adapters) conformance(adapter);
