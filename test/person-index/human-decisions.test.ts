import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UNLEARNT } from '../../src/person-index/match/current-model.ts';
import { decide, decideTogether } from './decide.ts';
import type { Records } from './index-records.ts';
import { incident, openWorld, type World } from './world.ts';

const MAYA = { name: 'Maya Kerr', dateOfBirth: '2002-03-14' };
/** One person to the machine. */
const LINKED: Records = {
  police: [{ record: '1', ...MAYA }],
  housing: [{ record: 't1', ...MAYA }],
};
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const personOf = async (agency: string, record: string) =>
  (await world.rows<{ agency: string; record: string; person: string }>('index_record')).find(
    (row) => row.agency === agency && row.record === record,
  )?.person;
/** Changes something of every record, so that each is matched anew. */
const refeed = async (records: Records, sex: 'FEMALE' | 'MALE') => {
  for (const [agency, own] of Object.entries(records))
    await world.feed(
      agency,
      own.map((one) => ({ ...one, sex })),
    );
};

describe('two records that a human put apart', () => {
  beforeEach(async () => {
    await world.feedAll(LINKED);
    await decide(world, 'DIFFERENT', 'police 1', 'housing t1');
  });

  it('are two people at once, and nobody’s candidates', async () => {
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
    expect(await world.rows('index_candidate')).toEqual([]);
  });

  it('stay so through every feed, whatever the records come to say', async () => {
    await refeed(LINKED, 'FEMALE');
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
    const nhs = '9990000018';
    await world.feedAll({
      police: [{ record: '1', ...MAYA, nhs }],
      housing: [{ record: 't1', ...MAYA, nhs }],
    });
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
  });

  it('stay so through a third record that fits both', async () => {
    await world.feed('mental-health', [{ record: 'c1', ...MAYA }]);
    expect(await world.people()).toEqual([['housing t1'], ['mental-health c1'], ['police 1']]);
  });

  it('stay so when a human says that a third is each of them', async () => {
    await world.feed('mental-health', [{ record: 'c1', name: 'M Elsewhere' }]);
    await decideTogether(world, 'SAME', 'police 1', 'mental-health c1');
    await decideTogether(world, 'SAME', 'housing t1', 'mental-health c1');
    expect(await world.people()).toEqual([['housing t1'], ['mental-health c1'], ['police 1']]);
  });

  it('stay so when the agency has taken one away and feeds it again', async () => {
    await world.feed('housing', []);
    await world.feed('housing', [{ record: 't1', ...MAYA }]);
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
  });

  it('stay so even where their own agency merges them', async () => {
    await world.feed('police', [
      { record: '1', ...MAYA },
      { record: '2', ...MAYA },
    ]);
    // The second is the tenant's then, as the records say: so it takes two.
    await decideTogether(world, 'DIFFERENT', 'police 1', 'police 2');
    await world.feed('police', [
      { record: '1', ...MAYA },
      { record: '2', ...MAYA, mergedInto: '1' },
    ]);
    expect(await personOf('police', '1')).not.toBe(await personOf('police', '2'));
  });

  it('are one again when a human takes it back, by a decision beside the first', async () => {
    await decideTogether(world, 'UNDO', 'police 1', 'housing t1');
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
    const kept = await world.rows<{ verdict: string; undoes: string | null }>('index_decision');
    expect(kept.map(({ verdict }) => verdict)).toEqual(['DIFFERENT', 'UNSURE', 'UNSURE']);
    expect(kept[1]?.undoes).not.toBeNull();
  });
});

describe('two records of which a human said that they are one person’s', () => {
  it('are linked though they share nothing, and stay so', async () => {
    const records: Records = {
      police: [{ record: '1', ...MAYA }],
      housing: [{ record: 't1', name: 'Mary Lane', dateOfBirth: '1999-01-01' }],
    };
    await world.feedAll(records);
    await decideTogether(world, 'SAME', 'police 1', 'housing t1');
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
    await refeed(records, 'FEMALE');
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
  });

  it('take along whoever each of them is, though the two disagree', async () => {
    await world.feedAll({
      police: [{ record: '1', ...MAYA }],
      'mental-health': [{ record: 'c1', ...MAYA }],
      housing: [{ record: 't1', name: 'Maya Kerr', dateOfBirth: '2002-04-13' }],
    });
    await decideTogether(world, 'SAME', 'police 1', 'housing t1');
    expect(await world.people()).toEqual([['housing t1', 'mental-health c1', 'police 1']]);
  });

  it('are parted again by an undo, and the machine decides as before', async () => {
    await world.feedAll({
      police: [{ record: '1', ...MAYA }],
      housing: [{ record: 't1', name: 'Mary Lane' }],
    });
    await decideTogether(world, 'SAME', 'police 1', 'housing t1');
    await decideTogether(world, 'UNDO', 'police 1', 'housing t1');
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
    await decideTogether(world, 'UNDO', 'police 1', 'housing t1');
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
  });
});

