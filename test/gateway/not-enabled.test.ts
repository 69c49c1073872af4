/**
 * A place that does not have an agency, though there is an adapter for it. The index of this one still holds what that agency
 * fed it while it was enabled; its files are broken, as they may be where nobody minds them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLInputObjectType, type GraphQLSchema, lexicographicSortSchema, printType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const ABSENT = 'work-and-pensions';
const ALSO = 'mental-health';
let root: PolicyRoot;
let sightline: Sightline;
let whole: Sightline;
beforeAll(async () => {
  root = await policyRoot();
  for (const agency of [ABSENT, ALSO]) {
    root.write(`adapters/${agency}/index.ts`, `throw new Error('of no use here');\n`);
    root.replace(`adapters/${agency}/sharing.yaml`, 'grants: [');
  }
  whole = await startSightline();
  sightline = await startSightline({ root: root.root, notEnabled: [ABSENT, ALSO] });
});
afterAll(async () => {
  await sightline?.close();
  await whole?.close();
  root?.drop();
});

const MAYA = 'findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" })';
const findMaya = (fields: string) => `{ ${MAYA} { outcome message people { person { ${fields} } } } }`;

test('the graph is the same, whichever agencies a place has, but for what they let be counted', () => {
  // The types of cohorts are made of the agencies that there are; all others stand in a file.
  const files = ['person-index', 'sections'].map((name) =>
    readFileSync(join(projectRoot(), `schema/${name}.graphql`), 'utf8'),
  );
  const printed = (schema: GraphQLSchema) => [
    ...schema.getDirectives().map((directive) => JSON.stringify(directive.toConfig())),
    ...Object.values(lexicographicSortSchema(schema).getTypeMap())
      .filter(({ name }) =>
        files.some((file) => new RegExp(`^(type|enum|interface|input) ${name}\\b`, 'm').test(file)),
      )
      .map(printType),
  ];
  expect(printed(whole.app.gateway.schema).length).toBeGreaterThan(100);
  expect(printed(sightline.app.gateway.schema)).toEqual(printed(whole.app.gateway.schema));
});

test('what only it lets be counted is not in the filters of cohorts, and all else is', () => {
  const sections = ({ app }: Sightline) =>
    Object.keys((app.gateway.schema.getType('CohortFilter') as GraphQLInputObjectType).getFields());
  expect(sections(whole)).toContain('benefits');
  expect(sections(sightline)).toEqual(sections(whole).filter((section) => section !== 'benefits'));
});

test('a section that only it supplies is covered by nobody, and says so in words of its own', async () => {
  const query = findMaya('benefits { state sources { agency { id } } healthGroup { code } }');
  const here = await sightline.ask('response-officer', query);
  expect(here.data.findPeople.people[0].person.benefits).toEqual({
    state: 'NOT_COVERED',
    sources: [],
    healthGroup: null,
  });
  expect(here.holes).toContainEqual(
    expect.objectContaining({ section: 'benefits', agency: null, state: 'NOT_COVERED', reason: null }),
  );
  const there = await whole.ask('response-officer', query);
  expect(there.data.findPeople.people[0].person.benefits.sources).toEqual([{ agency: { id: ABSENT } }]);
});

test('a section that others supply too is theirs, as if it had never been there', async () => {
  const query = findMaya('identity { state name sources { agency { id } state } }');
  const agenciesOf = async (of: Sightline): Promise<string[]> => {
    const { data } = await of.ask('response-officer', query);
    return data.findPeople.people[0].person.identity.sources.map(
      (one: { agency: { id: string } }) => one.agency.id,
    );
  };
  expect(await agenciesOf(whole)).toEqual(expect.arrayContaining([ABSENT, ALSO]));
  expect(await agenciesOf(sightline)).toEqual(
    (await agenciesOf(whole)).filter((id) => ![ABSENT, ALSO].includes(id)),
  );
});

test('it is in no list: of agencies, of what may be asked, of what is planned, of feeds, of health, of desks', async () => {
  const plan =
    'disclosurePlan(query: "{ person(id: 1) { benefits { activeSanction { days } } identity { name } } }")';
  const { data } = await sightline.ask(
    'response-officer',
    `{ agencies { id } viewer { mayAsk { agency { id } section } }
       ${plan} { fields { path state agency { id } } agenciesAsked { id } agenciesNotAsked { id } } }`,
  );
  expect(JSON.stringify(data)).toContain('police');
  expect(JSON.stringify(data)).not.toMatch(/work-and-pensions|mental-health/);
  const benefits = data.disclosurePlan.fields.filter(({ path }: { path: string }) => /benefits/.test(path));
  expect(new Set(benefits.map(({ state }: { state: string }) => state))).toEqual(new Set(['NOT_COVERED']));
  expect(sightline.app.agencies.ids).not.toContain(ABSENT);
  expect(sightline.app.desks().map(({ agency }) => agency)).not.toContain(ABSENT);
  expect(sightline.app.policies().agencies.has(ABSENT)).toBe(false);
});

test('nobody is told that it could not be looked at, and it does not keep a start from being ready', async () => {
  const { data, holes } = await sightline.ask('response-officer', findMaya('id'));
  expect(data.findPeople.outcome).toBe('MATCH');
  expect(data.findPeople.message).not.toMatch(/could not be looked at/);
  expect(holes.map(({ agency }) => agency)).not.toContain(ABSENT);
  expect(await sightline.app.filled).toEqual([]);
  expect(await sightline.app.notReady()).toBeNull();
});

test('its own staff are let in, are who they are, and have no reference that anybody knows', async () => {
  const query = '{ viewer { role organisation relationship } }';
  const { data } = await sightline.ask('work-coach', query);
  expect(data.viewer).toEqual({ role: 'work-coach', organisation: ABSENT, relationship: 'NONE' });
  const found = await sightline.ask('work-coach', findMaya('id'));
  expect(found.status).toBe(200);
  expect(found.data.findPeople.outcome).toBe('NO_MATCH');
  expect(found.data.findPeople.message).not.toMatch(/login is not known/);
  const police = await sightline.ask('work-coach', query, {
    reference: personaOf('response-officer').reference,
  });
  expect(police.data.viewer.relationship).toBe('NONE');
});

test('a number that it alone could have issued is asked of nobody', async () => {
  const { errors } = await sightline.ask(
    'response-officer',
    `{ personByIdentifier(system: LOCAL, value: "x1", issuer: "${ABSENT}") { id } }`,
  );
  expect(errors[0]).toMatchObject({
    message: expect.stringMatching(/issuer names no agency; known: /),
    extensions: { code: 'BAD_USER_INPUT' },
  });
});
