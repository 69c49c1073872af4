/** What one request can make the gateway do: read, search, plan, describe itself, and write into the register. */
import { getIntrospectionQuery } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Asking, type SharedSightline, sharedSightline } from '../support/sightline.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

const ask = (query: string, asking?: Asking) => sightline.ask('response-officer', query, asking);
const times = (count: number, part: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');
const ids = Array.from({ length: 200 }, (_, at) => `p${at}`);
const entriesOf = async (answer: Answer) => {
  const [row] = await sightline.store(
    'select count(*)::int as entries from register_entry where request_id = $1',
    [answer.headers.get('x-request-id')],
  );
  return row?.entries;
};
const SEARCH =
  'findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { outcome }';
const PEOPLE = 'people(ids: $ids) { id }';
const SCHEMA = getIntrospectionQuery().replace(
  /query IntrospectionQuery \{([\s\S]*?)\n {4}\}\n/,
  (_all, body) => `query { ${times(50, (at) => `s${at}: ${body.trim()}`)} }\n`,
);
const PLAN = `disclosurePlan(query: ${JSON.stringify(`{ person(id: "1") { crisisPlan { whatHelps } } }`)}) { agenciesAsked { id } }`;

// Seen to be answered before ids, sections, searches, plans and the schema itself had a price.
test.each<[string, string, RegExp, (Asking & { persona?: string })?]>([
  [
    'two hundred ids under fifty names',
    `query ($ids: [ID!]!) { ${times(50, (at) => `a${at}: ${PEOPLE}`)} }`,
    /names 10,000 people .* at most 200/,
    { variables: { ids } },
  ],
  [
    'ids and numbers that are more than two hundred together',
    `query ($ids: [ID!]!) { ${PEOPLE} one: person(id: "p200") { id } }`,
    /names 201 people .* at most 200/,
    { variables: { ids } },
  ],
  ['the whole schema under fifty names', SCHEMA, /costs/],
  [
    'types within types of the schema',
    `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
    /deeper than 2, which is the limit/,
  ],
  ['fifty searches', `{ ${times(50, (at) => `a${at}: ${SEARCH}`)} }`, /costs/],
  ['fifty plans', `{ ${times(50, (at) => `a${at}: ${PLAN}`)} }`, /costs/],
  [
    'every task of a review under fifty names',
    `{ ${times(50, (at) => `a${at}: reviewTasks(first: 50) { tasks { id sides { records { record } } } }`)} }`,
    /costs/,
    { persona: 'mash-social-worker' },
  ],
])('%s: refused, and the limit named', async (_what, query, limit, asking) => {
  const answer = await sightline.ask(asking?.persona ?? 'response-officer', query, asking);
  expect(answer.status).toBe(400);
  expect(answer.errors).toEqual([
    expect.objectContaining({ message: expect.stringMatching(limit), extensions: { code: 'QUERY_REFUSED' } }),
  ]);
  expect(await entriesOf(answer)).toBe(0);
});

describe('what is let through', () => {
  test('two hundred ids: an entry each, and no more', async () => {
    const answer = await ask(`query ($ids: [ID!]!) { ${PEOPLE} }`, { variables: { ids } });
    expect(answer.status).toBe(200);
    expect(await entriesOf(answer)).toBe(200);
  });

  test.each([
    ['the whole schema', getIntrospectionQuery()],
    ['ten searches', `{ ${times(10, (at) => `a${at}: ${SEARCH}`)} }`],
    ['two plans', `{ ${times(2, (at) => `a${at}: ${PLAN}`)} }`],
  ])('%s', async (_what, query) => {
    expect((await ask(query)).status).toBe(200);
  });
});
