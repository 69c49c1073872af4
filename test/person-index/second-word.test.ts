import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awaitedFrom, linksMore } from '../../src/person-index/review/second-word.ts';
import { decide, decideTogether } from './decide.ts';
import { openWorld, type World } from './world.ts';

const MAYA = { name: 'Maya Kerr', dateOfBirth: '2002-03-14' };
const MARY = { name: 'Mary Lane', dateOfBirth: '1999-01-01' };

describe('what lets more be linked', () => {
  it.each([
    ['UNSURE', 'SAME', true],
    ['DIFFERENT', 'SAME', true],
    ['DIFFERENT', 'UNSURE', true],
    ['SAME', 'SAME', false],
    ['SAME', 'UNSURE', false],
    ['SAME', 'DIFFERENT', false],
    ['UNSURE', 'DIFFERENT', false],
    ['UNSURE', 'UNSURE', false],
    ['DIFFERENT', 'DIFFERENT', false],
  ] as const)('where %s stands, %s: %s', (stands, verdict, more) => {
    expect(linksMore(stands, verdict)).toBe(more);
  });
});

describe('whose word is awaited', () => {
  const [P, H, C] = ['police', 'housing', 'childrens-services'];
  it.each<[string, Parameters<typeof awaitedFrom>[0], string[]]>([
    ['of one of two agencies: the other', { organisation: P, more: true, owners: [H, P], flags: [] }, [H]],
    ['of a third: either', { organisation: C, more: true, owners: [H, P], flags: [] }, [H, P]],
    [
      'on two records of one agency: its own',
      { organisation: P, more: true, owners: [P, P], flags: [] },
      [P],
    ],
    [
      'on two records of another agency: that one',
      { organisation: C, more: true, owners: [P, P], flags: [] },
      [P],
    ],
    ['that parts nobody hidden: nobody', { organisation: P, more: false, owners: [H, P], flags: [] }, []],
    [
      'that parts a hidden person: the flag’s',
      { organisation: P, more: false, owners: [H, P], flags: [C] },
      [C],
    ],
    [
      'on the decider’s own flag alone: a colleague',
      { organisation: H, more: false, owners: [H, P], flags: [H] },
      [H],
    ],
    [
      'on own and another’s flag: the other',
      { organisation: H, more: false, owners: [H, P], flags: [H, C] },
      [C],
    ],
    [
      'that links a hidden person, whose flag is the other record’s',
      { organisation: P, more: true, owners: [H, P], flags: [C, H] },
      [H],
    ],
    [
      'that links a person whom the decider’s own agency hides: the other record’s',
      { organisation: P, more: true, owners: [H, P], flags: [P] },
      [H],
    ],
    [
      'that links a person whom a third agency hides: the third’s',
      { organisation: P, more: true, owners: [H, P], flags: [C] },
      [C],
    ],
  ])('for a decision %s', (_, decision, awaited) => {
    expect(awaitedFrom(decision)).toEqual(awaited);
  });
});

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());
const by = (organisation: string, sub: string) => ({ by: { organisation, sub } });

