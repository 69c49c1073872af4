import { expect, test } from 'vitest';
import { FieldNotPermittedError, KeyNotResolvedError } from '../../src/compile/run/errors.ts';
import { releasing } from '../../src/conformance/releasing.ts';
import { ask, open } from './support/ask.ts';

const untouched = {
  query: (): never => {
    throw new Error('SQL was sent');
  },
};

// Seen to fail when planRoot skips authorise(): the statement is sent.
test('a key that is not among the request’s own subjects is refused before any SQL', async () => {
  const asking = ask(
    untouched,
    '{ a: profile(keys: ["P001"]) { name } b: profile(keys: ["P001", "P002"]) { name } }',
    {
      of: (record) => (record === 'P001' ? open : null),
    },
  );
  await expect(asking).rejects.toThrow(KeyNotResolvedError);
  await expect(asking).rejects.toMatchObject({
    code: 'KEY_NOT_RESOLVED',
    message: expect.not.stringContaining('P002'),
  });
});

test.each([
  ['a section', '{ homes(keys: ["P1"]) { present } }'],
  ['a section by its key alone', '{ homes(keys: ["P1"]) { key } }'],
  ['a field', '{ profile(keys: ["P1"]) { name born } }'],
  ['a field under another name', '{ profile(keys: ["P1"]) { name: born } }'],
  [
    'a field in a fragment',
    '{ ...A } fragment A on Query { profile(keys: ["P1"]) { ...B } } fragment B on Profile { born }',
  ],
  ['a field in an inline fragment', '{ profile(keys: ["P1"]) { ... on Profile { born } } }'],
  ['a field of an item', '{ visits(keys: ["P1"]) { items { date note } } }'],
  ['a field of an object', '{ profile(keys: ["P1"]) { agreement { given text } } }'],
  ['a child of a decoded object', '{ visits(keys: ["P1"]) { items { desk { phone } } } }'],
  ['whether a list is cut', '{ visits(keys: ["P1"]) { truncated } }'],
])('%s that the decisions withhold is refused before any SQL', async (_what, document) => {
  const decisions = releasing({
    profile: { without: ['born', 'agreement.text'] },
    visits: { without: ['items.note', 'items.desk.phone', 'truncated'] },
  });
  const asking = ask(untouched, document, { of: () => ({ decisions, placeShield: false }) });
  await expect(asking).rejects.toThrow(FieldNotPermittedError);
});

test('one person of many who may not have the field is enough to refuse', async () => {
  const decisions = releasing({ profile: { without: ['born'] } });
  const asking = ask(untouched, '{ profile(keys: ["P1", "P2"]) { born } }', {
    of: (record) => (record === 'P2' ? { decisions, placeShield: false } : open),
  });
  await expect(asking).rejects.toThrow(FieldNotPermittedError);
});

test('a field that a directive leaves out is not asked', async () => {
  const decisions = releasing({ profile: { without: ['born'] } });
  const { data } = await ask(
    { query: async () => [] },
    'query ($no: Boolean!) { profile(keys: ["P1"]) { name born @include(if: $no) } }',
    {
      variables: { no: false },
      of: () => ({ decisions, placeShield: false }),
    },
  );
  expect(data.profile).toEqual([{ name: null }]);
});

test.each([
  ['a mutation', 'mutation { profile(keys: []) { name } }', {}],
  ['a field that the schema has not', '{ profile(keys: ["P1"]) { secret } }', {}],
  ['a variable of another type', 'query ($k: [ID!]!) { profile(keys: $k) { name } }', { k: [{ a: 1 }] }],
  ['a date that is none', '{ visits(keys: ["P1"]) { items(since: "yesterday") { date } } }', {}],
])('%s is not understood, and nothing is sent', async (_what, document, variables) => {
  await expect(ask(untouched, document, { variables })).rejects.toMatchObject({
    code: 'DOCUMENT_NOT_UNDERSTOOD',
  });
});
