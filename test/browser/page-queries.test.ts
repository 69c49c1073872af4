/** What our pages ask by themselves is what the public schema has. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { pageDocuments } from '../../scripts/page-documents.mjs';
import { projectRoot } from '../../src/project-root.ts';

const schema = buildSchema(readFileSync(join(projectRoot(), 'schema/sightline.graphql'), 'utf8'));
const queries = pageDocuments(projectRoot());

test('they are found', () => expect(queries.length).toBeGreaterThan(3));

test.each(queries)('%s: %s', (_file, query) => {
  expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
});

test('none is put together, or is written without its mark: only what is found is answered where documents are trusted', () => {
  const pages = join(projectRoot(), 'src/pages/app');
  const unmarked = readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) =>
      [
        ...readFileSync(join(pages, file), 'utf8')
          .replaceAll(/\/\* GraphQL \*\/ `[^`]*`/g, '')
          .matchAll(/['"`](?:(?:query|mutation)\b[^'"`{]*\{|\{ ?\w+ ?\{)/g),
      ].map(([text]) => `${file}: ${text}`),
    );
  expect(unmarked).toEqual([]);
  expect(queries.filter(([, query]) => /\$\{|\\/.test(query))).toEqual([]);
});
