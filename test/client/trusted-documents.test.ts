/** A front end's documents from graphql-codegen to a gateway that answers registered ones alone. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generate } from '@graphql-codegen/cli';
import { transform } from 'esbuild';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createClient } from '../../src/client/ask.ts';
import { sightlineTypes } from '../../src/client/codegen.ts';
import type { TypedDocument } from '../../src/client/document.ts';
import { projectRoot } from '../../src/project-root.ts';
import { documentsCommandOn } from '../documents/support/command.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const MAYA = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };
const WAIT = { timeout: 60_000, interval: 50 };
type Crisis = TypedDocument<{ findPeople: { outcome: string } }, typeof MAYA> & object;

let only: Sightline;
let folder: string;
let manifest: Record<string, string>;
let crisis: Crisis;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-documents-'));
  const root = projectRoot();
  const made = (await generate(
    {
      schema: join(root, 'schema/sightline.graphql'),
      documents: join(root, 'test/clients/crisis.graphql'),
      generates: {
        [`${folder}/`]: {
          ...sightlineTypes,
          presetConfig: { ...sightlineTypes.presetConfig, persistedDocuments: { hashAlgorithm: 'sha256' } },
        },
      },
      silent: true,
    },
    false,
  )) as { filename: string; content: string }[];
  const contentOf = (name: string) => made.find(({ filename }) => filename.endsWith(name))?.content ?? '';
  manifest = JSON.parse(contentOf('persisted-documents.json'));
  const { code } = await transform(contentOf('/graphql.ts'), { loader: 'ts' });
  await writeFile(join(folder, 'documents.mjs'), code);
  crisis = (await import(pathToFileURL(join(folder, 'documents.mjs')).href)).CrisisDocument;

  only = await startSightline({ trustedDocuments: 'only', pageDocuments: [] });
  const registered = await documentsCommandOn(only)(manifest, 'register', '--client', 'street');
  expect(registered).toMatchObject({ code: 0, err: '' });
  const [id = ''] = Object.keys(manifest);
  await vi.waitFor(() => expect(only.documents.withId(id)).not.toBeNull(), WAIT);
}, 240_000);
afterAll(async () => {
  await only?.close();
  await rm(folder, { recursive: true, force: true });
});

const client = () => {
  const { purpose, reference } = personaOf('response-officer');
  const token = () => only.tokens.issue(personaOf('response-officer'));
  return createClient({ url: `${only.url}/graphql`, token, purpose, reference });
};

test('what graphql-codegen compiled and somebody registered is asked by its id, with the state of every section', async () => {
  expect(Object.values(manifest)).toEqual([expect.stringMatching(/identity \{[^}]*\bstate\b/)]);
  const { data } = await client().ask(crisis, MAYA);
  expect(data).toMatchObject({
    findPeople: { outcome: 'MATCH', people: [{ person: { crisisPlan: { state: 'DISCLOSED' } } }] },
  });
});

test('a text that nobody registered is refused, told apart, and says nothing of anybody', async () => {
  const asked = client().ask('query ($id: ID!) { person(id: $id) { id } }', { id: 'x' });
  await expect(asked).rejects.toMatchObject({ kind: 'NOT_TRUSTED', code: 'PERSISTED_DOCUMENT_REQUIRED' });
});

test('an id that nobody registered is refused, and so is its text', async () => {
  const strange = Object.assign(new String('{ viewer { name } }'), { __meta__: { hash: 'sha256:00' } });
  await expect(client().ask(strange, {})).rejects.toMatchObject({ kind: 'NOT_TRUSTED' });
});
