/** What a change of the schema breaks: which documents, and of which clients. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { pageDocuments } from '../../scripts/page-documents.mjs';
import { brokenBy } from '../../src/documents/broken-by.ts';
import { documentMistakes } from '../../src/documents/check-documents.ts';
import { LIMIT_RULES, PARSE_OPTIONS } from '../../src/gateway/limits/validate-operation.ts';
import { EXAMPLES } from '../../src/pages/examples.ts';
import { projectRoot } from '../../src/project-root.ts';

const root = projectRoot();
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const READING = { parse: PARSE_OPTIONS, rules: LIMIT_RULES };

const BEFORE = `
  type Query { person(id: ID!, at: Date): Person  search(by: By!): [Person!]!  level: Level }
  interface Section { state: String! }
  type Plan implements Section { state: String!  helps: String  tags(first: Int): [String!] }
  type Person { name: String  plan: Plan  section: Section }
  input By { name: String  born: Date  near: Near }
  input Near { postcode: String }
  enum Level { EXISTS FULL }
  scalar Date
`;
const DOCUMENTS = [
  { client: 'bed-board', id: 'helps', text: 'query ($id: ID!) { person(id: $id) { plan { helps } } }' },
  { client: 'bed-board', id: 'tags', text: '{ person(id: 1) { plan { tags(first: 1) } } }' },
  { client: 'street', id: 'section', text: '{ person(id: 1) { section { state } } }' },
  { client: 'street', id: 'search', text: 'query ($by: By!) { search(by: $by) { name } }' },
  { client: 'street', id: 'level', text: '{ level }' },
];
const broken = async (before: string, after: string) => {
  expect(BEFORE).toContain(before);
  const schema = buildSchema(BEFORE.replace(before, after));
  const { changes, refused } = await brokenBy(buildSchema(BEFORE), schema, DOCUMENTS, READING);
  const documents = [...changes.flatMap(({ breaks }) => breaks), ...refused.map(({ document }) => document)];
  return [...new Set(documents.map(({ client, id }) => `${client} ${id}`))].sort();
};

describe('a breaking change names the documents and clients that it breaks, and no others', () => {
  test.each([
    ['a field is removed', 'helps: String', '', ['bed-board helps']],
    ['a field becomes another type', 'name: String  plan', 'name: [String]  plan', ['street search']],
    [
      'a field of an interface is no longer sure',
      'interface Section { state: String! }',
      'interface Section { state: String }',
      ['street section'],
    ],
    ['an argument is removed', 'tags(first: Int)', 'tags', ['bed-board tags']],
    [
      'an argument is needed',
      'id: ID!, at: Date',
      'id: ID!, at: Date!',
      ['bed-board helps', 'bed-board tags', 'street section'],
    ],
    ['a field of an input is removed, which a variable may have sent', 'born: Date  ', '', ['street search']],
    ['so is one further in', 'postcode: String', 'area: String', ['street search']],
    ['an input needs more', 'born: Date  near', 'born: Date!  near', ['street search']],
    ['a value of an enum is gone that was answered', 'EXISTS FULL', 'FULL', ['street level']],
    ['more is answered', 'name: String  plan', 'name: String  nickname: String  plan', []],
  ])('%s', async (_, before, after, documents) => {
    expect(await broken(before, after)).toEqual(documents);
  });
});

test('a document that was never valid is told too', async () => {
  const schema = buildSchema(BEFORE);
  const documents = [
    { client: 'old', id: 'a', text: '{ person(id: 1) {\n nothing } }' },
    { client: 'old', id: 'b', text: '{' },
  ];
  const { changes, refused } = await brokenBy(schema, schema, documents, READING);
  expect(changes).toEqual([]);
  expect(refused.map(({ document, line }) => [document.id, line])).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});

/** What is asked of the committed schema in this repository: a change of it that breaks them must change them. */
const OURS = [
  ...pageDocuments(root).map(([file, text]) => ({ client: 'our pages', id: file, text })),
  ...EXAMPLES.map(({ name, query }) => ({ client: 'GraphiQL’s examples', id: name, text: query })),
  { client: 'the recipes', id: 'crisis.graphql', text: textOf('test/clients/crisis.graphql') },
];

test('the committed schema breaks none of the documents of our pages, examples and recipes', () => {
  const mistakes = documentMistakes(buildSchema(textOf('schema/sightline.graphql')), OURS, READING);
  expect(
    mistakes.map(({ document, line, message }) => `${document.client} ${document.id}:${line} ${message}`),
  ).toEqual([]);
});

test('a field that a page, an example and a recipe ask cannot go without their being named', async () => {
  const schema = textOf('schema/sightline.graphql');
  expect(schema).toContain('  whatHelps: String');
  const { changes } = await brokenBy(
    buildSchema(schema),
    buildSchema(schema.replace('  whatHelps: String', '  helps: String')),
    OURS,
    READING,
  );
  const clients = changes.flatMap(({ breaks }) => breaks.map(({ client }) => client));
  expect(clients).toEqual(expect.arrayContaining(['GraphiQL’s examples', 'the recipes']));
});
