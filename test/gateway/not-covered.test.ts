/** Fields that nobody supplies, in sections that somebody does: null is said to be no answer, wherever a client looks. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const RESPONSIBILITY = 'household { state members { relationship parentalResponsibility } }';

test('a field of an item that no agency supplies is not withheld: it is not covered', async () => {
  const answer = await sightline.ask('mash-social-worker', maya(RESPONSIBILITY));
  const members = ['findPeople', 'people', 0, 'person', 'household', 'members'];
  expect(found(answer).household).toMatchObject({
    state: 'DISCLOSED',
    members: [{ relationship: 'CHILD', parentalResponsibility: null }],
  });
  expect(answer.errors).toMatchObject([
    {
      path: [...members, 0, 'parentalResponsibility'],
      extensions: { code: 'NOT_AVAILABLE', reason: null, agency: null, section: 'household', contact: null },
    },
  ]);
  expect(answer.holes).toEqual([
    {
      path: [...members, 'parentalResponsibility'],
      section: 'household',
      agency: null,
      state: 'NOT_COVERED',
      reason: null,
      contact: null,
    },
  ]);
});

test('a plan names what no agency supplies, a section as a whole included', async () => {
  const query =
    '{ person(id: "any") { household { members { parentalResponsibility } } education { school { name } } } }';
  const answer = await sightline.ask(
    'mash-social-worker',
    `{ disclosurePlan(query: ${JSON.stringify(query)}) { fields { path agency { id } state level reason scope rule { line } } } }`,
  );
  const fields: { path: string; state: string }[] = answer.data.disclosurePlan.fields;
  const nothing = { state: 'NOT_COVERED', level: null, reason: null, scope: null, rule: null };
  for (const path of ['person.household.members.parentalResponsibility', 'person.education.school.name']) {
    const planned = fields.filter((one) => one.path === path);
    expect(planned.length).toBeGreaterThan(0);
    for (const one of planned) expect(one).toMatchObject(nothing);
  }
});
