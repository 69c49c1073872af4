/** Manifests of documents, as the two compilers write them, and files that are none. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MANIFEST_LIMITS, readManifest, sha256Id } from '../../src/documents/manifest.ts';

const QUERY = 'query Viewer {\n  viewer {\n    role\n  }\n}';
const hash = (algorithm: string, text = QUERY) => createHash(algorithm).update(text).digest('hex');
const read = (manifest: unknown) => readManifest(JSON.stringify(manifest, null, 2), 'documents.json');
const mistakesOf = (json: string) => {
  try {
    readManifest(json, 'documents.json');
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  ['graphql-codegen, as it is by itself', hash('sha1')],
  ['graphql-codegen with sha256', `sha256:${hash('sha256')}`],
  ['Relay', hash('md5')],
  ['SHA-256 without a prefix', hash('sha256')],
  ['a name that a server gave', 'viewer.1~a'],
  ['a prefix of their own', 'x-shop:viewer-1'],
])('an id of %s is taken', (_, id) => {
  expect(read({ [id]: QUERY })).toEqual([{ id, text: QUERY, line: 2 }]);
});

test('the example of GraphQL over HTTP has the id that is written there', () => {
  expect(sha256Id('query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}')).toBe(
    'sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e',
  );
});

describe('what is no manifest is told so, by line where there is one', () => {
  test.each([
    ['not JSON at all', 'query { viewer { role } }', 'documents.json: it is not JSON'],
    ['a list', '["query { viewer { role } }"]', /^documents\.json: it is no manifest/],
    ['nothing', 'null', /^documents\.json: it is no manifest/],
    [
      'documents as objects',
      '{"a": {"query": "{ viewer { role } }"}}',
      /^documents\.json: it is no manifest/,
    ],
    ['an object hidden behind a text', '{"a": {"b": 1}, "a": "{ viewer { role } }"}', /it is no manifest/],
    ['no documents', '{}', 'documents.json: it has no documents'],
    ['an empty text', '{"a": " "}', 'documents.json:1: the document a is empty'],
    ['an id with a space', '{"a b": "{ viewer { role } }"}', /^documents\.json:1: “a b” is no id/],
    ['a prefix that is kept for others', '{"md5:1": "{ viewer { role } }"}', /is no id of a document/],
    ['an id of no letters', '{"": "{ viewer { role } }"}', /is no id of a document/],
    [
      'a hash of another text',
      `{\n"ok": "{ viewer { role } }",\n"${'0'.repeat(40)}": "{ viewer { role } }"}`,
      `documents.json:3: the id ${'0'.repeat(40)} is not the sha1 of its text`,
    ],
    [
      'a hash of the text with one space more',
      JSON.stringify({ [sha256Id(QUERY)]: `${QUERY} ` }),
      /is not the sha256 of its text/,
    ],
    [
      'one id twice, of which JSON.parse would keep the last',
      '{"a": "{ viewer { role } }",\n "a": "{ viewer { name } }"}',
      'documents.json:2: the id a is there already, in line 1',
    ],
  ])('%s', (_, json, message) => {
    expect(mistakesOf(json)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  test('all mistakes at once', () => {
    expect(mistakesOf('{\n"a b": "{a}",\n"c d": "{a}"\n}')?.split('\n')).toHaveLength(2);
  });

  test('one that is too large is not read', () => {
    const json = JSON.stringify({ a: 'x'.repeat(MANIFEST_LIMITS.bytes) });
    expect(mistakesOf(json)).toBe('documents.json: it is larger than 5,000,000 bytes, which is the limit');
  });

  test('one with too many documents', () => {
    const many = Array.from({ length: MANIFEST_LIMITS.documents + 1 }, (_, at) => [`d${at}`, '{a}']);
    expect(mistakesOf(JSON.stringify(Object.fromEntries(many)))).toMatch(/5001 documents, and 5000 is/);
  });
});

test('a large document full of escapes is read', () => {
  const text = `# ${'"\\\n'.repeat(700_000)}`;
  expect(read({ large: text })).toMatchObject([{ text }]);
});

test('names that JavaScript gives a meaning are ids as any other', () => {
  const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const json = `{${ids.map((id) => `"${id}": "{ viewer { role } }"`).join(',')}}`;
  expect(readManifest(json, 'documents.json').map(({ id }) => id)).toEqual(ids);
});

test('whatever texts a manifest has, they are read as JSON.parse reads them', () => {
  const id = fc.stringMatching(/^[a-z]{1,12}$/);
  const text = fc.string({ minLength: 1, unit: 'binary' }).filter((one) => one.trim() !== '');
  fc.assert(
    fc.property(
      fc.dictionary(id, text, { minKeys: 1 }),
      fc.constantFrom(undefined, 2),
      (manifest, indent) => {
        const documents = readManifest(JSON.stringify(manifest, null, indent), 'documents.json');
        expect(Object.fromEntries(documents.map((one) => [one.id, one.text]))).toEqual({ ...manifest });
        if (indent) expect(documents.map(({ line }) => line)).toEqual(documents.map((_, at) => at + 2));
      },
    ),
  );
});
