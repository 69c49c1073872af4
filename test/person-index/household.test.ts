import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RequestSubjects, Subject } from '../../src/person-index/records/types.ts';
import { GENEROUS } from './decisions.ts';
import { type Asked, incident, openWorld, type World } from './world.ts';

const MAYA_NHS = '9990000018';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.empty();
  await world.feedAll({
    police: [{ record: '1', name: 'Maya Kerr', nhs: MAYA_NHS }],
    housing: [
      { record: 't1', name: 'Maya Kerr', nhs: MAYA_NHS },
      { record: 't2', name: 'Sam Kerr', dateOfBirth: '2020-01-02' },
      { record: 't3', name: 'Pat Grey', dateOfBirth: '1970-01-02', protections: ['PROTECTED'] },
      { record: 't4', name: 'Leila Haddad', dateOfBirth: '1991-07-02', excludedStaff: ['PC1'] },
      { record: 't5', name: 'Gran Kerr', dateOfBirth: '1950-01-02' },
      { record: 't6', name: 'Joan Poole', dateOfBirth: '1948-01-02' },
    ],
  });
});

async function from(asked: Asked): Promise<{ request: RequestSubjects; maya: Subject }> {
  const request = world.ask(asked);
  const maya = await request.byIdentifier('NHS_NUMBER', MAYA_NHS, null);
  if (!maya) throw new Error('Maya is not shown');
  return { request, maya };
}
const relationships = (members: readonly (Subject | string)[]) =>
  members.map((one) => (typeof one === 'string' ? one : one.relationship));

it('ties the members of a verified person, and takes away whom nobody may be shown', async () => {
  const { request, maya } = await from({ facts: incident(['1']), granted: { ...GENEROUS, CLAIMED: {} } });
  const members = await request.household(maya, 'housing', ['t2', 't3', 't4', 'nobody']);
  expect(relationships(members)).toEqual(['VERIFIED', 'GONE', 'GONE', 'UNLINKED']);
  expect(await world.rows('index_outbox')).toHaveLength(2);
});

it('lends a claim on, and registers no other', async () => {
  const { request, maya } = await from({ facts: incident([]) });
  expect(relationships(await request.household(maya, 'housing', ['t2']))).toEqual(['CLAIMED']);
  expect(await world.rows('index_claim')).toHaveLength(1);
});

it('goes two steps: a member’s own household is tied through them, and nobody beyond', async () => {
  const { request, maya } = await from({ facts: incident(['1']) });
  const [member] = await request.household(maya, 'housing', ['t2']);
  const [second] = await request.household(member as Subject, 'housing', ['t5']);
  expect(relationships([second as Subject])).toEqual(['VERIFIED']);
  expect(relationships(await request.household(second as Subject, 'housing', ['t6']))).toEqual(['GONE']);
});

it('two steps out takes away whom nobody may be shown, as the first does', async () => {
  const { request, maya } = await from({ facts: incident(['1']) });
  const [member] = await request.household(maya, 'housing', ['t2']);
  expect(relationships(await request.household(member as Subject, 'housing', ['t3', 't4']))).toEqual([
    'GONE',
    'GONE',
  ]);
});

it('ties nobody while the relationship itself is unverified', async () => {
  const granted = { ...GENEROUS, UNVERIFIED: { '/identity': 'FULL', '/identifiers': 'FULL' } } as const;
  const { request, maya } = await from({ facts: 'down', granted });
  expect(relationships(await request.household(maya, 'housing', ['t2']))).toEqual(['GONE']);
});

it('is one expansion for all who ask at once, by the same statements for any number', async () => {
  const { request, maya } = await from({ facts: incident(['1']) });
  world.statements();
  await request.household(maya, 'housing', ['t2']);
  const one = world.statements();
  await Promise.all(['t3', 't4', 't5', 't1'].map((record) => request.household(maya, 'housing', [record])));
  expect(world.statements()).toEqual(one);
});

it('makes members people whose keys may be asked', async () => {
  const { request, maya } = await from({ facts: incident(['1']) });
  const [member] = await request.household(maya, 'housing', ['t2', 't3']);
  expect(new Set(request.resolved())).toEqual(new Set([maya, member]));
});
