/** What an agency no longer feeds: nobody is found by it, what it said to hide still counts, and after the period it is gone. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endRetention, type LeavingRecord } from '../../src/person-index/feed/end-retention.ts';
import { type AgencyFeed, startFeeds } from '../../src/person-index/feed/start-feeds.ts';
import { matchPending } from '../../src/person-index/match/match-pending.ts';
import { indexRecord, type Records, type RecordWords, sourceOf } from './index-records.ts';
import { ALL, type Asked, incident, KEYS, NOW, openWorld, type World } from './world.ts';

const LEILA = { name: 'Leila Haddad', dateOfBirth: '1991-07-02', nhs: '9990001383' };
const DEAN = { name: 'Dean Cole', dateOfBirth: '1988-11-23', nino: 'QQ000001A' };
const AS_DEAN: Asked = { caller: { person: { system: 'NINO', value: 'QQ000001A' } } };
const DAY = 86_400_000;
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY);
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const leila = (asked: Asked = {}) =>
  world.ask({ facts: incident(['1']), ...asked }).byIdentifier('NHS_NUMBER', LEILA.nhs, null);
const gone = async () =>
  (await world.rows<{ agency: string; record: string }>('index_gone')).map(({ record }) => record);

/** Ends what is over at a moment, by the periods of these agencies; gives what was registered. */
async function end(
  now: Date,
  periods: Record<string, string> = { 'mental-health': 'P90D' },
): Promise<LeavingRecord[]> {
  const registered: LeavingRecord[] = [];
  const left = await endRetention(
    world.store as never,
    {
      periods: () => new Map(Object.entries(periods)),
      register: async (leaving) => void registered.push(...leaving),
    },
    now,
  );
  await matchPending(world.store as never, { now });
  expect(left).toBe(registered.length);
  return registered;
}

// Each kind of hiding was seen to end at once where `removeRecords` keeps nothing.
describe('a record that is no longer fed', () => {
  it('finds nobody, and leaves nothing that anybody could be found by', async () => {
    await world.feed('mental-health', [{ record: 'c1', ...LEILA, postcode: 'ZZ1 1AA' }]);
    await world.feed('mental-health', []);
    expect(await world.people()).toEqual([]);
    expect(await leila({ facts: incident([]) })).toBeNull();
    expect(await gone()).toEqual(['c1']);
    expect(JSON.stringify(await world.rows('index_gone'))).not.toMatch(/haddad|1991|ZZ1|9990001383/i);
  });

  it('answers nothing: the person has no link with its agency', async () => {
    await world.feedAll({
      police: [{ record: '1', ...LEILA }],
      'mental-health': [{ record: 'c1', ...LEILA }],
    });
    expect([...((await leila())?.links.keys() ?? [])]).toEqual(['mental-health', 'police']);
    await world.feed('mental-health', []);
    expect([...((await leila())?.links.keys() ?? [])]).toEqual(['police']);
  });

  it.each<[string, RecordWords[], Asked]>([
    ['a protected person', [{ record: 'c1', ...LEILA, protections: ['PROTECTED'] }], {}],
    ['a person from staff that it named', [{ record: 'c1', ...LEILA, excludedStaff: ['PC1'] }], {}],
    [
      'the side of a case from the other',
      [
        { record: 'c1', ...LEILA, adverse: ['c2'] },
        { record: 'c2', ...DEAN },
      ],
      AS_DEAN,
    ],
    [
      'a person from a relative',
      [
        { record: 'c1', ...LEILA, related: [{ record: 'c2', sameHousehold: false }] },
        { record: 'c2', ...DEAN },
      ],
      AS_DEAN,
    ],
    [
      'a person from whoever was at the same place',
      [
        { record: 'c1', ...LEILA, place: '999' },
        { record: 'c2', ...DEAN, place: '999' },
      ],
      AS_DEAN,
    ],
    [
      'a person through a candidate',
      [{ record: 'c1', ...LEILA, nhs: '9990000018', excludedStaff: ['PC1'] }],
      {},
    ],
  ])('goes on hiding %s, until its period is over', async (_, records, asked) => {
    const others: Records = {
      police: [{ record: '1', ...LEILA }],
      housing: [{ record: 't2', ...DEAN }],
    };
    await world.feedAll({ ...others, 'mental-health': records });
    expect(await leila(asked)).toBeNull();
    await world.feed('mental-health', records.slice(1));
    expect(await leila(asked)).toBeNull();
    expect((await searched(asked)).people).toEqual([]);

    expect(await end(inDays(89))).toEqual([]);
    expect(await leila(asked)).toBeNull();
    await world.feed('mental-health', records.slice(1), { now: inDays(90) });
    expect(await end(inDays(91))).toMatchObject([
      { agency: 'mental-health', period: 'P90D', goneAt: NOW, person: expect.any(String) },
    ]);
    expect(await gone()).toEqual([]);
    const later = { ...asked, now: inDays(91) };
    expect(await leila(later)).not.toBeNull();
  });

  it('goes on shielding the household of whoever it shielded', async () => {
    await world.feedAll({
      housing: [
        { record: 't0', ...LEILA, related: [{ record: 't1', sameHousehold: true }] },
        { record: 't1', name: 'Sami Haddad', dateOfBirth: '2015-05-05' },
      ],
      'mental-health': [{ record: 'c1', ...LEILA, protections: ['PLACE_SHIELD'] }],
    });
    const before = await shielded();
    expect(before).toHaveLength(2);
    await world.feed('mental-health', []);
    expect(await shielded()).toEqual(before);
  });

  it('speaks for itself again once it is fed again', async () => {
    await world.feedAll({
      police: [{ record: '1', ...LEILA }],
      'mental-health': [{ record: 'c1', ...LEILA, excludedStaff: ['PC1'] }],
    });
    await world.feed('mental-health', []);
    expect(await leila()).toBeNull();
    await world.feed('mental-health', [{ record: 'c1', ...LEILA }]);
    expect(await leila()).not.toBeNull();
    expect(await gone()).toEqual([]);
  });

  it('follows the person where two became one meanwhile', async () => {
    await world.feedAll({
      police: [{ record: '1', ...LEILA, nhs: '' }],
      housing: [{ record: 't1', ...LEILA, name: 'Leila Amin' }],
      'mental-health': [{ record: 'c1', ...LEILA, name: 'Leila Amin', protections: ['PROTECTED'] }],
    });
    await world.feed('mental-health', []);
    await world.feed('police', [{ record: '1', ...LEILA }]);
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
    expect(await leila()).toBeNull();
  });

  it('stays where its leaving cannot be registered', async () => {
    await world.feed('mental-health', [{ record: 'c1', ...LEILA }]);
    await world.feed('mental-health', []);
    await world.feed('mental-health', [], { now: inDays(91) });
    const refuses = {
      periods: () => new Map([['mental-health', 'P90D']]),
      register: () => Promise.reject(new Error('neither store nor spool')),
    };
    await expect(endRetention(world.store as never, refuses, inDays(91))).rejects.toThrow('neither');
    expect(await gone()).toEqual(['c1']);
  });
});

