import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonSearchInput, SearchResult } from '../../src/person-index/records/types.ts';
import { GENEROUS, type Granted } from './decisions.ts';
import { type Asked, incident, openWorld, type World } from './world.ts';

const MAYA = {
  name: 'Maya Kerr',
  dateOfBirth: '2002-03-14',
  nhs: '9990000018',
  postcode: 'ZZ1 4AB',
  sex: 'FEMALE' as const,
};
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const find = (search: PersonSearchInput, asked: Asked = {}): Promise<SearchResult> =>
  world.ask(asked).search(search);
const nhs = (value: string) => ({ system: 'NHS_NUMBER' as const, value });

describe('a search needs enough to go on', () => {
  it.each<[string, PersonSearchInput]>([
    ['nothing at all', {}],
    ['a family name alone', { familyName: 'Kerr' }],
    ['a name without date of birth or postcode', { familyName: 'Kerr', givenName: 'Maya' }],
    ['a date of birth alone', { dateOfBirth: '2002-03-14' }],
    ['a postcode alone', { postcode: 'ZZ1 4AB' }],
    ['a family name and a postcode', { familyName: 'Kerr', postcode: 'ZZ1 4AB' }],
    ['one letter for a name', { familyName: 'K', dateOfBirth: '2002-03-14' }],
    ['a star', { familyName: 'K*', dateOfBirth: '2002-03-14' }],
    ['a per cent sign', { familyName: 'Ke%', dateOfBirth: '2002-03-14' }],
    ['a question mark', { familyName: 'Kerr', givenName: '?', dateOfBirth: '2002-03-14' }],
    ['an underscore in an identifier', { identifier: nhs('999000001_') }],
  ])('and %s is not: TOO_BROAD', async (_, search) => {
    await world.feed('police', [{ record: '1', ...MAYA }]);
    const result = await find(search);
    expect(result).toMatchObject({ outcome: 'TOO_BROAD', people: [] });
  });
});

