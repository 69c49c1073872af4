import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  buildSchema,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  visit,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { composeSchema } from '../../scripts/compose-schema.ts';
import { projectRoot } from '../../src/project-root.ts';

const contract = readFileSync(fileURLToPath(new URL('contract.graphql', import.meta.url)), 'utf8');
let composed = '';
beforeAll(async () => {
  composed = await composeSchema(projectRoot());
});

test('the committed schema is what vocabulary and agencies compose to (else: npm run schema)', async () => {
  await expect(composed).toMatchFileSnapshot('../../schema/sightline.graphql');
});

describe('the public schema is a superset of the contract', () => {
  test('nothing of the contract is removed or changed', async () => {
    expect(await departures(composed)).toEqual([]);
  });

  test.each([
    ['a field', 'dashScore: Int @shared(from: FULL)', ''],
    ['an argument', '(since: Date, first: Int = 50)', '(first: Int = 50)'],
    ['an enum value', 'HAZARD_AT_ADDRESS', ''],
    ['a field of an input', 'postcode: String  identifier: IdentifierInput', 'identifier: IdentifierInput'],
    ['an interface', 'type Order implements Sourced', 'type Order'],
    ['the type of a field', 'detained: Boolean', 'detained: String'],
    ['a promise of null', 'detained: Boolean', 'detained: Boolean!'],
    ['a promise of a value', 'id: ID!  relationship', 'id: ID  relationship'],
    ['a default', 'first: Int = 50', 'first: Int = 500'],
    ['a level', 'safeContact: String @shared(from: SUMMARY)', 'safeContact: String @shared(from: EXISTS)'],
    ['a level where there was none', 'ethnicity: CodedValue', 'ethnicity: CodedValue @shared(from: SUMMARY)'],
    ['no level where there was one', 'safeContact: String @shared(from: SUMMARY)', 'safeContact: String'],
    ['a required argument', 'agencies: [Agency!]!', 'agencies(area: String!): [Agency!]!'],
  ])('a change to %s would be seen', async (_, before, after) => {
    expect(contract).toContain(before);
    expect(await departures(contract.replace(before, after))).not.toEqual([]);
  });
});

test('everything that can be asked or answered is described', () => {
  expect(undescribed(composed)).toEqual([]);
  expect(undescribed('"d" type A { "d" b("d" c: Int, e: Int): F } enum F { "d" G H }')).toEqual([
    'A.b.e',
    'F',
    'F.H',
  ]);
});

/** Questions that the contract does not know: the gateway's own, none an agency's. */
const ADDED = [
  'Query.accessHistory',
  'Query.reviewTasks',
  'Query.linksToConfirm',
  'Mutation.decideLink',
  'Mutation.confirmLink',
  'Mutation.undoLinkDecision',
  'Query.breakGlassGrants',
  'Query.disclosureRequests',
  'Query.policyStatus',
  'Query.policyMatrix',
  'Query.register',
  'Query.barriers',
  'Query.cohort',
  'Query.registerStatement',
  'Query.policyDiff',
  ...['consents', 'consentsToConfirm', 'objections', 'mistakes'].map((name) => `Query.${name}`),
  ...['recordConsent', 'confirmConsent', 'withdrawConsent'].map((name) => `Mutation.${name}`),
  ...['recordObjection', 'decideObjection', 'reportMistake', 'answerMistake'].map(
    (name) => `Mutation.${name}`,
  ),
  'Mutation.breakGlass',
  'Mutation.signPolicy',
  'Mutation.withdrawAgreement',
  'Mutation.endBreakGlass',
  'Mutation.confirmBreakGlass',
  'Mutation.reviewBreakGlass',
  'Mutation.requestDisclosure',
  'Mutation.decideDisclosure',
  'Mutation.recordRelay',
];

test("what only the gateway uses is not in the public graph: agencies' roots, keys and helper fields", () => {
  const { fields, types } = members(composed);
  expect(types).not.toContain('AgencySource');
  const alike = fields.filter((name) => /\.(key|keys|present|asOf|sightline\w*)$/i.test(name));
  expect(alike.toSorted()).toEqual([
    // The names of what counts are grouped by.
    'BarrierRow.keys',
    'CohortGroup.keys',
    'Countable.asOf',
    'Source.asOf',
    'SourceAnswer.asOf',
  ]);
  const agreed = members(contract).fields.filter((name) => name.startsWith('Query.'));
  const asked = fields.filter((name) => /^(Query|Mutation)\./.test(name));
  expect(asked.filter((name) => !agreed.includes(name)).toSorted()).toEqual(ADDED.toSorted());
  expect(asked.filter((name) => !ADDED.includes(name))).toEqual(agreed);
});

/** What a client of the contract, or an agency that relies on its levels, would find otherwise in `sdl`. */
async function departures(sdl: string): Promise<string[]> {
  const changes = await diff(buildSchema(contract), buildSchema(sdl));
  return changes.filter((change) => !isHarmless(change)).map(({ message }) => message);
}

/** Words may change, and things may be added that nobody has to know: but no level to a field of the contract. */
function isHarmless({ type, criticality, path }: Change): boolean {
  if (/_DESCRIPTION_/.test(type)) return true;
  // The contract has no mutation: that there is one now is an addition.
  if (type === 'SCHEMA_MUTATION_TYPE_CHANGED') return !contract.includes('type Mutation');
  return (
    /_ADDED$/.test(type) &&
    (!type.startsWith('DIRECTIVE_USAGE') ||
      path?.endsWith('@event') === true ||
      path?.includes('@event.') === true) &&
    criticality.level !== CriticalityLevel.Breaking
  );
}

type Described = DefinitionNode | FieldDefinitionNode | InputValueDefinitionNode;

function undescribed(sdl: string): string[] {
  const found: string[] = [];
  const path: string[] = [];
  visit(parse(sdl), {
    enter(node) {
      if (!('name' in node) || !node.name || !DESCRIBABLE.has(node.kind)) return;
      path.push(node.name.value);
      if (!(node as Described & { description?: unknown }).description) found.push(path.join('.'));
    },
    leave(node) {
      if (DESCRIBABLE.has(node.kind)) path.pop();
    },
  });
  return found;
}

const DESCRIBABLE: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.ENUM_VALUE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.DIRECTIVE_DEFINITION,
  Kind.FIELD_DEFINITION,
  Kind.INPUT_VALUE_DEFINITION,
]);

function members(sdl: string): { types: string[]; fields: string[] } {
  const definitions = parse(sdl).definitions.filter((one) => 'name' in one && one.name !== undefined);
  const types = definitions.map((one) => (one as { name: { value: string } }).name.value);
  const fields = definitions.flatMap((one, index) =>
    'fields' in one ? (one.fields ?? []).map((field) => `${types[index]}.${field.name.value}`) : [],
  );
  return { types, fields };
}