describe('a feed that stopped', () => {
  const records = [
    { record: 'c1', ...LEILA },
    { record: 'c2', ...DEAN },
  ];

  it('keeps its records until the period is over, then all leave, registered, and the agency was never fed', async () => {
    await world.feed('mental-health', records);
    expect(await end(inDays(89))).toEqual([]);
    expect(await world.people()).toHaveLength(2);
    expect(await end(inDays(90))).toHaveLength(2);
    expect(await world.rows('index_record')).toEqual([]);
    expect(await world.rows('index_feed')).toEqual([]);
    expect(await end(inDays(90))).toEqual([]);
  });

  it('is held to the period last in force, of an agency that is enabled no longer', async () => {
    await world.feed('mental-health', records);
    expect(await end(inDays(1))).toEqual([]);
    expect(await end(inDays(89), {})).toEqual([]);
    expect(await end(inDays(90), {})).toHaveLength(2);
  });

  it('leaves nothing of what was gone before it stopped', async () => {
    await world.feed('mental-health', records);
    await world.feed('mental-health', records.slice(1));
    expect((await end(inDays(90))).map(({ agency }) => agency)).toEqual(['mental-health', 'mental-health']);
    expect(await gone()).toEqual([]);
  });

  it('is one that is refused because most of its records are gone, all through the period', async () => {
    let now = NOW;
    const many = Array.from({ length: 30 }, (_, at) => indexRecord({ record: String(100 + at), ...LEILA }));
    let source = sourceOf(many);
    const registered: LeavingRecord[] = [];
    const feed = (): AgencyFeed => ({
      agency: 'mental-health',
      source,
      within: () => world.store as never,
      share: ALL,
    });
    const feeds = startFeeds({
      store: world.store as never,
      keys: KEYS,
      log: { info() {}, warn() {}, error() {} },
      now: () => now,
      intervalMs: 3_600_000,
      feeds: () => [feed()],
      retention: {
        periods: () => new Map([['mental-health', 'P90D']]),
        register: async (leaving) => void registered.push(...leaving),
      },
    });
    await feeds.firstPass;
    source = sourceOf([]);
    now = inDays(89);
    await feeds.refresh();
    expect((await world.people()).flat()).toHaveLength(30);
    now = inDays(90);
    await feeds.refresh();
    await feeds.stop();
    expect(await world.people()).toEqual([]);
    expect(registered).toHaveLength(30);
  });
});

/** Whoever is shielded. */
const shielded = async () =>
  (await world.rows<{ person: string; kind: string }>('index_protection'))
    .filter(({ kind }) => kind === 'PLACE_SHIELD')
    .map(({ person }) => person)
    .toSorted();

const searched = (asked: Asked) =>
  world.ask({ facts: incident(['1']), ...asked }).search({
    givenName: 'Leila',
    familyName: 'Haddad',
    dateOfBirth: LEILA.dateOfBirth,
  });