describe('a decision', () => {
  beforeEach(() => world.feedAll(LINKED));

  it('that cannot be registered is not made', async () => {
    const register = async () => {
      throw new Error('neither store nor spool');
    };
    await expect(decide(world, 'DIFFERENT', 'police 1', 'housing t1', { register })).rejects.toThrow(/spool/);
    expect(await world.rows('index_decision')).toEqual([]);
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
  });

  it('is registered before it takes effect, with the people it speaks of', async () => {
    const person = await personOf('police', '1');
    const seen: unknown[] = [];
    await decide(world, 'DIFFERENT', 'police 1', 'housing t1', {
      register: async (decision) => {
        seen.push(decision.people, await world.people(), await world.rows('index_decision'));
      },
    });
    expect(seen).toEqual([[person], [['housing t1', 'police 1']], []]);
  });

  it('can be neither changed nor taken away', async () => {
    await decide(world, 'DIFFERENT', 'police 1', 'housing t1');
    const { sql } = await import('kysely');
    for (const statement of [
      `update index_decision set verdict = 'SAME'`,
      'delete from index_decision',
      'truncate index_decision cascade',
    ])
      await expect(sql.raw(statement).execute(world.store)).rejects.toThrow(/append-only/);
  });

  it('of UNSURE changes nothing, and says who looked', async () => {
    await decide(world, 'UNSURE', 'police 1', 'housing t1');
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
    expect(await world.rows('index_decision')).toMatchObject([
      { verdict: 'UNSURE', sub: 'SW1', organisation: 'police', why: 'met both', model: UNLEARNT.version },
    ]);
  });

  it('on a record that nobody feeds is none, and so is an undo of nothing', async () => {
    expect(await decide(world, 'SAME', 'police 1', 'housing t9')).toBeNull();
    expect(await decide(world, 'UNDO', 'police 1', 'housing t1')).toBeNull();
    expect(await world.rows('index_decision')).toEqual([]);
  });
});

describe('a person whose place is shielded', () => {
  const decided = (
    by: { sub?: string; organisation?: string } = {},
    verdict: 'DIFFERENT' | 'UNDO' = 'DIFFERENT',
  ) => decide(world, verdict, 'police 1', 'housing t1', { by });
  const apart = async () => (await world.people()).length === 2;
  beforeEach(() =>
    world.feedAll({
      police: [{ record: '1', ...MAYA }],
      housing: [{ record: 't1', ...MAYA, protections: ['PLACE_SHIELD'] }],
    }),
  );

  it('is decided on by two: the second of the agency whose flag it is', async () => {
    expect(await decided()).toMatchObject({ effective: false });
    expect(await apart()).toBe(false);
    expect(await decided({ sub: 'HO1', organisation: 'housing' })).toMatchObject({ effective: true });
    expect(await apart()).toBe(true);
  });

  it.each([
    ['the same person', { sub: 'SW1' }],
    ['somebody of another agency', { sub: 'SW2' }],
  ])('is not decided on by a second who is %s', async (_, second) => {
    await decided();
    expect(await decided(second)).toMatchObject({ effective: false });
    expect(await apart()).toBe(false);
  });

  it('is not decided on by one of the owning agency twice, nor may the store be told so', async () => {
    await decided({ sub: 'HO1', organisation: 'housing' });
    expect(await decided({ sub: 'HO1', organisation: 'housing' })).toMatchObject({ effective: false });
    const { sql } = await import('kysely');
    const forged =
      sql.raw(`insert into index_decision (agency, record, other_agency, other_record, verdict, effective,
      confirms, sub, organisation, role, why, at, shown, model)
      select agency, record, other_agency, other_record, verdict, true, id, sub, organisation, role, why, at, shown, model
      from index_decision order by id limit 1`);
    await expect(forged.execute(world.store)).rejects.toThrow(/second person/);
  });

  it('is not undone by one alone either; what only waits can be taken back', async () => {
    await decided();
    await decided({}, 'UNDO');
    expect(await decided({ sub: 'HO1', organisation: 'housing' })).toMatchObject({ effective: false });
    expect(await decided({ sub: 'HO2', organisation: 'housing' })).toMatchObject({ effective: true });
    expect(await apart()).toBe(true);
    expect(await decided({ sub: 'HO2', organisation: 'housing' }, 'UNDO')).toMatchObject({
      effective: false,
    });
    expect(await apart()).toBe(true);
    // It would link more: the second is of the other record's agency.
    expect(await decided({ sub: 'SW1', organisation: 'police' }, 'UNDO')).toMatchObject({ effective: true });
    expect(await apart()).toBe(false);
  });
});

