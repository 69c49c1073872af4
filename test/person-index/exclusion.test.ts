import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Records } from './index-records.ts';
import { type Asked, incident, openWorld, type World } from './world.ts';

const LEILA = { name: 'Leila Haddad', dateOfBirth: '1991-07-02', nhs: '9990001383' };
const DEAN = { name: 'Dean Cole', dateOfBirth: '1988-11-23', nino: 'QQ000001A' };
/** The caller's login is tied to Dean. */
const AS_DEAN: Asked = { caller: { person: { system: 'NINO', value: 'QQ000001A' } }, facts: incident(['1']) };
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const leila = (asked: Asked) => world.ask(asked).byIdentifier('NHS_NUMBER', LEILA.nhs, null);
const outbox = () =>
  world.rows<{ organisation: string; kind: string; payload: { records: string[] } }>('index_outbox');

describe('a caller is kept away', () => {
  it.each<[string, Records, string]>([
    [
      'from the other side of their case',
      {
        police: [
          { record: '1', ...LEILA, adverse: ['2'] },
          { record: '2', ...DEAN },
        ],
      },
      'police',
    ],
    [
      'from the other side, where only their own record says so',
      {
        police: [
          { record: '1', ...LEILA },
          { record: '2', ...DEAN, adverse: ['1'] },
        ],
      },
      'police',
    ],
    [
      'from a declared relative',
      {
        police: [
          { record: '1', ...LEILA, related: [{ record: '2', sameHousehold: false }] },
          { record: '2', ...DEAN },
        ],
      },
      'police',
    ],
    [
      'from whoever is at the same place',
      {
        police: [{ record: '1', ...LEILA, place: '999' }],
        housing: [{ record: 't2', ...DEAN, place: '999' }],
      },
      'police',
    ],
    [
      'through another agency’s record of both',
      {
        police: [
          { record: '1', ...LEILA },
          { record: '2', ...DEAN },
        ],
        'mental-health': [
          { record: 'c1', ...LEILA, adverse: ['c2'] },
          { record: 'c2', ...DEAN },
        ],
      },
      'mental-health',
    ],
    [
      'through a candidate for the person',
      {
        police: [{ record: '1', ...LEILA }],
        housing: [
          { record: 't1', ...LEILA, nhs: '9990000018', adverse: ['t2'] },
          { record: 't2', ...DEAN },
        ],
      },
      'housing',
    ],
    [
      'from the household of the other side, wherever it is recorded',
      {
        police: [{ record: '1', ...LEILA }],
        housing: [
          { record: 't0', name: 'Rana Haddad', dateOfBirth: '1960-01-02', adverse: ['t2'] },
          { record: 't2', ...DEAN },
        ],
        'mental-health': [
          { record: 'c1', ...LEILA, related: [{ record: 'c0', sameHousehold: true }] },
          { record: 'c0', name: 'Rana Haddad', dateOfBirth: '1960-01-02' },
        ],
      },
      'housing',
    ],
    [
      'through a candidate for themselves',
      {
        police: [
          { record: '1', ...LEILA, adverse: ['2'] },
          { record: '2', ...DEAN, nino: 'QQ000009D' },
        ],
        housing: [{ record: 't2', ...DEAN }],
      },
      'police',
    ],
  ])('%s', async (_, records, owner) => {
    await world.feedAll(records);
    expect(await leila(AS_DEAN)).toBeNull();
    expect((await outbox()).map(({ organisation, kind }) => [organisation, kind])).toEqual([
      [owner, 'EXCLUDED_ATTEMPT'],
    ]);
    expect(await leila({ facts: incident(['1']) })).not.toBeNull();
  });

  it('where an agency names them, by their login', async () => {
    await world.feedAll({
      police: [{ record: '1', ...LEILA }],
      'mental-health': [{ record: 'c1', ...LEILA, excludedStaff: ['PC1'] }],
    });
    expect(await leila({ facts: incident(['1']) })).toBeNull();
    expect(
      await leila({
        caller: { sub: 'PC2' },
        facts: incident(['1'], { staff: [{ organisation: 'police', staff: 'PC2' }] }),
      }),
    ).not.toBeNull();
  });

  it('from themselves, but for their own record at subject access', async () => {
    await world.feedAll({ police: [{ record: '1', ...LEILA, place: '999' }] });
    const asLeila = {
      caller: { person: { system: 'NHS_NUMBER', value: '999 000 1383' } },
      facts: incident(['1']),
    } as const;
    expect(await leila(asLeila)).toBeNull();
    expect(await leila({ ...asLeila, purpose: 'subject-access' })).toMatchObject({
      relationship: 'VERIFIED',
    });
  });

  it('from who may be themselves, at subject access as well', async () => {
    await world.feedAll({
      police: [{ record: '1', ...LEILA }],
      housing: [{ record: 't1', ...LEILA, nhs: '9990000018' }],
    });
    const asOther = {
      caller: { person: { system: 'NHS_NUMBER', value: '9990000018' } },
      facts: incident(['1']),
    } as const;
    expect(await leila({ ...asOther, purpose: 'subject-access' })).toBeNull();
  });
});

it('tells the owner who tried and which of its own records, and nothing of the person', async () => {
  await world.feedAll({
    police: [
      { record: '1', ...LEILA, adverse: ['2'] },
      { record: '2', ...DEAN },
    ],
    housing: [{ record: 't1', ...LEILA }],
  });
  await leila(AS_DEAN);
  expect((await outbox())[0]?.payload).toEqual({
    staff: 'PC1',
    organisation: 'police',
    role: 'response-officer',
    purpose: 'mental-health-crisis',
    reference: 'police:26/000123',
    records: ['1'],
  });
});
