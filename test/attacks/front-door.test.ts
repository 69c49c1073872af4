/** What the packages would serve by themselves, and what they would lose. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, visit } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { type SharedSightline, sharedSightline } from '../support/sightline.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

// Seen to fail without ApolloServerPluginLandingPageDisabled and with GET handed to Apollo.
test.each(['/', '/graphql', '/graphql?query={__typename}', '/graphiql'])(
  '%s loads nothing from elsewhere',
  async (path) => {
    const response = await fetch(sightline.url + path, { headers: { accept: 'text/html' } });
    const text = await response.text();
    expect(text).not.toMatch(/https?:\/\/|apollo|cdn|sandbox/i);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src '(none|self)'/);
  },
);

test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
  '%s of a question is refused: addresses are written down on the way',
  async (method) => {
    const response = await fetch(`${sightline.url}/graphql?query={viewer{name}}`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  },
);

describe('limits', () => {
  // Seen to fail without maxTokens in PARSE_OPTIONS.
  test('one token too many is a 400 that says so', async () => {
    const answer = await sightline.ask('response-officer', `{ viewer { ${'name '.repeat(4_000)} } }`);
    expect(answer.status).toBe(400);
    expect(answer.errors[0]).toMatchObject({
      extensions: { code: 'QUERY_REFUSED' },
      message: expect.stringContaining('4000'),
    });
  });

  // Seen to fail with no variables given to checkCost(): all but the literal were let through.
  const fields = `warningMarkers { items { type } } policeEvents { items(first: 400) { date category role outcome summary } } addresses { items { lines postcode from to } }`;
  test.each([
    ['a variable', `query ($ids: [ID!]!) { people(ids: $ids) { ...F ...G } }`],
    ['a default', `query ($ids: [ID!] = [${'"x" '.repeat(200)}]) { people(ids: $ids) { ...F ...G } }`],
    ['a variable among ids', `query ($id: ID!) { people(ids: [${'$id '.repeat(200)}]) { ...F ...G } }`],
    ['a literal', `{ people(ids: [${'"x" '.repeat(200)}]) { ...F ...G } }`],
  ])('two hundred people by %s cost what two hundred people cost', async (_what, query) => {
    const fragments = ` fragment F on Person { ${fields} } fragment G on Person { household { members { person { ...F } } } }`;
    const answer = await sightline.ask('response-officer', query + fragments, {
      variables: { ids: Array.from({ length: 200 }, (_, at) => `x${at}`), id: 'x' },
    });
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.message).toMatch(/costs/);
  });
});

// Seen to fail with the directives taken from the file, as printSchema() leaves it.
test('the composed schema that is published says at which level each field is released', () => {
  const text = readFileSync(join(projectRoot(), 'schema/sightline.graphql'), 'utf8');
  expect(() => buildSchema(text)).not.toThrow();
  const levels = new Map<string, string>();
  let type = '';
  visit(parse(text), {
    ObjectTypeDefinition: ({ name }) => {
      type = name.value;
    },
    FieldDefinition: ({ name, directives = [] }) => {
      const shared = directives.find((one) => one.name.value === 'shared');
      const value = shared?.arguments?.[0]?.value;
      if (value?.kind === 'EnumValue') levels.set(`${type}.${name.value}`, value.value);
    },
  });
  expect(levels.size).toBeGreaterThan(80);
  expect(levels.get('CrisisPlan.triggers')).toBe('FULL');
  expect(levels.get('CrisisPlan.exists')).toBe('EXISTS');
});
