/** Of whom there is a timeline, and of whom there is none: nobody is in it whom the caller could not ask about. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { found, glassOf, maya } from './break-glass.ts';

let root: PolicyRoot;
let sightline: Sightline;
beforeAll(async () => {
  root = await policyRoot();
  // The trust lets break-glass open what the person was diagnosed with too, which is an event.
  for (const [from, to] of [
    ['opens: [medication, allergies]', 'opens: [diagnoses, medication, allergies]'],
  ] as const)
    root.change('adapters/mental-health/sharing.yaml', from, to);
  sightline = await startSightline({ root: root.root });
}, 120_000);
afterAll(async () => {
  await sightline?.close();
});

const LINE = `timeline(since: "1900-01-01", first: 500) { state next sources { agency { id } state reason } items { section title } }`;
const glass = glassOf(() => sightline);
const sectionsIn = (answer: Answer): Set<string> =>
  new Set((found(answer).timeline.items as { section: string }[]).map(({ section }) => section));
const find = (persona: string, [familyName, givenName, dateOfBirth]: readonly string[]) =>
  sightline.ask(
    persona,
    'query ($by: PersonSearch!) { findPeople(by: $by) { outcome message people { person { id timeline { state items { title } } } } } }',
    { variables: { by: { familyName, givenName, dateOfBirth } } },
  );

test('what break-glass opens is in the timeline while it is open, and not before or after', async () => {
  const before = await glass.ask(maya(LINE));
  expect(sectionsIn(before)).not.toContain('clinical');
  const person = found(before).id as string;
  const { data, errors } = await glass.open(person);
  expect(errors).toEqual([]);
  const open = await glass.ask(maya(LINE));
  expect(sectionsIn(open)).toContain('clinical');
  await glass.end(data.breakGlass.id);
  const after = await glass.ask(maya(LINE));
  expect(found(after).timeline).toEqual(found(before).timeline);
  expect(after.holes).toEqual(before.holes);
});

test.each([
  ['a protected person', ['Vale', 'Ruth', '1979-04-09']],
  ['somebody whom nobody knows', ['Nobody', 'Norma', '1979-05-24']],
])('of %s there is none, as there is no person', async (_who, of) => {
  const answer = await find('response-officer', of);
  expect(answer.data.findPeople).toMatchObject({ outcome: 'NO_MATCH', people: [] });
});

test('a former partner is answered as of an unknown person', async () => {
  const [leila, unknown] = [
    await find('dean-cole', ['Haddad', 'Leila', '1991-07-02']),
    await find('dean-cole', ['Haddad', 'Nobody', '1991-07-03']),
  ];
  expect(leila.data).toEqual(unknown.data);
  expect(leila.holes).toEqual(unknown.holes);
});

test('a cursor serves its login, its person, its purpose and its reference, and is refused elsewhere in the same words', async () => {
  const page = (persona: string, of: readonly string[], after: string, asking = {}) =>
    sightline.ask(
      persona,
      `query ($by: PersonSearch!, $after: ID) { findPeople(by: $by) { people { person { timeline(since: "1900-01-01", first: 1, after: $after) { next items { title } } } } } }`,
      {
        variables: { by: { familyName: of[0], givenName: of[1], dateOfBirth: of[2] }, after: after || null },
        ...asking,
      },
    );
  const MAYA = ['Kerr', 'Maya', '2002-03-14'];
  const next = (answer: Answer) => found(answer).timeline.next as string;
  const cursor = next(await page('response-officer', MAYA, ''));
  expect(cursor).toEqual(expect.any(String));
  expect(
    (await page('response-officer', MAYA, cursor)).errors.filter(
      ({ extensions }) => extensions.code === 'BAD_USER_INPUT',
    ),
  ).toEqual([]);
  const elsewhere = [
    await page('triage-nurse', MAYA, cursor),
    await page('response-officer', MAYA, cursor, { purpose: 'child-protection' }),
    await page('response-officer', MAYA, cursor, { reference: 'police:26/000124' }),
    await page('response-officer', ['Tate', 'Owen', '1984-06-21'], cursor, { reference: 'police:26/000140' }),
    await page('response-officer', MAYA, found(await glass.ask(maya('')))?.id ?? 'x'),
  ];
  const told = elsewhere
    .flatMap(({ errors }) => errors)
    .filter(({ extensions }) => extensions.code === 'BAD_USER_INPUT')
    .map(({ message }) => message);
  expect(told.length).toBeGreaterThanOrEqual(4);
  expect(new Set(told).size).toBe(1);
});

test('what a query would ask is planned as the sections that it asks', async () => {
  const plan = async (fields: string) => {
    const answer = await sightline.ask(
      'response-officer',
      'query ($query: String!) { disclosurePlan(query: $query) { fields { path section state level reason agency { id } } agenciesAsked { id } } }',
      { variables: { query: `{ person(id: "x") { ${fields} } }` } },
    );
    expect(answer.errors).toEqual([]);
    return answer.data.disclosurePlan;
  };
  const line = await plan('timeline { items { date title detail } }');
  const direct = await plan('policeEvents { items { date category summary } }');
  const said = ({ agency, state, level, reason }: Record<string, unknown>) => ({
    agency,
    state,
    level,
    reason,
  });
  expect(
    line.fields.filter(({ section }: { section: string }) => section === 'policeEvents').map(said),
  ).toEqual(direct.fields.map(said));
  const asked = await glass.ask(maya(LINE));
  const answered = found(asked).timeline.sources.filter(
    ({ state }: { state: string }) => state !== 'WITHHELD',
  );
  expect(line.agenciesAsked).toEqual(answered.map(({ agency }: { agency: unknown }) => agency));
});
