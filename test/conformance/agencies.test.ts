import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { projectRoot } from '../../src/project-root.ts';
import { agencyFolders } from '../support/agency-folders.ts';
import { conformance } from './conformance.ts';

const root = projectRoot();
const folders = agencyFolders();
const adapters = await findAdapters(root);

describe('agencies', () => {
  it('are found in every folder of adapters/', () => {
    expect(adapters.map((adapter) => adapter.id)).toEqual(folders);
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
    expect(agencies.sort()).toEqual(folders);
  });
});

describe.each(adapters)('the references of $id', ({ reference }) => {
  const examples = [...reference.description.matchAll(/such as ([A-Z0-9/-]*[A-Z0-9])/g)].map(
    ([, one]) => one ?? '',
  );

  it('have the form of their examples', () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(example).toMatch(reference.form);
  });

  it('have no other', () => {
    const [example = ''] = examples;
    for (const other of [
      '',
      ' ',
      'tonight',
      'TONIGHT',
      `${example} `,
      ` ${example}`,
      `${example}\n`,
      `${example}x`,
      `x${example}`,
      '%',
    ])
      expect(reference.form.test(other), JSON.stringify(other)).toBe(false);
    // A search that goes on where the last one ended would take every second one for wrong.
    expect([reference.form.global, reference.form.sticky]).toEqual([false, false]);
  });
});

for (const adapter of adapters) conformance(adapter);
