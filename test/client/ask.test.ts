import { beforeAll, describe, expect, test } from 'vitest';
import { createClient, type SightlineClient } from '../../src/client/ask.ts';
import { isDisclosed, isWithheld } from '../../src/client/section.ts';
import { wordsAt } from '../../src/client/words.ts';
import { CrisisDocument } from '../clients/generated/crisis.ts';
import { personaOf, type SharedSightline, sharedSightline } from '../support/sightline.ts';

const MAYA = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };
const PERSON = 'findPeople.people.0.person';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

const clientOf = (persona: string): SightlineClient => {
  const { purpose, reference } = personaOf(persona);
  return createClient({
    url: `${sightline.url}/graphql`,
    token: () => sightline.tokens.issue(personaOf(persona)),
    ...{ purpose, reference },
  });
};

describe('Maya’s crisis plan', () => {
  test('is given to an officer with its gaps, whom to call, and when it came', async () => {
    const answer = await clientOf('response-officer').ask(CrisisDocument, MAYA);
    const person = answer.data.findPeople.people[0]?.person;
    const plan = person?.crisisPlan;
    if (!plan || !isDisclosed(plan)) throw new Error('the plan is disclosed to an officer');
    expect(plan.whatHelps).toContain('low voice');
    expect(answer.holesAt(`${PERSON}.crisisPlan.whatHelps`)).toEqual([]);
    expect(plan.triggers).toBeNull();
    const { holes } = answer;
    expect(holes.length).toBeGreaterThan(0);
    expect(wordsAt(answer.holesAt(`${PERSON}.crisisPlan.triggers`))).toMatch(
      /^Mental health\. Withheld: more detail than is shared with you\. Call .*, 01632 960200\.$/,
    );
    expect(person && isWithheld(person.clinical)).toBe(true);
    expect(Date.now() - answer.receivedAt.getTime()).toBeGreaterThanOrEqual(0);
    expect(answer.reference).toBe(personaOf('response-officer').reference);
  });
});
