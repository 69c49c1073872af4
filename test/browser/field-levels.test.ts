/** What the editor says of each field: at which level it is, and whether who asks may have it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildClientSchema,
  buildSchema,
  type GraphQLObjectType,
  getNamedType,
  introspectionFromSchema,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { validateOperation } from '../../src/gateway/limits/validate-operation.ts';
import { described, fieldLevels } from '../../src/pages/app/graphiql/levels/described.ts';
import {
  levelInWords,
  notKnown,
  type PlannedField,
} from '../../src/pages/app/graphiql/levels/level-words.ts';
import { sectionsQuery } from '../../src/pages/app/graphiql/levels/sections-query.ts';
import { projectRoot } from '../../src/project-root.ts';

const schema = buildSchema(readFileSync(join(projectRoot(), 'schema/sightline.graphql'), 'utf8'));
const introspection = introspectionFromSchema(schema);
const everything = sectionsQuery(introspection);
const AGENCIES = {
  police: 'Northshire Police',
  housing: 'Northshire Housing',
  education: 'Northshire Schools',
};

const planned = (agency: string, part: Partial<PlannedField> = {}): PlannedField => ({
  path: 'person.housing.arrearsBand',
  agency: { id: agency },
  state: 'WOULD_ASK',
  level: 'FULL',
  needs: 'SUMMARY',
  reason: null,
  opens: null,
  ...part,
});
const withheld = (agency: string, reason: string, part: Partial<PlannedField> = {}) =>
  planned(agency, { state: 'WITHHELD', level: null, reason, ...part });

test('every section of a person is asked in one query that the gateway takes', () => {
  if (everything === null) throw new Error('the schema has no person with sections');
  const document = parse(everything.query);
  expect(validate(schema, document)).toEqual([]);
  expect(validateOperation(schema, document)).toEqual([]);
  const person = schema.getType('Person') as GraphQLObjectType;
  const sections = Object.values(person.getFields()).filter(({ type }) => {
    const named = getNamedType(type);
    return isObjectType(named) && named.getInterfaces().some(({ name }) => name === 'Section');
  });
  expect(sections.length).toBeGreaterThan(20);
  for (const { name } of sections) expect(everything.fieldAt.get(`person.${name}`)).toBe(`Person.${name}`);
  expect(everything.fieldAt.get('person.crisisPlan.whatHelps')).toBe('CrisisPlan.whatHelps');
  expect(everything.fieldAt.get('person.housing')).toBe('Person.housing');
});

test('a schema without people or without a plan to ask says nothing of levels', () => {
  const small = introspectionFromSchema(
    buildSchema('type Query { person(id: ID!): Person } type Person { id: ID! }'),
  );
  expect(sectionsQuery(small)).toBeNull();
});

test.each([
  [
    'given by all',
    [planned('police'), planned('housing')],
    'Given to you',
    /Northshire Police and Northshire Housing: given, level full\./,
  ],
  [
    'given by some',
    [planned('police'), withheld('housing', 'ROLE')],
    'Given to you by 1 of 2 agencies',
    /Northshire Housing: withheld, not shared with your role\./,
  ],
  [
    'given in part',
    [planned('police'), withheld('police', 'LEVEL')],
    'Given to you in part',
    /given in part, level full; the rest withheld, more detail/,
  ],
  [
    'opened in an emergency',
    [withheld('police', 'NEEDS_BREAK_GLASS', { opens: true })],
    'Only by break-glass',
    /break-glass opens it/,
  ],
  [
    'not opened in an emergency',
    [withheld('police', 'NEEDS_BREAK_GLASS', { opens: false })],
    'Withheld from you',
    /only in an emergency/,
  ],
  [
    'decided each time',
    [withheld('police', 'NEEDS_REVIEW')],
    'Only if the agency decides so',
    /decides each time/,
  ],
  ['with consent', [withheld('police', 'CONSENT_REQUIRED')], 'Only if the person agrees', /must agree first/],
  [
    'withheld',
    [withheld('police', 'PURPOSE'), withheld('housing', 'PURPOSE')],
    'Withheld from you',
    /^Level: summary\. Northshire Police and Northshire Housing: withheld/,
  ],
  ['supplied by nobody', [planned('police', { state: 'NOT_COVERED' })], 'Supplied by nobody', /No agency/],
  ['a state of a later gateway', [planned('police', { state: 'LATER' })], 'Withheld from you', /withheld/],
])('%s', (_what, fields, badge, details) => {
  const words = levelInWords(fields, AGENCIES);
  expect(words?.badge).toBe(badge);
  expect(words?.details).toMatch(details);
  // What is given at all is never promised of one person.
  expect(/may still be withheld/.test(words?.details ?? '')).toBe(badge.startsWith('Given'));
});

test('what may be had stands in front of what a field means, and of a section what stands within it', () => {
  if (everything === null) throw new Error('the schema has no person with sections');
  const levels = fieldLevels(
    everything,
    [planned('housing'), withheld('housing', 'LEVEL', { path: 'person.housing.noticeStage' })],
    AGENCIES,
  );
  const shown = buildClientSchema(described(introspection, levels));
  const original = (type: string, field: string) =>
    (schema.getType(type) as GraphQLObjectType).getFields()[field]?.description ?? '';
  const description = (type: string, field: string) =>
    (shown.getType(type) as GraphQLObjectType).getFields()[field]?.description ?? '';
  expect(description('Housing', 'arrearsBand')).toMatch(/^\*\*Given to you\*\* \w/);
  expect(description('Housing', 'noticeStage')).toMatch(/^\*\*Withheld from you\*\* \w/);
  expect(description('Person', 'housing')).toMatch(/^\*\*Given to you in part\*\* \w/);
  expect(description('Housing', 'arrearsBand')).toContain(
    original('Housing', 'arrearsBand').split('\n\n')[0],
  );
  // Nothing is said of what was not planned.
  expect(description('Person', 'benefits')).toBe(original('Person', 'benefits'));
  expect(description('Query', 'viewer')).toBe(original('Query', 'viewer'));
});

test('where the gateway does not say, it is said that it is not known', () => {
  expect(notKnown('Say for which purpose you ask.')).toEqual({
    badge: 'Not known whether you may have it',
    details: 'Say for which purpose you ask.',
  });
});
