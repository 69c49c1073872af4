/** What our pages ask by themselves is what the public schema has. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';

const pages = join(projectRoot(), 'src/pages/app');
const schema = buildSchema(readFileSync(join(projectRoot(), 'schema/sightline.graphql'), 'utf8'));
const queries = readdirSync(pages, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap((file) =>
    [...readFileSync(join(pages, file), 'utf8').matchAll(/\/\* GraphQL \*\/ `([^`]*)`/g)].map(
      ([, query = '']) => [file, query.slice(0, query.indexOf('(')), query] as const,
    ),
  );

test('they are found', () => expect(queries.length).toBeGreaterThan(3));

test.each(queries)('%s: %s', (_file, _name, query) => {
  expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
});