describe('a search finds one person', () => {
  it.each<[string, PersonSearchInput, object]>([
    [
      'by a verified identifier alone',
      { identifier: nhs('999 000 0018') },
      { confidence: 'CONFIRMED', agreesOn: ['identifier'], differsOn: [] },
    ],
    [
      'by identifier, with everything agreeing',
      {
        identifier: nhs('9990000018'),
        familyName: 'KERR',
        givenName: 'maya',
        dateOfBirth: '2002-03-14',
        postcode: 'zz14ab',
        sex: 'FEMALE',
      },
      {
        confidence: 'CONFIRMED',
        agreesOn: ['familyName', 'givenName', 'dateOfBirth', 'sex', 'postcode', 'identifier'],
        differsOn: [],
      },
    ],
    [
      'by identifier, though the address has changed',
      { identifier: nhs('9990000018'), postcode: 'ZZ2 1AA' },
      { confidence: 'PROBABLE', agreesOn: ['identifier'], differsOn: ['postcode'] },
    ],
    [
      'by name and date of birth',
      { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' },
      { confidence: 'PROBABLE', agreesOn: ['familyName', 'givenName', 'dateOfBirth'] },
    ],
    [
      'by family name and date of birth',
      { familyName: 'Kerr', dateOfBirth: '2002-03-14' },
      { confidence: 'PROBABLE', agreesOn: ['familyName', 'dateOfBirth'] },
    ],
    [
      'by name and postcode',
      { familyName: 'Kerr', givenName: 'Maya', postcode: 'ZZ1 4AB' },
      { confidence: 'PROBABLE', agreesOn: ['familyName', 'givenName', 'postcode'] },
    ],
    [
      'by an alias',
      { familyName: 'Lane', givenName: 'May', dateOfBirth: '2002-03-14' },
      { confidence: 'PROBABLE' },
    ],
  ])('%s', async (_, search, match) => {
    await world.feed('police', [{ record: '1', ...MAYA, aliases: ['May Lane'] }]);
    const result = await find(search, { facts: incident(['1']) });
    expect(result.outcome).toBe('MATCH');
    expect(result.people).toMatchObject([{ ...match, subject: { relationship: 'VERIFIED' } }]);
  });

  it('as a claim where the reference does not tie them, and registers it', async () => {
    await world.feed('police', [{ record: '1', ...MAYA }]);
    const result = await find({ identifier: nhs('9990000018') });
    expect(result.people[0]?.subject.relationship).toBe('CLAIMED');
    expect(await world.rows('index_claim')).toHaveLength(1);
  });

  it('when the others found fail the gate: they are gone before the outcome is formed', async () => {
    const nadia = { record: '2', name: 'Nadia Kerr', dateOfBirth: '2002-03-14' };
    const search = { familyName: 'Kerr', dateOfBirth: '2002-03-14' };
    await world.feed('police', [{ record: '1', ...MAYA }, nadia]);
    expect((await find(search, { facts: incident(['1']) })).outcome).toBe('MANY_MATCH');
    await world.feed('police', [
      { record: '1', ...MAYA },
      { ...nadia, excludedStaff: ['PC1'] },
    ]);
    expect((await find(search, { facts: incident(['1']) })).outcome).toBe('MATCH');
  });
});

describe('a search that is not sure shows nobody', () => {
  const AVA = { record: '1', name: 'Ava Doyle', dateOfBirth: '2017-02-11', nhs: '9990002754' };
  const EVA = { record: '2', name: 'Eva Doyle', dateOfBirth: '2017-02-11', nhs: '9990004129' };

  it.each<[string, PersonSearchInput, SearchResult['outcome']]>([
    [
      'twins by family name and date of birth',
      { familyName: 'Doyle', dateOfBirth: '2017-02-11' },
      'MANY_MATCH',
    ],
    ['a number that two records carry', { identifier: nhs('9990002754') }, 'MANY_MATCH'],
    [
      'a name that two records carry',
      { familyName: 'Doyle', givenName: 'Eva', dateOfBirth: '2017-02-11' },
      'MANY_MATCH',
    ],
  ])('%s', async (_, search, outcome) => {
    await world.feedAll({ police: [AVA, EVA], housing: [{ ...EVA, nhs: '9990002754' }] });
    const result = await find(search, { facts: incident(['1', '2']) });
    expect(result).toMatchObject({ outcome, people: [] });
    expect(result.contacts.map(({ agency }) => agency)).toEqual(['police', 'mental-health', 'housing']);
  });

  it.each<[string, PersonSearchInput]>([
    ['a forename that differs', { familyName: 'Doyle', givenName: 'Ida', dateOfBirth: '2017-02-11' }],
    [
      'an identifier that is somebody else’s',
      { familyName: 'Doyle', givenName: 'Ava', dateOfBirth: '2017-02-11', identifier: nhs('9990000018') },
    ],
    [
      'a date of birth that is not the identifier’s',
      { dateOfBirth: '2016-02-11', identifier: nhs('9990002754') },
    ],
  ])('POSSIBLE_MATCH on %s', async (_, search) => {
    await world.feed('police', [AVA]);
    expect(await find(search, { facts: incident(['1']) })).toMatchObject({
      outcome: 'POSSIBLE_MATCH',
      people: [],
    });
  });

  it('makes one review task, however often it is asked', async () => {
    await world.feed('police', [AVA, EVA]);
    const search = { familyName: 'Doyle', dateOfBirth: '2017-02-11' };
    await find(search, { facts: incident(['1', '2']) });
    await find(search, { facts: incident(['1', '2']) });
    const reviews = await world.rows<{ kind: string; people: string[] }>('index_review');
    expect(reviews).toMatchObject([{ kind: 'MANY_MATCH' }]);
    expect(reviews[0]?.people).toHaveLength(2);
  });
});

describe('a search rests only on what may appear to the caller', () => {
  const at = (granted: Granted): Asked => ({
    facts: incident(['1']),
    granted: { VERIFIED: granted, CLAIMED: granted },
  });

  it('not on names that an agency holds which may not appear', async () => {
    await world.feedAll({
      police: [{ record: '1', name: 'Maya Lane', nhs: MAYA.nhs }],
      'mental-health': [{ record: 'c1', ...MAYA }],
    });
    const search = { familyName: 'Kerr', dateOfBirth: '2002-03-14' };
    expect((await find(search, at({ 'police/identity': 'FULL' }))).outcome).toBe('NO_MATCH');
    expect((await find(search, at({ '/identity': 'FULL' }))).outcome).toBe('MATCH');
  });

  it('nor in what is said to agree and differ', async () => {
    await world.feedAll({
      police: [{ record: '1', ...MAYA, postcode: null }],
      'mental-health': [{ record: 'c1', ...MAYA }],
    });
    const search = { familyName: 'Kerr', dateOfBirth: '2002-03-14', postcode: 'ZZ1 4AB' };
    expect((await find(search, at({ 'police/identity': 'FULL' }))).people[0]?.agreesOn).toEqual([
      'familyName',
      'dateOfBirth',
    ]);
    expect((await find(search, at({ '/identity': 'FULL' }))).people[0]?.agreesOn).toContain('postcode');
  });

  it('on an agency that may appear to a verified relationship alone, only for people who are verified', async () => {
    await world.feedAll({
      police: [{ record: '1', name: 'Maya Lane', nhs: MAYA.nhs }],
      'mental-health': [{ record: 'c1', ...MAYA }],
    });
    const granted = { VERIFIED: { '/identity': 'FULL' }, CLAIMED: { 'police/identity': 'FULL' } } as const;
    const search = { familyName: 'Kerr', dateOfBirth: '2002-03-14' };
    expect((await find(search, { granted, facts: incident(['1']) })).outcome).toBe('MATCH');
    expect((await find(search, { granted, facts: incident([]) })).outcome).toBe('NO_MATCH');
  });

  it.each<[string, Granted, boolean]>([
    [
      'names the system',
      { '/identity': 'FULL', '/identifiers': { level: 'FULL', rows: { system: ['NHS_NUMBER'] } } },
      true,
    ],
    ['names no system', { '/identity': 'FULL', '/identifiers': 'FULL' }, true],
    [
      'names another system',
      { '/identity': 'FULL', '/identifiers': { level: 'FULL', rows: { system: ['NINO'] } } },
      false,
    ],
    ['is not there', { '/identity': 'FULL' }, false],
    ['is another agency’s', { '/identity': 'FULL', 'housing/identifiers': 'FULL' }, false],
  ])('by identifier only where the grant of identifiers %s', async (_, granted, found) => {
    await world.feed('police', [{ record: '1', ...MAYA }]);
    const subject = await world.ask(at(granted)).byIdentifier('NHS_NUMBER', MAYA.nhs, null);
    expect(subject !== null).toBe(found);
    expect((await find({ identifier: nhs(MAYA.nhs) }, at(granted))).outcome).toBe(
      found ? 'MATCH' : 'NO_MATCH',
    );
  });

  it('by an agency’s own number only with the agency named', async () => {
    await world.feedAll({
      police: [{ record: '1', ...MAYA, local: 'n77' }],
      housing: [{ record: 't1', name: 'Jo Lane', local: 'N77' }],
    });
    const request = world.ask({ facts: incident(['1']) });
    expect((await request.byIdentifier('LOCAL', 'N77', 'police'))?.links.get('police')).toEqual(['1']);
    expect(await request.byIdentifier('LOCAL', 'N77', null)).toBeNull();
    expect(await request.byIdentifier('LOCAL', 'N77', 'mental-health')).toBeNull();
  });
});

describe('the postcode of people under a place shield', () => {
  const LEILA = { name: 'Leila Haddad', dateOfBirth: '1991-07-02', postcode: 'ZZ9 7RF' };
  beforeEach(() => world.feed('police', [{ record: '1', ...LEILA, protections: ['PLACE_SHIELD'] }]));

  it('does not find them', async () => {
    const search = { familyName: 'Haddad', givenName: 'Leila', postcode: 'ZZ9 7RF' };
    expect((await find(search, { facts: incident(['1']) })).outcome).toBe('NO_MATCH');
  });

  it.each(['ZZ9 7RF', 'ZZ1 1AA'])('neither agrees nor differs (%s)', async (postcode) => {
    const result = await find(
      { familyName: 'Haddad', dateOfBirth: '1991-07-02', postcode },
      { facts: incident(['1']) },
    );
    expect(result.people).toMatchObject([
      { agreesOn: ['familyName', 'dateOfBirth'], differsOn: [], confidence: 'PROBABLE' },
    ]);
  });
});

it('says who can be called in the same words whether nobody is there or nobody may be shown', async () => {
  await world.feed('police', [{ record: '1', ...MAYA }]);
  const search = { familyName: 'Kerr', dateOfBirth: '2002-03-14' };
  const refused = await find(search, { granted: { ...GENEROUS, CLAIMED: {} } });
  expect(refused).toEqual(
    await find({ ...search, familyName: 'Nobody' }, { granted: { ...GENEROUS, CLAIMED: {} } }),
  );
});

it('names every desk to a caller to whom no agency may appear', async () => {
  const asked: Asked = { caller: { organisation: 'education' }, facts: null };
  const { contacts } = await find({ familyName: 'Kerr', dateOfBirth: '2002-03-14' }, asked);
  expect(contacts.map(({ agency }) => agency)).toEqual(['police', 'mental-health', 'housing']);
});
