/** What was answered is read by the names of the schema, whatever a query calls it. */
import { expect, test } from 'vitest';
import { rootFields } from '../../src/pages/app/graphiql/fields-by-name.ts';

test.each([
  ['as the schema calls it', '{ barriers { asked { value } } }', { barriers: { asked: { value: 3 } } }],
  ['by other names', '{ b: barriers { a: asked { v: value } } }', { b: { a: { v: 3 } } }],
  [
    'in fragments',
    'query { ...Q } fragment Q on Query { barriers { ... on BarrierReport { asked { ...C } } } } fragment C on Count { value }',
    { barriers: { asked: { value: 3 } } },
  ],
  [
    'in two halves',
    '{ barriers { asked { value } } barriers { asked { value } } }',
    { barriers: { asked: { value: 3 } } },
  ],
])('%s', (_how, query, data) => {
  const [{ name, value } = { name: '', value: null }] = rootFields({ data }, { query });
  expect({ name, value }).toEqual({ name: 'barriers', value: { asked: { value: 3 } } });
});

test('of several operations the one that was run', () => {
  const query = 'query A { viewer { name } } query B { agencies { id } }';
  expect(rootFields({ data: { agencies: [] } }, { query, operationName: 'B' })).toEqual([
    { name: 'agencies', key: 'agencies', value: [] },
  ]);
});

test('nothing of a query that cannot be read, and no value where nothing was answered', () => {
  expect(rootFields({}, { query: '{ barriers {' })).toEqual([]);
  expect(rootFields({ data: null }, { query: '{ barriers { note } }' })).toEqual([
    { name: 'barriers', key: 'barriers', value: undefined },
  ]);
});
