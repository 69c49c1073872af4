import fc from 'fast-check';
import { type DocumentNode, Kind, parse, print, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { printed, sentDocument } from '../../src/client/document.ts';
import * as examples from '../../src/generated/examples.ts';
import { CrisisDocument } from '../clients/generated/crisis.ts';

/** What a document says, as graphql-js prints it, whichever way its strings were written. */
const meaning = (document: DocumentNode) =>
  print(visit(document, { StringValue: ({ value }) => ({ kind: Kind.STRING, value }) }));

const documents = Object.entries({ CrisisDocument, ...examples }).filter(([name]) =>
  name.endsWith('Document'),
);

describe('a document as it is sent', () => {
  test.each(documents)('says what %s says', (_, document) => {
    const text = printed(document as DocumentNode);
    expect(meaning(parse(text))).toEqual(meaning(document as DocumentNode));
  });

  test('has every kind of value, type and directive', () => {
    const all = parse(
      `query Q($a: [ID!]! = ["x"] @d, $b: Int = -1) @e(f: { g: $a, h: [1, 2.5, null, true, ENUM] }) {
        z: field(a: $a, s: """block "quoted"
          text""") @include(if: true) { ...F ... on T @skip(if: $b) { x } ... { y } }
      }
      fragment F on T @d { x } mutation M { m }`,
    );
    expect(meaning(parse(printed(all)))).toEqual(meaning(all));
  });

  test('keeps every string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const node = { kind: Kind.STRING, value };
        const text = `{ f(s: ${printed(node)}) }`;
        const [operation] = parse(text).definitions;
        const field = (
          operation as unknown as {
            selectionSet: { selections: [{ arguments: [{ value: { value: string } }] }] };
          }
        ).selectionSet.selections[0];
        expect(field.arguments[0].value.value).toBe(value);
      }),
    );
  });

  test.each<[string, string | object, string | null, string | null]>([
    ['a string', '{ a }', null, '{ a }'],
    [
      'graphql-codegen’s string',
      Object.assign(new String('{ a }'), { __meta__: { hash: 'sha256:1' } }),
      'sha256:1',
      '{ a }',
    ],
    ['graphql-codegen’s node', { ...parse('{ a }'), __meta__: { hash: 'h' } }, 'h', 'query {a}'],
    ['Relay’s request', { params: { id: 'r1', text: null } }, 'r1', null],
    ['Relay’s request with its text', { params: { id: null, text: '{ a }' } }, null, '{ a }'],
  ])('is sent by id or text: %s', (_, document, id, text) => {
    expect(sentDocument(document)).toEqual({ id, text });
  });
});
