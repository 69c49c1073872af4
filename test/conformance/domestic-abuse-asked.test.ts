/** The charity asked through the whole gateway: what the two sides of one case look like to the same officer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HIDDEN_PLACE } from '../../fixtures/people/domestic-abuse.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { wholePerson } from '../support/whole-person.ts';

const DOOR = 'police:26/000131';
const CHARITY = 'domestic-abuse-service';
const FIELDS = `
  identity { sources { agency { id } state } records { source { agency { id } } name } }
  contact { safeContact sources { agency { id } state } items { source { agency { id } } value } }
  involvements { items { source { agency { id } } service status lead { name phone } } }
  domesticAbuse { seeAlone items { source { agency { id } } as caseStatus adviser { name } } }`;
const find = (family: string, given: string, born: string, fields = FIELDS) =>
  `{ findPeople(by: { familyName: "${family}", givenName: "${given}", dateOfBirth: "${born}" }) { outcome people { person { ${fields} } } } }`;
const leila = (fields?: string) => find('Haddad', 'Leila', '1991-07-02', fields);
const dean = (fields?: string) => find('Cole', 'Dean', '1988-11-23', fields);
const peter = (fields?: string) => find('Marlow', 'Peter', '1957-05-30', fields);
const person = (answer: Answer) => answer.data.findPeople.people[0]?.person;
type Sourced = { source: { agency: { id: string } } };
const fromCharity = (items: Sourced[] | null) =>
  (items ?? []).filter(({ source }) => source.agency.id === CHARITY);

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
  // The officer's incident names both sides, and a witness of whom the charity has never heard.
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD")
       values ('26/000131', '100214', 'S'), ('26/000131', '100161', 'W')`,
  );
});
afterAll(() => sightline?.close());

const asOfficer = (query: string, purpose: string) =>
  sightline.ask('response-officer', query, { reference: DOOR, purpose });

describe.each(['domestic-abuse', 'mental-health-crisis', 'child-protection'])(
  'to an officer at %s',
  (purpose) => {
    test('Leila Haddad has somebody to call, and is to be seen alone', async () => {
      const answer = person(await asOfficer(leila(), purpose));
      expect(answer.domesticAbuse.seeAlone).toBe(true);
      expect(answer.contact.safeContact).toMatch(/see alone/i);
      expect(fromCharity(answer.domesticAbuse.items)).toMatchObject([
        { as: null, caseStatus: 'Open', adviser: null },
      ]);
      expect(fromCharity(answer.involvements.items)).toMatchObject([
        { service: 'DOMESTIC_ABUSE_SUPPORT', status: 'OPEN', lead: { name: 'Farah Idris', phone: null } },
      ]);
    });

    test('Dean Cole is known, and nothing of him looks like a victim or a client', async () => {
      const answer = person(await asOfficer(dean(), purpose));
      expect(answer.identity.records).not.toHaveLength(0);
      for (const items of [
        answer.identity.records,
        answer.contact.items,
        answer.involvements.items,
        answer.domesticAbuse.items,
      ])
        expect(fromCharity(items)).toEqual([]);
      expect(answer.domesticAbuse.seeAlone).not.toBe(true);
      expect(answer.contact.safeContact).toBeNull();
      expect(JSON.stringify(answer)).not.toContain('DOMESTIC_ABUSE_SUPPORT');
    });
  },
);

test.each(['identity', 'contact', 'involvements', 'domesticAbuse'])(
  'of %s the charity says the same of Dean Cole as of somebody of whom it has never heard',
  async (section) => {
    const fields = `${section} { sources { agency { id } state level reason scope message asOf retrievedAt } }`;
    const said = async (query: string) => {
      const answer = person(await asOfficer(query, 'domestic-abuse'));
      return answer[section].sources.find((one: Sourced['source']) => one.agency.id === CHARITY);
    };
    const ofDean = await said(dean(fields));
    expect(ofDean).toMatchObject({ state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' });
    expect(ofDean).toEqual(await said(peter(fields)));
    expect((await said(leila(fields))).state).toBe('DISCLOSED');
  },
);

describe('her adviser', () => {
  test('sees the whole case with its side, and no refuge in it', async () => {
    const answer = await sightline.ask('domestic-abuse-adviser', leila());
    expect(fromCharity(person(answer).domesticAbuse.items)).toMatchObject([
      { as: 'VICTIM', caseStatus: 'Open', adviser: { name: 'Farah Idris' } },
    ]);
    const all = await sightline.ask('domestic-abuse-adviser', leila(wholePerson(sightline.app.catalogue)));
    expect(all.status).toBe(200);
    for (const secret of Object.values(HIDDEN_PLACE)) expect(all.text).not.toContain(secret);
  });

  test('has no reason to look up the other side', async () => {
    const answer = await sightline.ask('domestic-abuse-adviser', dean());
    expect(answer.data.findPeople).toEqual({ outcome: 'NO_MATCH', people: [] });
  });
});

test('Dean Cole finds neither her nor the children', async () => {
  for (const query of [leila(), find('Haddad', 'Sami', '2016-01-25')]) {
    const answer = await sightline.ask('dean-cole', query);
    expect(answer.data.findPeople).toEqual({ outcome: 'NO_MATCH', people: [] });
  }
});