describe('SAME', () => {
  beforeEach(() =>
    world.feedAll({ police: [{ record: '1', ...MAYA }], housing: [{ record: 't1', ...MARY }] }),
  );
  const apart = async () => (await world.people()).length === 2;
  const same = (organisation: string, sub: string) =>
    decide(world, 'SAME', 'police 1', 'housing t1', by(organisation, sub));

  it('waits, whoever says it', async () => {
    expect(await same('police', 'SW1')).toMatchObject({ effective: false, awaits: ['housing'] });
    expect(await apart()).toBe(true);
  });

  it.each([
    ['the same login', 'police', 'SW1'],
    ['the same login, with a token of the other agency', 'housing', 'SW1'],
    ['a colleague of the first', 'police', 'SW2'],
    ['somebody who owns neither record', 'mental-health', 'N1'],
  ])('is not made to stand by %s', async (_, organisation, sub) => {
    await same('police', 'SW1');
    expect(await same(organisation, sub)).toMatchObject({ effective: false });
    expect(await apart()).toBe(true);
  });

  it('stands by a second login of the other record’s agency', async () => {
    await same('police', 'SW1');
    expect(await same('housing', 'HO1')).toMatchObject({ effective: true, confirming: true });
    expect(await apart()).toBe(false);
  });

  it('waits also where the machine has linked the two: it holds whatever the records come to say', async () => {
    await world.feed('housing', [{ record: 't1', ...MAYA }]);
    expect(await apart()).toBe(false);
    expect(await same('police', 'SW1')).toMatchObject({ effective: false });
  });

  it('is refused by the store itself without a second person', async () => {
    const { sql } = await import('kysely');
    await same('police', 'SW1');
    const forged =
      sql.raw(`insert into index_decision (agency, record, other_agency, other_record, verdict, effective,
      sub, organisation, role, why, at, shown, model)
      select agency, record, other_agency, other_record, verdict, true, sub, organisation, role, why, at, shown, model
      from index_decision`);
    await expect(forged.execute(world.store)).rejects.toThrow(/second person/);
  });
});

describe('DIFFERENT, which seems only to part', () => {
  it('waits where somebody else would be linked by it', async () => {
    await world.feedAll({
      police: [{ record: '1', ...MAYA }],
      housing: [{ record: 't1', ...MARY }],
      'mental-health': [{ record: 'c1', name: 'M Elsewhere' }],
    });
    await decide(world, 'DIFFERENT', 'police 1', 'housing t1');
    await decideTogether(world, 'SAME', 'police 1', 'mental-health c1');
    await decideTogether(world, 'SAME', 'housing t1', 'mental-health c1');
    expect(await world.people()).toHaveLength(3);
    const parted = (organisation: string, sub: string) =>
      decide(world, 'DIFFERENT', 'housing t1', 'mental-health c1', by(organisation, sub));
    expect(await parted('housing', 'HO1')).toMatchObject({ effective: false, awaits: ['mental-health'] });
    expect(await world.people()).toHaveLength(3);
    expect(await parted('mental-health', 'N1')).toMatchObject({ effective: true });
    expect(await world.people()).toEqual([['housing t1'], ['mental-health c1', 'police 1']]);
  });

  it.each([
    ['a named member of staff would no longer be kept from one of them', { excludedStaff: ['X1'] }],
    ['the other side of an abuse case would no longer be', { adverse: ['9'] }],
  ])('waits for the agency that does it where %s', async (_, kept) => {
    await world.feedAll({
      police: [
        { record: '1', ...MAYA, ...kept },
        { record: '9', name: 'Dean Cole', dateOfBirth: '1988-11-23' },
      ],
      housing: [{ record: 't1', ...MAYA }],
    });
    const before = await world.rows('index_apart');
    const parted = (organisation: string, sub: string) =>
      decide(world, 'DIFFERENT', 'police 1', 'housing t1', by(organisation, sub));
    expect(await parted('housing', 'HO1')).toMatchObject({ effective: false, awaits: ['police'] });
    expect(await world.rows('index_apart')).toEqual(before);
    expect((await world.people())[0]).toEqual(['housing t1', 'police 1']);
    expect(await parted('police', 'SW1')).toMatchObject({ effective: true });
    expect((await world.people())[0]).toEqual(['housing t1']);
  });

  it('stands at once where nobody is opened by it', async () => {
    await world.feedAll({ police: [{ record: '1', ...MAYA }], housing: [{ record: 't1', ...MAYA }] });
    expect(await decide(world, 'DIFFERENT', 'police 1', 'housing t1')).toMatchObject({ effective: true });
  });

  it('tried at the terminal changes nothing', async () => {
    await world.feedAll({ police: [{ record: '1', ...MAYA }], housing: [{ record: 't1', ...MAYA }] });
    const before = await world.rows('index_record');
    await decide(world, 'DIFFERENT', 'police 1', 'housing t1', { dryRun: true });
    expect(await world.rows('index_record')).toEqual(before);
    expect(await world.rows('index_decision')).toEqual([]);
  });
});
