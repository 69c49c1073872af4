import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgencyId } from '../../adapters/contract.ts';
import { UNLEARNT } from '../../src/person-index/match/current-model.ts';
import type { ReviewState } from '../../src/person-index/review/types.ts';
import { decide } from './decide.ts';
import type { GrantedAt } from './decisions.ts';
import type { Records, RecordWords } from './index-records.ts';
import { type Asked, incident, openWorld, type World } from './world.ts';

const MAYA = { name: 'Maya Kerr', dateOfBirth: '2002-03-14' };
const ONE = { ...MAYA, nino: 'QQ000001A' };
const OTHER = { ...MAYA, nino: 'QQ000002B' };
const TIED: Asked = { facts: incident(['1']) };
const HOUSING: Asked = {
  caller: { organisation: 'housing', sub: 'HO1' },
  facts: incident(['1'], { staff: [{ organisation: 'housing', staff: 'HO1' }] }),
};
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const tasks = async (
  asked: Asked = TIED,
  state: ReviewState = 'OPEN',
  first = 50,
  after: string | null = null,
) => world.review(asked).tasks({ first, after, state, person: null });
/** Some are sent at once, and come in either order. */
const sorted = () => world.statements().toSorted();
/** One tied to the reference, and one who may be the same person. */
const alike = (other: Partial<RecordWords> = {}, one: Partial<RecordWords> = {}): Records => ({
  police: [{ record: '1', ...ONE, ...one }],
  housing: [{ record: 't1', ...OTHER, ...other }],
});
const say = (
  asked: Asked,
  task: string,
  verdict: 'SAME' | 'DIFFERENT' | 'UNSURE' | 'UNDO',
  why = 'met both',
) => world.review(asked).decide(task, { verdict, why, confirms: false, officer: false }, async () => {});

describe('a task', () => {
  it('is two people who agree and are not linked, one of whom the reference ties', async () => {
    await world.feedAll(alike());
    const { tasks: found, seen } = await tasks();
    expect(found).toMatchObject([
      {
        state: 'OPEN',
        origins: ['CANDIDATE'],
        sides: [
          {
            relationship: 'CLAIMED',
            records: [{ agency: 'housing', names: [{ given: 'MAYA', family: 'KERR' }] }],
          },
          { relationship: 'VERIFIED', records: [{ agency: 'police', dateOfBirth: '2002-03-14' }] },
        ],
        decisions: [],
      },
    ]);
    expect(found[0]?.comparisons).toContainEqual({
      feature: 'NINO',
      agreement: 'DIFFERS',
      bits: expect.closeTo(-5, 0),
    });
    expect(seen.map(({ relationship }) => relationship).toSorted()).toEqual(['CLAIMED', 'VERIFIED']);
  });

  it('is nobody’s whom the reference does not tie, unless a search on it met them', async () => {
    await world.feedAll(alike());
    const untied: Asked = { facts: incident([]) };
    expect((await tasks(untied)).tasks).toEqual([]);
    const search = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };
    expect((await world.ask(untied).search(search)).outcome).toBe('MANY_MATCH');
    expect((await tasks(untied)).tasks).toMatchObject([{ origins: ['CANDIDATE', 'MANY_MATCH'] }]);
    expect((await tasks({ ...untied, reference: { agency: 'police', value: '26/000999' } })).tasks).toEqual(
      [],
    );
  });

  it.each<[string, Asked]>([
    ['is over', { facts: incident(['1'], { live: false }) }],
    ['is another crew’s', { facts: incident(['1'], { staff: [{ organisation: 'police', staff: 'PC2' }] }) }],
    ['cannot be asked about now', { facts: 'down' }],
  ])('is not there on a reference that %s', async (_, asked) => {
    await world.feedAll(alike());
    expect((await tasks(asked)).tasks).toEqual([]);
  });

  it('is shown only where both sides may be seen: a side of an agency that may not appear makes it nobody’s', async () => {
    await world.feedAll(alike());
    const only = (...agencies: AgencyId[]): GrantedAt => {
      const granted = Object.fromEntries(agencies.map((agency) => [`${agency}/identity`, 'FULL' as const]));
      return { VERIFIED: granted, CLAIMED: granted };
    };
    const [task] = (await tasks({ ...TIED, granted: only('police', 'housing') })).tasks;
    expect((await tasks({ ...TIED, granted: only('police') })).tasks).toEqual([]);
    expect((await tasks({ ...TIED, granted: only('police', 'mental-health') })).tasks).toEqual([]);
    expect(await say({ ...TIED, granted: only('police') }, task?.id ?? '', 'SAME')).toBeNull();
    expect(await world.rows('index_decision')).toEqual([]);
  });

  it('takes a place among the ten who may be claimed on a reference, for each whom it does not tie', async () => {
    const forenames = 'Ada Bo Cyrus Dora Ewan Fay Gus Hetty Ivor Jess Kofi Lars'.split(' ');
    const born = (at: number) => `19${30 + 5 * at}-0${1 + (at % 9)}-1${at % 7}`;
    const people = forenames.map((_, at) => at);
    await world.feedAll({
      police: people.map((at) => ({
        record: `p${at}`,
        name: `${forenames[at]} Pike`,
        dateOfBirth: born(at),
        nino: `QQ0001${10 + at}A`,
      })),
      housing: people.map((at) => ({
        record: `t${at}`,
        name: `${forenames[at]} Pike`,
        dateOfBirth: born(at),
        nino: `QQ0002${10 + at}A`,
      })),
    });
    const facts = incident(people.map((at) => `p${at}`));
    expect((await tasks({ facts })).tasks).toHaveLength(10);
    expect(await world.rows('index_claim')).toHaveLength(10);
  });

  it('comes page by page, in an order that means nothing', async () => {
    await world.feedAll({
      police: [
        { record: '1', ...ONE },
        { record: '2', name: 'Jo Pike', dateOfBirth: '1996-12-05', nino: 'QQ000003A' },
      ],
      housing: [
        { record: 't1', ...OTHER },
        { record: 't2', name: 'Jo Pike', dateOfBirth: '1996-12-05', nino: 'QQ000004A' },
      ],
    });
    const both: Asked = { facts: incident(['1', '2']) };
    const first = await tasks(both, 'OPEN', 1);
    const second = await tasks(both, 'OPEN', 1, first.next);
    expect([first.tasks.length, second.tasks.length, second.next]).toEqual([1, 1, null]);
    const ids = [...first.tasks, ...second.tasks].map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(2);
  });
});

