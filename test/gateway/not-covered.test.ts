/** What an agency does not supply, in sections that it does supply: null is said to be no answer, wherever a client looks. */
import { beforeAll, expect, test } from 'vitest';
import { type SharedSightline, sharedSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

const MEMBERS = ['findPeople', 'people', 0, 'person', 'household', 'members'];
const NOT_SUPPLIED = { code: 'NOT_AVAILABLE', reason: null, agency: 'housing', section: 'household' };

test('every field of the graph is supplied by some agency', () => {
  const nobodys = [...sightline.app.catalogue.sections.values()].flatMap(({ name, fields }) =>
    [...fields].filter(([, { suppliers }]) => suppliers.length === 0).map(([path]) => `${name}.${path}`),
  );
  expect(nobodys).toEqual([]);
});

test('a field that one supplier of a list does not have is not withheld in its items: it is not covered', async () => {
  const answer = await sightline.ask(
    'mash-social-worker',
    maya('household { state members { parentalResponsibility source { agency { id } } } }'),
  );
  const { members } = found(answer).household;
  const at = members.findIndex(
    (one: { source: { agency: { id: string } } }) => one.source.agency.id === 'housing',
  );
  expect(members[at]).toMatchObject({ parentalResponsibility: null });
  expect(answer.errors).toMatchObject([
    { path: [...MEMBERS, at, 'parentalResponsibility'], extensions: NOT_SUPPLIED },
  ]);
  expect(answer.holes).toContainEqual(
    expect.objectContaining({
      path: [...MEMBERS, 'parentalResponsibility'],
      agency: 'housing',
      state: 'NOT_COVERED',
      reason: null,
    }),
  );
});

test('a plan asks for it only those who have it', async () => {
  const query = '{ person(id: "any") { household { members { parentalResponsibility } } } }';
  const answer = await sightline.ask(
    'mash-social-worker',
    `{ disclosurePlan(query: ${JSON.stringify(query)}) { fields { path agency { id } state } } }`,
  );
  const fields: { path: string; agency: { id: string }; state: string }[] = answer.data.disclosurePlan.fields;
  const planned = fields.filter(({ path }) => path.endsWith('parentalResponsibility'));
  expect(planned.map(({ agency }) => agency.id)).toContain('childrens-services');
  expect(planned.map(({ agency }) => agency.id)).not.toContain('housing');
});
