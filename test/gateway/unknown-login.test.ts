/** A sign-in that gives a number which the organisation's own system does not know: said as that, and about the caller alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline.close());

const OFFICER = { purpose: 'mental-health-crisis', reference: 'police:26/000123' };
const SEARCH = (name: string) =>
  `{ findPeople(by: { familyName: "${name}", givenName: "Maya", dateOfBirth: "2002-03-14" }) { outcome message } }`;
const WORDS = 'Your login is not known to Northshire Police’s system';

async function asks(sub: string, query: string, asking: object = OFFICER) {
  const token = await sightline.tokens.issue(personaOf('response-officer', { sub }));
  return sightline.askAs(token, query, asking);
}

test('whoever is on no list of their organisation learns that it is their sign-in, known or unknown whom they ask for', async () => {
  const [known, unknown] = [
    await asks('a-guid-of-the-issuer', SEARCH('Kerr')),
    await asks('a-guid-of-the-issuer', SEARCH('Nobody')),
  ];
  expect(known.data.findPeople.outcome).toBe('NO_MATCH');
  expect(known.data.findPeople.message).toContain(WORDS);
  expect(unknown.data).toEqual(known.data);
});

test('the same for a number and for an id', async () => {
  const number = await asks(
    'a-guid-of-the-issuer',
    '{ personByIdentifier(system: PNC, value: "2002/0123456K") { id } person(id: "stale") { id } }',
  );
  const messages = number.errors.map(({ message }) => message).filter((message) => /available/.test(message));
  expect(messages.length).toBeGreaterThan(0);
  for (const message of messages) expect(message).toContain(WORDS);
});

test('a colleague who is on another incident is known, and is told no such thing', async () => {
  const colleague = await asks('PC3902', SEARCH('Kerr'));
  expect(colleague.data.findPeople.outcome).toBe('NO_MATCH');
  expect(colleague.data.findPeople.message).not.toContain('Your login');
});

test('nor is whoever is on the incident', async () => {
  const sam = await asks('PC4417', SEARCH('Nobody'));
  expect(sam.data.findPeople.message).not.toContain('Your login');
});
