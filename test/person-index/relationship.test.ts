import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Subject } from '../../src/person-index/records/types.ts';
import { GENEROUS } from './decisions.ts';
import { type Asked, INCIDENT, incident, minutesAfter, openWorld, type World } from './world.ts';

const MAYA = { name: 'Maya Kerr', dateOfBirth: '2002-03-14', nhs: '9990000018' };
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.empty();
  await world.feedAll({
    police: [{ record: '1', ...MAYA }],
    'mental-health': [{ record: 'c1', ...MAYA }],
    housing: [{ record: 't1', ...MAYA, nhs: '9990001383' }],
  });
});

const maya = (asked: Asked = {}): Promise<Subject | null> =>
  world.ask(asked).byIdentifier('NHS_NUMBER', MAYA.nhs, null);

/** People who have nothing in common. */
const STRANGERS = 'Ada Bo Cyrus Dora Ewan Fay Gus Hetty Ivor Jess Kofi Lars Mo'
  .split(' ')
  .map((forename, at) => ({
    record: forename,
    name: `${forename} ${['Lane', 'Marsh', 'Okoro', 'Quill'][at % 4]}`,
    dateOfBirth: `19${30 + 5 * at}-${String(1 + (at % 9)).padStart(2, '0')}-1${at % 7}`,
  }));