describe('nobody is found through tasks who cannot be found', () => {
  const EMPTY = { tasks: [], next: null, seen: [] };

  it.each<[string, Records]>([
    ['protected', alike({ protections: ['PROTECTED'] })],
    ['protected by the other’s flag', alike({}, { protections: ['PROTECTED'] })],
    ['not there at all', { police: [{ record: '1', ...ONE }], housing: [] }],
  ])('%s: no task, by the same statements, and nobody is alerted', async (_, records) => {
    await world.feedAll(alike());
    world.statements();
    expect((await tasks()).tasks).toHaveLength(1);
    const usual = sorted();
    await world.feedAll(records);
    sorted();
    expect(await tasks()).toEqual(EMPTY);
    expect(sorted()).toEqual(usual);
    expect(await world.rows('index_outbox')).toEqual([]);
  });

  it('by a reviewer who is her former partner: neither a task nor a decision, and the agency is told of the attempt', async () => {
    const dean = { record: '9', name: 'Dean Cole', dateOfBirth: '1988-11-23', nino: 'QQ000214C' };
    await world.feed('police', [{ record: '1', ...ONE, adverse: ['9'] }, dean]);
    await world.feed('housing', [{ record: 't1', ...OTHER }]);
    const asDean: Asked = { ...TIED, caller: { person: { system: 'NINO', value: 'QQ000214C' } } };
    const [task] = (await tasks()).tasks;
    expect(await tasks(asDean)).toEqual(EMPTY);
    expect(await say(asDean, task?.id ?? '', 'SAME')).toBeNull();
    expect(await world.rows('index_decision')).toEqual([]);
    expect(await world.rows('index_outbox')).toMatchObject([
      { organisation: 'police', kind: 'EXCLUDED_ATTEMPT' },
    ]);
  });

  it('a decision on them is answered as one on a task that never was, by the same statements, and counts alike', async () => {
    await world.feedAll(alike());
    const [task] = (await tasks()).tasks;
    await world.feedAll(alike({ protections: ['PROTECTED'] }));
    world.statements();
    expect(await say(TIED, task?.id ?? '', 'SAME')).toBeNull();
    const hidden = sorted();
    expect(await say(TIED, 'never was', 'SAME')).toBeNull();
    expect(sorted()).toEqual(hidden);
    expect(await world.rows('index_denial')).toHaveLength(2);
    expect(await world.rows('index_decision')).toEqual([]);
  });

  it('the records linked as one person are shown two by two, to whoever may see the person', async () => {
    await world.feedAll({ police: [{ record: '1', ...MAYA }], housing: [{ record: 't1', ...MAYA }] });
    const [subject] = (await world.ask(TIED).search({ familyName: 'Kerr', dateOfBirth: '2002-03-14' }))
      .people;
    const person = subject?.subject.id ?? '';
    const linked = (asked: Asked) =>
      world.review(asked).tasks({ first: 50, after: null, state: 'OPEN', person });
    expect((await linked(TIED)).tasks).toMatchObject([{ origins: ['LINKED'] }]);
    await world.feed('housing', [{ record: 't1', ...MAYA, protections: ['PROTECTED'] }]);
    world.statements();
    expect(await linked(TIED)).toEqual(EMPTY);
    const hidden = sorted();
    await world.review(TIED).tasks({ first: 50, after: null, state: 'OPEN', person: 'nobody' });
    expect(sorted()).toEqual(hidden);
  });
});

