/** What the linkage model adds to a search: slips are found, the question must be worth something, and why is said. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonSearchInput, SearchResult } from '../../src/person-index/records/types.ts';
import { type Asked, incident, openWorld, type World } from './world.ts';

const MAYA = {
  record: '1',
  name: 'Maya Kerr',
  dateOfBirth: '2002-03-07',
  nhs: '9990000018',
  postcode: 'ZZ1 4AB',
};
const ASKED: Asked = { facts: incident(['1', '2', '3']) };
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const find = (search: PersonSearchInput, asked: Asked = ASKED): Promise<SearchResult> =>
  world.ask(asked).search(search);

describe('a search with a slip finds the person, and says where the slip is', () => {
  it.each<[string, PersonSearchInput, string[]]>([
    [
      'in the forename',
      { familyName: 'Kerr', givenName: 'Mayya', dateOfBirth: '2002-03-07' },
      ['same date of birth', 'same surname', 'forename differs by a slip'],
    ],
    [
      'in the surname',
      { familyName: 'Keer', givenName: 'Maya', dateOfBirth: '2002-03-07' },
      ['same date of birth', 'same forename', 'surname differs by a slip'],
    ],
    [
      'of day and month',
      { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-07-03' },
      ['same surname', 'day and month of birth swapped', 'same forename'],
    ],
    [
      'of forename and surname',
      { familyName: 'Maya', givenName: 'Kerr', dateOfBirth: '2002-03-07' },
      [
        'same date of birth',
        'same surname',
        'same forename',
        'forename and surname stand in each other’s place',
      ],
    ],
  ])('%s', async (_, search, explanation) => {
    await world.feed('police', [MAYA]);
    const { outcome, people } = await find(search);
    expect(outcome).toBe('MATCH');
    expect(people).toMatchObject([{ confidence: 'PROBABLE', explanation }]);
    expect(people[0]?.differsOn.length).toBeGreaterThan(0);
  });

  it('by a nickname', async () => {
    await world.feed('police', [{ ...MAYA, name: 'William Kerr' }]);
    const { people } = await find({ familyName: 'Kerr', givenName: 'Bill', dateOfBirth: '2002-03-07' });
    expect(people[0]?.explanation).toContain('forenames that stand for one another');
  });

  it('by a former surname with the present forename', async () => {
    await world.feed('police', [{ ...MAYA, aliases: ['May Lane'] }]);
    const { people } = await find({ familyName: 'Lane', givenName: 'Maya', dateOfBirth: '2002-03-07' });
    expect(people).toMatchObject([{ confidence: 'PROBABLE' }]);
  });
});

describe('a slip that may mean somebody else shows nobody', () => {
  it.each<[string, PersonSearchInput]>([
    [
      'a surname that nobody recorded',
      { familyName: 'Okafor', givenName: 'Maya', dateOfBirth: '2002-03-07' },
    ],
    ['another year of birth', { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2012-03-07' }],
    ['a forename that is another’s', { familyName: 'Kerr', givenName: 'Zoe', dateOfBirth: '2002-03-07' }],
  ])('%s: POSSIBLE_MATCH', async (_, search) => {
    await world.feed('police', [MAYA]);
    expect(await find(search)).toMatchObject({ outcome: 'POSSIBLE_MATCH', people: [] });
  });

  it('a name alone that agrees finds nobody, though there is a date of birth to ask with', async () => {
    await world.feed('police', [{ ...MAYA, dateOfBirth: null }]);
    const search = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-07' };
    expect((await find(search)).outcome).toBe('NO_MATCH');
  });
});

describe('of several who fit', () => {
  const OTHER = { record: '2', name: 'Maya Kerr', dateOfBirth: '2002-03-07', nhs: '9990000026' };
  const search = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-07' };

  it('nobody is shown where none is clearly ahead', async () => {
    await world.feed('police', [MAYA, { ...OTHER, postcode: 'ZZ2 1AA' }]);
    expect((await find(search)).outcome).toBe('MANY_MATCH');
  });

  it('what else is known puts one ahead', async () => {
    await world.feed('police', [MAYA, { ...OTHER, postcode: 'ZZ2 1AA' }]);
    const { outcome, people } = await find({ ...search, postcode: 'ZZ1 4AB' });
    expect(outcome).toBe('MATCH');
    expect(people[0]?.subject.links.get('police')).toEqual(['1']);
  });

  it('nobody is shown where the number is one person’s and the name another’s', async () => {
    await world.feed('police', [MAYA, { record: '2', nhs: '9990000026' }]);
    const crossed = { ...search, identifier: { system: 'NHS_NUMBER' as const, value: '9990000026' } };
    expect((await find(crossed)).outcome).toBe('MANY_MATCH');
  });

  it('more than may be weighed are TOO_BROAD, not silently fewer', async () => {
    const many = Array.from({ length: 201 }, (_, at) => ({
      record: `r${at}`,
      name: `Zoe${'abcdefghijklmnopqrstuvwxyz'[at % 26]}q Kerr`,
      dateOfBirth: '2002-03-07',
      nino: `QQ${String(100000 + at)}A`,
    }));
    await world.feed('police', many);
    expect((await find({ familyName: 'Other', givenName: 'Ada', dateOfBirth: '2002-03-07' })).outcome).toBe(
      'TOO_BROAD',
    );
  });
});

it('explains nothing from agencies that may not appear', async () => {
  await world.feedAll({
    police: [{ record: '1', nhs: MAYA.nhs, name: 'Maya Kerr' }],
    'mental-health': [{ ...MAYA, record: 'c1' }],
  });
  const only = { VERIFIED: { 'police/identity': 'FULL', 'police/identifiers': 'FULL' } } as const;
  const search = {
    familyName: 'Kerr',
    dateOfBirth: '2002-03-07',
    identifier: { system: 'NHS_NUMBER' as const, value: MAYA.nhs },
  };
  const { people } = await find(search, { ...ASKED, granted: { ...only, CLAIMED: only.VERIFIED } });
  expect(people).toMatchObject([{ explanation: ['same identifier', 'same surname'] }]);
});
