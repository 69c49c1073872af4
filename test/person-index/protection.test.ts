import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Records } from './index-records.ts';
import { incident, openWorld, type World } from './world.ts';

const LEILA = { name: 'Leila Haddad', dateOfBirth: '1991-07-02' };
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

/** What protects whoever holds this record. */
async function protectionsOf(agency: string, record: string): Promise<string[]> {
  const rows = await world.rows<{ agency: string; record: string; person: string }>('index_record');
  const person = rows.find((one) => one.agency === agency && one.record === record)?.person;
  const all = await world.rows<{ person: string; kind: string }>('index_protection');
  return all
    .filter((one) => one.person === person)
    .map(({ kind }) => kind)
    .toSorted();
}

const shieldedAt = (place: string | null, more: object = {}) => ({
  record: '1',
  ...LEILA,
  place,
  protections: ['PLACE_SHIELD'] as const,
  ...more,
});

describe('a place shield covers', () => {
  it.each<[string, Records]>([
    ['whoever has a linked record', { police: [shieldedAt(null)], housing: [{ record: 't1', ...LEILA }] }],
    [
      'a record fed again that is only a candidate',
      {
        police: [shieldedAt(null, { nino: 'QQ000001A' })],
        housing: [{ record: 't1', ...LEILA, nino: 'QQ000002B' }],
      },
    ],
    [
      'the household, as the shielded record names them',
      {
        police: [shieldedAt(null)],
        housing: [
          { record: 't0', ...LEILA, related: [{ record: 't1', sameHousehold: true }] },
          { record: 't1', name: 'Sami Haddad' },
        ],
      },
    ],
    [
      'the household, where only the other record names it',
      {
        police: [shieldedAt(null)],
        housing: [
          { record: 't0', ...LEILA },
          { record: 't1', name: 'Sami Haddad', related: [{ record: 't0', sameHousehold: true }] },
        ],
      },
    ],
    [
      'those at the same place',
      {
        police: [shieldedAt('999000111222')],
        housing: [{ record: 't1', name: 'Rana Aziz', place: '999000111222' }],
      },
    ],
    [
      'those at the place that another agency’s unflagged record gives away',
      {
        police: [shieldedAt(null)],
        'mental-health': [{ record: 'c1', ...LEILA, place: '999000111222' }],
        housing: [{ record: 't1', name: 'Rana Aziz', place: '999000111222' }],
      },
    ],
    [
      'a candidate for somebody of the household',
      {
        police: [
          shieldedAt(null),
          { record: '2', name: 'Sami Haddad', dateOfBirth: '2015-01-02', nhs: '9990000018' },
        ],
        'mental-health': [
          { record: 'c0', ...LEILA, related: [{ record: 'c1', sameHousehold: true }] },
          { record: 'c1', name: 'Sami Haddad', dateOfBirth: '2015-01-02', nhs: '9990000018' },
        ],
        housing: [{ record: 't1', name: 'Sami Haddad', dateOfBirth: '2015-01-02', nhs: '9990001383' }],
      },
    ],
  ])('%s', async (_, records) => {
    await world.feedAll(records);
    expect(await protectionsOf('housing', 't1')).toEqual(['PLACE_SHIELD']);
  });

  it('not the other side of the case, whose address her old records share', async () => {
    await world.feedAll({
      police: [
        shieldedAt(null, { adverse: ['2'] }),
        { record: '2', name: 'Dean Cole', dateOfBirth: '1988-11-23', adverse: ['1'] },
      ],
      housing: [
        { record: 't0', ...LEILA, place: '999000200001' },
        { record: 't1', name: 'Dean Cole', dateOfBirth: '1988-11-23', place: '999000200001' },
      ],
    });
    expect(await protectionsOf('housing', 't0')).toEqual(['PLACE_SHIELD']);
    expect(await protectionsOf('housing', 't1')).toEqual([]);
  });

  it('not relatives elsewhere', async () => {
    await world.feedAll({
      police: [
        shieldedAt('1', { related: [{ record: '2', sameHousehold: false }] }),
        { record: '2', name: 'Nadia Haddad', place: '2' },
      ],
    });
    expect(await protectionsOf('police', '2')).toEqual([]);
  });

  it('nobody any more once the agency takes its flag away', async () => {
    await world.feedAll({
      police: [shieldedAt('1')],
      housing: [{ record: 't1', name: 'Rana Aziz', place: '1' }],
    });
    await world.feed('police', [{ record: '1', ...LEILA, place: '1' }]);
    expect(await world.rows('index_protection')).toEqual([]);
  });

  it('the person with everything but places: she is still seen', async () => {
    await world.feedAll({ police: [shieldedAt('1', { nhs: '9990001383' })] });
    const subject = await world
      .ask({ facts: incident(['1']) })
      .byIdentifier('NHS_NUMBER', '9990001383', null);
    expect(subject).toMatchObject({ relationship: 'VERIFIED', placeShield: true });
  });
});

describe('a protected person is hidden everywhere', () => {
  const nhs = '9990001383';
  it.each<[string, Records, readonly string[]]>([
    [
      'by a linked record of any agency',
      {
        'mental-health': [{ record: 'c1', ...LEILA, nhs, protections: ['PROTECTED'] }],
        police: [{ record: '1', ...LEILA, nhs }],
      },
      ['mental-health'],
    ],
    [
      'by a candidate of any agency',
      {
        'mental-health': [{ record: 'c1', ...LEILA, nhs: '9990000018', protections: ['PROTECTED'] }],
        police: [{ record: '1', ...LEILA, nhs }],
      },
      ['mental-health'],
    ],
  ])('%s, and the owner is told silently', async (_, records, owners) => {
    await world.feedAll(records);
    expect(await world.ask({ facts: incident(['1']) }).byIdentifier('NHS_NUMBER', nhs, null)).toBeNull();
    const alerts = await world.rows<{ organisation: string; kind: string; payload: object }>('index_outbox');
    expect(alerts).toMatchObject(
      owners.map((organisation) => ({
        organisation,
        kind: 'PROTECTED_ATTEMPT',
        payload: { staff: 'PC1', records: ['c1'] },
      })),
    );
  });
});

it('tells the owner once of one look-up, though the person and a candidate for them were both found', async () => {
  const nhs = '9990001383';
  await world.feedAll({
    police: [{ record: '1', ...LEILA, nhs: '9990000018', protections: ['PROTECTED'] }],
    housing: [{ record: 't1', ...LEILA, nhs }],
  });
  const result = await world
    .ask({ facts: incident(['1']) })
    .search({ familyName: 'Haddad', dateOfBirth: '1991-07-02' });
  expect(result.outcome).toBe('NO_MATCH');
  expect(await world.rows('index_outbox')).toMatchObject([
    { organisation: 'police', payload: { records: ['1'] } },
  ]);
});
