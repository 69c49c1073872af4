/** A login for one's own record is a login for nobody else's. */
import { beforeAll, expect, test } from 'vitest';
import { personaOf, type SharedSightline, sharedSightline } from '../support/sightline.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

const find = (family: string, given: string, born: string) =>
  `{ findPeople(by: { familyName: "${family}", givenName: "${given}", dateOfBirth: "${born}" }) { outcome people { person { identity { name } } } } }`;
const MAYA = find('Kerr', 'Maya', '2002-03-14');

test('whoever asked for their own record finds themselves', async () => {
  const answer = await sightline.ask('data-subject', MAYA);
  expect(answer.data.findPeople).toMatchObject({ outcome: 'MATCH', people: [{ person: {} }] });
});

test.each([
  ['her daughter', find('Kerr', 'Isla', '2021-06-08')],
  ['her former boyfriend', find('Rudd', 'Liam', '1999-09-27')],
  ['a stranger', find('Shaw', 'Donna', '1989-08-02')],
  ['nobody at all', find('Nowhere', 'Nobody', '1950-01-01')],
])('%s is not there', async (_who, query) => {
  const answer = await sightline.ask('data-subject', query);
  expect(answer.data.findPeople).toEqual({ outcome: 'NO_MATCH', people: [] });
});

test('another login with her request’s number finds nobody', async () => {
  const other = personaOf('data-subject', { sub: 'subject-0099' });
  const answer = await sightline.askAs(await sightline.tokens.issue(other), MAYA, {
    purpose: other.purpose,
    reference: other.reference,
  });
  expect(answer.data.findPeople).toEqual({ outcome: 'NO_MATCH', people: [] });
});

test('a member of staff cannot take her request for a reason of their own', async () => {
  const answer = await sightline.ask('triage-nurse', MAYA, { reference: 'mental-health:SAR-000018' });
  expect(answer.data.findPeople).toEqual({ outcome: 'NO_MATCH', people: [] });
});

test('her household is nobody’s to walk through from there', async () => {
  const answer = await sightline.ask(
    'data-subject',
    MAYA.replace('identity { name }', 'household { state members { person { id } } }'),
  );
  expect(answer.data.findPeople.people[0].person.household).toEqual({ state: 'WITHHELD', members: null });
});
