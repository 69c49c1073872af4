/** Scenario 2: Leila Haddad is in a refuge with her children. Her places are hidden from everybody; she is not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HIDDEN_PLACE } from '../../fixtures/people/domestic-abuse.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { wholePerson } from '../support/whole-person.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const DOOR = 'police:26/000131';
const leila = (fields: string) =>
  `{ findPeople(by: { familyName: "Haddad", givenName: "Leila", dateOfBirth: "1991-07-02" }) { outcome message contacts { desk phone } people { person { ${fields} } } } }`;
const person = (answer: Answer) => answer.data.findPeople.people[0].person;
const everything = () => wholePerson(sightline.app.catalogue);

describe('the crew at her door', () => {
  test('sees her, and that she must be seen alone', async () => {
    const answer = await sightline.ask(
      'response-officer',
      leila('identity { name } domesticAbuse { seeAlone items { caseStatus as source { agency { id } } } }'),
      { reference: DOOR },
    );
    expect(person(answer)).toEqual({
      identity: { name: expect.stringMatching(/leila haddad/i) },
      domesticAbuse: {
        seeAlone: true,
        items: [
          { caseStatus: 'Open', as: null, source: { agency: { id: 'domestic-abuse-service' } } },
          { caseStatus: 'Open', as: null, source: { agency: { id: 'police' } } },
        ],
      },
    });
  });

  test('sees no address, as of somebody who has none', async () => {
    const fields = 'addresses { state items { lines postcode } sources { agency { id } state reason } }';
    const answer = await sightline.ask('response-officer', leila(fields), { reference: DOOR });
    const { items, sources } = person(answer).addresses;
    expect(items).toBeNull();
    expect(sources).toEqual([
      { agency: { id: 'adult-services' }, state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' },
      { agency: { id: 'childrens-services' }, state: 'NOT_HELD', reason: 'NONE_IN_SCOPE' },
      { agency: { id: 'education' }, state: 'WITHHELD', reason: 'PURPOSE' },
      { agency: { id: 'housing' }, state: 'WITHHELD', reason: 'NOT_LISTED' },
      { agency: { id: 'mental-health' }, state: 'NOT_HELD', reason: 'NONE_IN_SCOPE' },
      { agency: { id: 'police' }, state: 'NOT_HELD', reason: 'NONE_IN_SCOPE' },
      { agency: { id: 'primary-care' }, state: 'WITHHELD', reason: 'NOT_LISTED' },
      { agency: { id: 'probation' }, state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' },
      { agency: { id: 'work-and-pensions' }, state: 'WITHHELD', reason: 'ROLE' },
    ]);
  });
});

describe.each([
  ['response-officer', DOOR],
  ['triage-nurse', DOOR],
  ['mash-social-worker', 'childrens-services:26384'],
  ['housing-officer', 'housing:H26-00138'],
  ['dean-cole', 'housing:009200/01'],
])('whoever asks: %s', (persona, reference) => {
  test('no answer has the address, the postcode, the practice or the school in it', async () => {
    for (const query of [
      leila(everything()),
      leila(`household { members { person { ${everything()} } } }`),
    ]) {
      const answer = await sightline.ask(persona, query, { reference });
      expect(answer.status).toBe(200);
      for (const secret of Object.values(HIDDEN_PLACE)) expect(answer.text).not.toContain(secret);
    }
  });

  test('a search by the postcode of the refuge finds nobody', async () => {
    const byPostcode = `{ findPeople(by: { familyName: "Haddad", givenName: "Leila", postcode: "${HIDDEN_PLACE.postcode}" }) { outcome people { person { id } } } }`;
    const answer = await sightline.ask(persona, byPostcode, { reference });
    expect(answer.data.findPeople).toEqual({ outcome: 'NO_MATCH', people: [] });
  });
});

describe('Dean Cole, who is a housing officer', () => {
  const BY_NAME = leila('id identity { name }');
  const NOBODY = BY_NAME.replace('Haddad', 'Hadaway');

  test('is answered as about somebody who does not exist', async () => {
    const [her, nobody] = await Promise.all(
      [BY_NAME, NOBODY].map((query) => sightline.ask('dean-cole', query)),
    );
    expect(her?.data.findPeople).toMatchObject({ outcome: 'NO_MATCH', people: [] });
    expect(her?.text).toBe(nobody?.text);
    expect(her?.text).toMatch(/may still be known/);
  });

  test('and so he is by her National Insurance number', async () => {
    const byNumber = (value: string) => `{ personByIdentifier(system: NINO, value: "${value}") { id } }`;
    const [her, nobody] = await Promise.all(
      ['QQ000138C', 'QQ999999C'].map((value) => sightline.ask('dean-cole', byNumber(value))),
    );
    expect(her?.data).toEqual({ personByIdentifier: null });
    expect(her?.text).toBe(nobody?.text);
  });

  test('her agencies are told, and his is not', async () => {
    const alerts = await sightline.store(
      "select organisation, kind from index_outbox where kind not like '%DENIAL%'",
    );
    expect(alerts.length).toBeGreaterThan(0);
    expect(alerts.map(({ organisation }) => organisation)).not.toContain('housing');
  });

  test('the log has nothing of either of them', () => {
    expect(sightline.logged.join('')).not.toMatch(/haddad|cole|QQ000|999000|ZZ9/i);
  });
});
