/** The agency that docs/adding-an-agency.md begins with, as it stands there: it holds to what every agency has to. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import type { AnyAdapter } from '../../adapters/contract.ts';
import { findAdapters } from '../../src/adapters-found.ts';
import { tablesOfSchema } from '../../src/cli/adapter/described-tables.ts';
import { tableTypes } from '../../src/cli/adapter/table-types.ts';
import { agencySdl } from '../../src/gateway/schema/agency-sdl.ts';
import { buildCatalogue } from '../../src/gateway/schema/catalogue.ts';
import { readSchemaFiles, readVocabulary } from '../../src/gateway/schema/vocabulary.ts';
import { projectRoot } from '../../src/project-root.ts';
import { loadPolicies } from '../../src/sharing/files/load.ts';
import { copyOfPolicy } from '../sharing/support/policy-folder.ts';
import { testServer } from '../support/postgres.ts';
import { conformance } from './conformance.ts';
import { filesFrom } from './support/agency-files.ts';

const root = projectRoot();
const doc = readFileSync(join(root, 'docs/adding-an-agency.md'), 'utf8');
const files = new Map(
  [...doc.matchAll(/^`([a-z-]+\/[\w./-]+)`[^\n]*(?:\n[^\n`][^\n]*)*:\n\n```\w+\n([\s\S]*?)^```$/gm)].map(
    ([, file = '', text = '']) => [file, text],
  ),
);
const folder = mkdtempSync(join(tmpdir(), 'sightline-newcomer-'));
for (const [file, text] of files) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
const { url } = await testServer();
const tables = await tablesOfSchema(url, files.get('fixtures/night-shelter/schema.sql') ?? '');
writeFileSync(
  join(folder, 'adapters/night-shelter/tables.ts'),
  tableTypes('night-shelter', tables, 'npx sightline adapter tables night-shelter'),
);
symlinkSync(join(root, 'adapters/contract.ts'), join(folder, 'adapters/contract.ts'));
filesFrom('night-shelter', folder);
const { adapter }: { adapter: AnyAdapter } = await import(
  /* @vite-ignore */ pathToFileURL(join(folder, 'adapters/night-shelter/index.ts')).href
);
const sdl = agencySdl(adapter, readVocabulary(root));
mkdirSync(join(folder, 'schema'));
writeFileSync(join(folder, 'schema/night-shelter.graphql'), sdl);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the agency that the page begins with', () => {
  it('is whole, in a few files that fit in one sitting', () => {
    expect([...files.keys()]).toEqual([
      'adapters/night-shelter/index.ts',
      'fixtures/night-shelter/schema.sql',
      'adapters/night-shelter/sharing.yaml',
    ]);
    const lines = [...files.values()].join('').split('\n').length;
    expect(lines).toBeLessThan(300);
  });

  it('has a policy that is sound beside the others', async () => {
    const others = await findAdapters(root);
    const policy = copyOfPolicy(
      root,
      others.map(({ id }) => id),
    );
    policy.write(
      'adapters/night-shelter/sharing.yaml',
      files.get('adapters/night-shelter/sharing.yaml') ?? '',
    );
    const schema = readSchemaFiles(root);
    const agencies = buildCatalogue(
      { ...schema, agencies: new Map([...schema.agencies, ['night-shelter', parse(sdl)]]) },
      [...others, adapter],
    );
    const loaded = loadPolicies({ root: policy.root, agencies });
    policy.drop();
    expect(loaded.ok ? [] : loaded.findings).toEqual([]);
  });
});

conformance(adapter);