describe('a decision', () => {
  it('takes the task off the list, and is told to the next: organisation and role, and who and why at home', async () => {
    await world.feedAll(alike());
    const [task] = (await tasks()).tasks;
    await say(TIED, task?.id ?? '', 'DIFFERENT', 'met both');
    expect((await tasks()).tasks).toEqual([]);
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
    const [own] = (await tasks(TIED, 'DECIDED')).tasks;
    expect(own?.decisions).toMatchObject([
      { organisation: 'police', role: 'response-officer', name: 'Sam Okafor', why: 'met both' },
    ]);
    const [theirs] = (await tasks(HOUSING, 'DECIDED')).tasks;
    expect(theirs?.decisions).toMatchObject([
      { organisation: 'police', role: 'response-officer', name: null, why: null },
    ]);
  });

  it('of UNSURE leaves the task for somebody else, apart from those that nobody has looked at', async () => {
    await world.feedAll(alike());
    const [task] = (await tasks()).tasks;
    await say(TIED, task?.id ?? '', 'UNSURE');
    expect((await tasks()).tasks).toEqual([]);
    expect((await tasks(TIED, 'UNSURE')).tasks).toMatchObject([{ decisions: [{ verdict: 'UNSURE' }] }]);
  });

  it('keeps what the person saw, in words and without a value', async () => {
    await world.feedAll(alike());
    const [task] = (await tasks()).tasks;
    await say(TIED, task?.id ?? '', 'SAME');
    const [row] = await world.rows<{ shown: unknown; model: string }>('index_decision');
    expect(row).toMatchObject({ model: UNLEARNT.version, shown: task?.comparisons });
  });

  it('is good for the reference on which the task was shown, and no other', async () => {
    await world.feedAll(alike());
    const [task] = (await tasks()).tasks;
    const elsewhere: Asked = { ...TIED, reference: { agency: 'police', value: '26/000999' } };
    expect(await say(elsewhere, task?.id ?? '', 'SAME')).toBeNull();
  });
});

describe('a second pair of eyes', () => {
  it('sees a protected person’s task once somebody has decided; nobody else does, then or before', async () => {
    await world.feedAll(alike({ protections: ['PROTECTED'] }));
    expect(
      [await tasks(HOUSING), await tasks(HOUSING, 'AWAITING_CONFIRMATION')].map((page) => page.tasks),
    ).toEqual([[], []]);
    await decide(world, 'DIFFERENT', 'police 1', 'housing t1');
    expect((await tasks(TIED, 'DECIDED')).tasks).toEqual([]);
    const [task] = (await tasks(HOUSING, 'AWAITING_CONFIRMATION')).tasks;
    expect(task?.decisions).toMatchObject([{ verdict: 'DIFFERENT', organisation: 'police', name: null }]);
    expect(await say(HOUSING, task?.id ?? '', 'DIFFERENT')).toMatchObject({ effective: true });
    expect(await world.rows('index_candidate')).toEqual([]);
    expect((await tasks(HOUSING, 'AWAITING_CONFIRMATION')).tasks).toEqual([]);
  });

  it('is asked for a place-shielded person too, and only the agency whose flag it is learns that it is', async () => {
    await world.feedAll(alike({ protections: ['PLACE_SHIELD'] }));
    const [task] = (await tasks()).tasks;
    expect(await say(TIED, task?.id ?? '', 'SAME')).toMatchObject({ verdict: 'SAME', effective: false });
    expect((await tasks()).tasks).toEqual([]);
    expect((await tasks(TIED, 'AWAITING_CONFIRMATION')).tasks).toEqual([]);
    expect((await tasks(TIED, 'DECIDED')).tasks).toMatchObject([{ state: 'DECIDED' }]);
    const [waiting] = (await tasks(HOUSING, 'AWAITING_CONFIRMATION')).tasks;
    expect(await say(HOUSING, waiting?.id ?? '', 'SAME')).toMatchObject({ effective: true });
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
  });

  it('compares no postcode of a person whose place is shielded', async () => {
    const granted: GrantedAt = {
      VERIFIED: { '/identity': 'FULL', '/addresses': 'FULL' },
      CLAIMED: { '/identity': 'FULL', '/addresses': 'FULL' },
    };
    const postcode = async () =>
      (await tasks({ ...TIED, granted })).tasks[0]?.comparisons.find(({ feature }) => feature === 'postcode')
        ?.agreement;
    const at = { postcode: 'ZZ9 7RF' };
    await world.feedAll(alike(at, at));
    expect(await postcode()).toBe('AGREES');
    await world.feedAll(alike({ ...at, protections: ['PLACE_SHIELD'] }, at));
    expect(await postcode()).toBe('UNKNOWN');
  });
});