describe('the id of a person', () => {
  const asked = { facts: incident(['1', '2']) };
  const idOf = async (record: string) => {
    const person = await personOf('police', record);
    const match = await world.ask(asked).search({ familyName: 'Kerr', dateOfBirth: '2002-03-14' });
    return { person, id: match.people[0]?.subject.id };
  };
  /** Two records of one, three of the other, that nothing but a human links. */
  const FIVE: Records = {
    police: [
      { record: '1', name: 'Maya Kerr', dateOfBirth: '2002-03-14' },
      { record: '2', name: 'Mary Lane', dateOfBirth: '1999-01-01' },
    ],
    housing: [
      { record: 't1', name: 'Maya Kerr', dateOfBirth: '2002-03-14' },
      { record: 't2', name: 'Mary Lane', dateOfBirth: '1999-01-01' },
      { record: 't3', name: 'Mary Lane', dateOfBirth: '1999-01-01' },
    ],
  };

  it('that was merged away leads to whoever survives, and goes back when they part', async () => {
    await world.feedAll(FIVE);
    const { person: maya, id } = await idOf('1');
    const mary = await personOf('police', '2');
    await decideTogether(world, 'SAME', 'police 1', 'housing t2');
    expect(
      new Set((await world.rows<{ person: string }>('index_record')).map(({ person }) => person)),
    ).toEqual(new Set([mary]));
    const [found] = await world.ask(asked).byIds([id as string]);
    expect(found?.person).toBe(mary);
    await refeed(FIVE, 'FEMALE');
    await decide(world, 'DIFFERENT', 'police 1', 'housing t2');
    expect(await personOf('police', '1')).toBe(maya);
    expect(await personOf('housing', 't2')).toBe(mary);
    expect(await world.rows('index_redirect')).toEqual([]);
    expect((await world.ask(asked).byIds([id as string]))[0]?.person).toBe(maya);
  });

  it('that was merged away, and the survivor’s own, are one person in one request', async () => {
    await world.feedAll(FIVE);
    const { id } = await idOf('1');
    await decideTogether(world, 'SAME', 'police 1', 'housing t2');
    const other = (await idOf('2')).id as string;
    const [one, same] = await world.ask(asked).byIds([id as string, other]);
    expect(one).toBe(same);
    const strangers = await world.ask({ facts: incident([]) }).byIds([id as string, other]);
    expect(strangers.map((subject) => subject?.relationship)).toEqual(['CLAIMED', 'CLAIMED']);
    expect(await world.rows('index_claim')).toHaveLength(1);
  });

  it('that leads to somebody protected is answered as one that means nobody, by the same statements', async () => {
    await world.feedAll(FIVE);
    const { id } = await idOf('1');
    await decideTogether(world, 'SAME', 'police 1', 'housing t2');
    await world.feed('mental-health', [
      { record: 'c1', name: 'Mary Lane', dateOfBirth: '1999-01-01', protections: ['PROTECTED'] },
    ]);
    world.statements();
    expect(await world.ask(asked).byIds([id as string])).toEqual([null]);
    const hidden = world.statements().toSorted();
    expect(await world.ask(asked).byIds(['nobody'])).toEqual([null]);
    expect(world.statements().toSorted()).toEqual(hidden);
  });
});