describe('what a caller, a reference and a person are to each other', () => {
  it('is VERIFIED where the reference is live, the caller on it and the person tied to it', async () => {
    const subject = await maya({ facts: incident(['1']) });
    expect(subject).toMatchObject({ relationship: 'VERIFIED', placeShield: false });
    expect(subject?.links).toEqual(
      new Map([
        ['mental-health', ['c1']],
        ['police', ['1']],
      ]),
    );
    expect(subject?.candidates).toEqual(new Set(['housing']));
    expect(subject?.decisions('mental-health').relationship).toBe('VERIFIED');
  });

  it('is CLAIMED where the reference does not tie the person and some grant allows a claim', async () => {
    expect(await maya({ facts: incident([]) })).toMatchObject({ relationship: 'CLAIMED' });
    expect(await world.rows('index_claim')).toMatchObject([
      { reference: 'police:26/000123', slot: 1, sub: 'PC1' },
    ]);
  });

  it.each<[string, Asked]>([
    ['no grant allows a claim', { granted: { ...GENEROUS, CLAIMED: {} } }],
    ['the reference is not live', { facts: incident(['1'], { live: false }) }],
    [
      'the caller is not on it',
      { facts: incident(['1'], { staff: [{ organisation: 'police', staff: 'PC2' }] }) },
    ],
    [
      'another organisation has staff of that number',
      { facts: incident(['1'], { staff: [{ organisation: 'housing', staff: 'PC1' }] }) },
    ],
    ['there is no such reference', { facts: null }],
    ['no reference is given', { reference: null }],
    [
      'the system is down and no agency lists anything for that',
      { facts: 'down', granted: { ...GENEROUS, UNVERIFIED: {} } },
    ],
  ])('shows nobody where %s', async (_, asked) => {
    expect(await maya(asked)).toBeNull();
  });

  it('is not VERIFIED by a tie to what is only a candidate for the person', async () => {
    const caller = { sub: 'HO1', organisation: 'housing' };
    const staff = [{ organisation: 'housing', staff: 'HO1' }];
    const reference = { agency: 'housing', value: 'H26-1' };
    const subject = await maya({ caller, reference, facts: incident(['t1'], { staff }) });
    expect(subject).toMatchObject({ relationship: 'CLAIMED', candidates: new Set(['housing']) });
  });

  it('lets the nurse in the car work on the police incident', async () => {
    const nurse = { sub: 'RMN1', organisation: 'mental-health', role: 'triage-nurse' };
    const facts = incident(['1'], { staff: [{ organisation: 'mental-health', staff: 'RMN1' }] });
    expect(await maya({ caller: nurse, facts })).toMatchObject({ relationship: 'VERIFIED' });
  });

  it('counts at most ten claimed people a reference, and keeps those', async () => {
    const strangers = STRANGERS.slice(0, 11);
    await world.feed('police', strangers);
    const ids = await Promise.all(strangers.map(idOf));
    const claimed = await world.ask().byIds(ids);
    expect(claimed.map((one) => one?.relationship ?? null)).toEqual([...Array(10).fill('CLAIMED'), null]);
    const again = await world.ask({ now: minutesAfter(5) }).byIds([ids[10] ?? '', ids[3] ?? '']);
    expect(again.map((one) => one?.relationship ?? null)).toEqual([null, 'CLAIMED']);
  });

  it('counts them rightly when many crews claim at once', async () => {
    await world.feed('police', STRANGERS);
    const ids = await Promise.all(STRANGERS.map(idOf));
    const claimed = await Promise.all(ids.map((id) => world.ask().byIds([id])));
    expect(claimed.flat().filter((one) => one?.relationship === 'CLAIMED')).toHaveLength(10);
    expect(await world.rows('index_claim')).toHaveLength(10);
  });

  it('is UNVERIFIED while the issuing system cannot be asked, with what is listed for that alone', async () => {
    const subject = await maya({
      facts: 'down',
      granted: { ...GENEROUS, UNVERIFIED: { '/identity': 'SUMMARY', '/identifiers': 'FULL' } },
    });
    expect(subject).toMatchObject({ relationship: 'UNVERIFIED' });
    expect(subject?.decisions('police').relationship).toBe('UNVERIFIED');
  });

  it('rests on the own caseload, while UNVERIFIED, for what the own organisation holds', async () => {
    const nurse = { sub: 'RMN1', organisation: 'mental-health', role: 'triage-nurse' };
    const asked: Asked = { caller: nurse, facts: 'down', caseload: ['c1'] };
    const subject = await maya(asked);
    expect(subject?.relationship).toBe('UNVERIFIED');
    expect(subject?.decisions('mental-health').section('mental-health', 'identity').level).toBe('FULL');
    expect(subject?.decisions('police').section('police', 'identity').level).toBeNull();
  });

  it('stays VERIFIED for a reference that was verified earlier this shift, and no longer', async () => {
    await maya({ facts: incident(['1'], { place: 'DWELLING', consent: true }) });
    const later = { facts: 'down', now: minutesAfter(11 * 60) } as const;
    expect(await maya(later)).toMatchObject({ relationship: 'VERIFIED' });
    expect(await world.ask(later).standing()).toEqual({
      relationship: 'VERIFIED',
      live: true,
      loginKnown: true,
      beside: [],
      standing: { place: 'DWELLING', consent: true },
    });
    expect(await world.ask({ facts: 'down', now: minutesAfter(13 * 60) }).standing()).toMatchObject({
      relationship: 'UNVERIFIED',
    });
  });

  it('forgets the shift once the issuing system has said no', async () => {
    await maya({ facts: incident(['1']) });
    await maya({ facts: incident(['1'], { live: false }), now: minutesAfter(1) });
    expect(await world.ask({ facts: 'down', now: minutesAfter(2) }).standing()).toMatchObject({
      relationship: 'UNVERIFIED',
    });
  });

  it('asks the issuing system once a request', async () => {
    world.calls();
    const request = world.ask({ facts: incident(['1']) });
    await Promise.all([
      request.standing(),
      request.byIdentifier('NHS_NUMBER', MAYA.nhs, null),
      request.byIds(['x', 'y']),
    ]);
    expect(world.calls()).toEqual([`find ${INCIDENT.agency} ${INCIDENT.value}`]);
  });
});

/** The id of a stranger, from a request whose incident ties them: ids are good for the reference, not the request. */
async function idOf({ record, name, dateOfBirth }: (typeof STRANGERS)[number]): Promise<string> {
  const request = world.ask({ facts: incident([record]) });
  const [givenName = '', familyName = ''] = name.split(' ');
  const { people } = await request.search({ familyName, givenName, dateOfBirth });
  return people[0]?.subject.id ?? '';
}
