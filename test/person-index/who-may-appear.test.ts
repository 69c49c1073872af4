import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonSearchInput } from '../../src/person-index/records/types.ts';
import { GENEROUS, type Granted, type GrantedAt } from './decisions.ts';
import type { RecordWords } from './index-records.ts';
import { type Asked, incident, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const BORN = '1991-07-02';
const at = (granted: Granted): GrantedAt => ({ VERIFIED: granted, CLAIMED: granted });
const TIED: Asked = { facts: incident(['1']) };
const find = (search: PersonSearchInput, asked: Asked = TIED) => world.ask(asked).search(search);
const NOBODY = { familyName: 'Quill', givenName: 'Zed', dateOfBirth: '1970-03-04' };

describe('a record that the caller may not see as a whole finds nobody, and agrees with nothing', () => {
  /** The police know a man by one name, and housing the same man by another and by his birthday. */
  beforeEach(() =>
    world.feedAll({
      police: [{ record: '1', name: 'Dean Cole', nino: 'QQ000214C' }],
      housing: [{ record: 't1', name: 'Zed Quill', dateOfBirth: BORN, nino: 'QQ000214C', nhs: '9990000018' }],
    }),
  );
  const whole: Granted = { '/identity': 'FULL', '/identifiers': 'FULL' };
  const rows = { victimOrChild: true } as const;
  const hidden: [string, Granted, Partial<Asked>?][] = [
    ['rows', { ...whole, 'housing/identity': { level: 'FULL', rows } }],
    ['its site', { ...whole, 'housing/identity': { level: 'FULL', rows: {}, ownSite: 'north' } }],
    ['role', { 'police/identity': 'FULL', '/identifiers': 'FULL' }],
    [
      'role, though it is of their own organisation',
      { 'police/identity': 'FULL', '/identifiers': 'FULL' },
      {
        caller: { organisation: 'housing', sub: 'HO1' },
        facts: incident(['1'], { staff: [{ organisation: 'housing', staff: 'HO1' }] }),
      },
    ],
  ];

  it('seen whole, it does', async () => {
    expect(
      await find(
        { familyName: 'Quill', givenName: 'Zed', dateOfBirth: BORN },
        { ...TIED, granted: at(whole) },
      ),
    ).toMatchObject({
      outcome: 'MATCH',
      people: [{ agreesOn: ['familyName', 'givenName', 'dateOfBirth'] }],
    });
  });

  it.each(hidden)('hidden by %s: as where nobody has it', async (_, granted, asked) => {
    const as = { ...TIED, ...asked, granted: at(granted) };
    expect((await find({ familyName: 'Quill', givenName: 'Zed', dateOfBirth: BORN }, as)).outcome).toBe(
      'NO_MATCH',
    );
    const search = {
      familyName: 'Cole',
      givenName: 'Dean',
      dateOfBirth: BORN,
      identifier: { system: 'NINO' as const, value: 'QQ000214C' },
    };
    const { people } = await find(search, as);
    await world.feed('housing', []);
    const { people: without } = await find(search, as);
    const told = (matches: typeof people) =>
      matches.map(({ confidence, agreesOn, differsOn, explanation }) => ({
        confidence,
        agreesOn,
        differsOn,
        explanation,
      }));
    expect(told(people)).toEqual(told(without));
    expect(people).toHaveLength(1);
  });

  it('nor is anybody found by a number of it whose rows may not be seen', async () => {
    const granted = at({
      ...whole,
      'housing/identifiers': { level: 'FULL', rows: { ...rows, system: ['NHS_NUMBER'] } },
    });
    expect(await world.ask({ ...TIED, granted }).byIdentifier('NHS_NUMBER', '9990000018', null)).toBeNull();
    const only = at({ ...whole, 'housing/identifiers': { level: 'FULL', rows: { system: ['NHS_NUMBER'] } } });
    expect(
      await world.ask({ ...TIED, granted: only }).byIdentifier('NHS_NUMBER', '9990000018', null),
    ).not.toBeNull();
  });

  it('but the own record that the own reference ties finds, whatever its site', async () => {
    const granted = at({ ...whole, 'housing/identity': { level: 'FULL', rows: {}, ownSite: 'north' } });
    const asked: Asked = {
      caller: { organisation: 'housing', sub: 'HO1' },
      reference: { agency: 'housing', value: 'H26-1' },
      facts: incident(['t1'], { staff: [{ organisation: 'housing', staff: 'HO1' }] }),
      granted,
    };
    expect((await find({ familyName: 'Quill', givenName: 'Zed', dateOfBirth: BORN }, asked)).outcome).toBe(
      'MATCH',
    );
  });
});

describe('whoever may not appear takes no place among those who are weighed', () => {
  const CROWD = 205;
  /** Of one surname and birthday, and enough apart to be many people. */
  const crowd = (words: Partial<RecordWords> = {}): RecordWords[] =>
    Array.from({ length: CROWD }, (_, i) => ({
      record: `r${i}`,
      name: `Zo${'abcdefghijklmnopqrstuvwxyz'[i % 26]}q Kerr`,
      dateOfBirth: BORN,
      nino: `QQ${100000 + i}A`,
      ...words,
    }));
  const search = { familyName: 'Other', givenName: 'Ada', dateOfBirth: BORN };
  const dean: RecordWords = { record: '9', name: 'Dean Cole', nino: 'QQ000214C', place: 'UPRN 7' };
  const asDean: Asked = { ...TIED, caller: { person: { system: 'NINO', value: 'QQ000214C' } } };
  const onlyTied = { VERIFIED: { '/identity': 'FULL' }, CLAIMED: { 'police/identity': 'FULL' } } as const;
  const hidden: [string, RecordWords[], Asked, agency?: string][] = [
    ['protected', crowd({ protections: ['PROTECTED'] }), TIED],
    ['kept from the caller by name', crowd({ excludedStaff: ['PC1'] }), TIED],
    ['of the caller’s own household', [dean, ...crowd({ place: 'UPRN 7' })], asDean],
    [
      'on the other side of the caller’s case',
      [{ ...dean, adverse: Array.from({ length: CROWD }, (_, i) => `r${i}`) }, ...crowd()],
      asDean,
    ],
    [
      'declared relatives of the caller',
      [dean, ...crowd({ related: [{ record: '9', sameHousehold: false }] })],
      asDean,
    ],
    ['not tied, where nobody may be claimed', crowd(), { ...TIED, granted: { ...GENEROUS, CLAIMED: {} } }],
    [
      'known to an agency that shows itself for tied people alone',
      crowd(),
      { ...TIED, granted: onlyTied },
      'housing',
    ],
    [
      'known to an agency whose rows are not all for the caller',
      crowd(),
      {
        ...TIED,
        granted: at({
          'police/identity': 'FULL',
          'housing/identity': { level: 'FULL', rows: { victimOrChild: true } },
        }),
      },
      'housing',
    ],
  ];

  it('two hundred who may appear are too many', async () => {
    await world.feed('police', crowd());
    expect((await find(search)).outcome).toBe('TOO_BROAD');
  });

  it.each(hidden)(
    '%s: nobody, as if they were not there, by the same statements',
    async (_, records, asked, agency = 'police') => {
      await world.feed('police', agency === 'police' ? records : []);
      if (agency !== 'police') await world.feed(agency, records);
      world.statements();
      const found = await find(search, asked);
      const statements = world.statements().toSorted();
      const none = await find(NOBODY, asked);
      expect(found).toEqual(none);
      expect(world.statements().toSorted()).toEqual(statements);
      expect(await world.rows('index_review')).toEqual([]);
    },
  );

  it('and pushes out nobody who may', async () => {
    const ada = { record: 'z', name: 'Ada Other', dateOfBirth: BORN, nino: 'QQ999999A' };
    await world.feed('police', [...crowd({ protections: ['PROTECTED'] }), ada]);
    expect((await find(search)).outcome).toBe('MATCH');
  });
});

describe('a reference whose ten claims are used', () => {
  const STRANGERS = 'Ada Bo Cyrus Dora Ewan Fay Gus Hetty Ivor Jess'.split(' ').map((given, i) => ({
    record: `s${i}`,
    name: `${given} Pike`,
    dateOfBirth: `19${30 + 5 * i}-0${1 + (i % 9)}-1${i % 7}`,
  }));
  const LEILA = { record: '77', name: 'Leila Haddad', dateOfBirth: BORN };
  const TWIN = { record: '78', name: 'Lina Haddad', dateOfBirth: BORN, nino: 'QQ000001A' };
  const nameOf = ({ name, dateOfBirth }: { name: string; dateOfBirth: string }) => ({
    givenName: name.split(' ')[0] as string,
    familyName: name.split(' ')[1] as string,
    dateOfBirth,
  });
  const questions: [string, PersonSearchInput][] = [
    ['by her name and birthday', nameOf(LEILA)],
    ['with a wrong forename', { ...nameOf(LEILA), givenName: 'Wendy' }],
    ['by surname and birthday, which two have', { familyName: 'Haddad', dateOfBirth: BORN }],
    ['with a slip in the birthday', { ...nameOf(LEILA), dateOfBirth: '1991-02-07' }],
  ];
  beforeEach(async () => {
    await world.feed('police', [...STRANGERS, LEILA, TWIN]);
    for (const stranger of STRANGERS) await find(nameOf(stranger), { facts: incident([]) });
    expect(await world.rows('index_claim')).toHaveLength(10);
  });

  it.each(questions)(
    '%s: one answer to every search, by the same statements, and no task',
    async (_, question) => {
      world.statements();
      const found = await find(question, { facts: incident([]) });
      const statements = world.statements().toSorted();
      expect(found).toEqual(await find(NOBODY, { facts: incident([]) }));
      expect(found.outcome).toBe('NO_MATCH');
      expect(world.statements().toSorted()).toEqual(statements);
      expect(await world.rows('index_review')).toEqual([]);
    },
  );

  it('keeps those who were claimed, and whom it ties', async () => {
    expect((await find(nameOf(STRANGERS[3] as typeof LEILA), { facts: incident([]) })).outcome).toBe('MATCH');
    expect((await find(nameOf(LEILA), { facts: incident(['77']) })).outcome).toBe('MATCH');
  });

  it('shows no task with anybody else', async () => {
    const { tasks } = await world
      .review({ facts: incident([]) })
      .tasks({ first: 50, after: null, state: 'OPEN', person: null });
    expect(tasks).toEqual([]);
  });
});

describe('while the issuing system cannot be asked', () => {
  const forenames = 'Ada Bo Cyrus Dora Ewan Fay Gus Hetty Ivor Jess Kofi Lars Mona Nils Orla Per'.split(' ');
  const SIXTEEN = forenames.map((given, i) => ({
    record: `s${i}`,
    name: `${given} Pike`,
    dateOfBirth: `19${10 + 5 * i}-0${1 + (i % 9)}-1${i % 7}`,
  }));
  const granted: GrantedAt = {
    ...GENEROUS,
    UNVERIFIED: { '/identity': 'SUMMARY', '/warningMarkers': 'SUMMARY' },
  };
  const down = (asked: Asked = {}): Asked => ({ facts: 'down', granted, ...asked });
  const shown = async (people: typeof SIXTEEN, asked: Asked) => {
    const outcomes: string[] = [];
    for (const { name, dateOfBirth } of people) {
      // As if a minute lay between.
      await sql`delete from index_search`.execute(world.store);
      const [givenName = '', familyName = ''] = name.split(' ');
      outcomes.push((await find({ givenName, familyName, dateOfBirth }, asked)).outcome);
    }
    return outcomes.filter((outcome) => outcome === 'MATCH').length;
  };
  beforeEach(() => world.feed('police', SIXTEEN));

  it('an invented reference shows ten strangers, and keeps who they were', async () => {
    expect(await shown(SIXTEEN, down())).toBe(10);
    expect(await world.rows('index_unverified')).toHaveLength(10);
    expect(await world.rows('index_unverified')).toMatchObject([
      { reference: 'police:26/000123', sub: 'PC1', organisation: 'police', role: 'response-officer' },
      ...Array(9).fill({}),
    ]);
    expect(await world.rows('index_claim')).toEqual([]);
  });

  it('a second reference shows the same login no more', async () => {
    await shown(SIXTEEN.slice(0, 6), down());
    const another = down({ reference: { agency: 'police', value: '26/000999' } });
    expect(await shown(SIXTEEN.slice(6), another)).toBe(4);
  });

  it('a second login is shown no more on the same reference', async () => {
    await shown(SIXTEEN.slice(0, 6), down());
    expect(await shown(SIXTEEN.slice(6), down({ caller: { sub: 'PC2' } }))).toBe(4);
  });

  it('those who were shown are shown again, and the next shift begins anew', async () => {
    await shown(SIXTEEN, down());
    expect(await shown(SIXTEEN.slice(0, 3), down())).toBe(3);
    const tomorrow = down({
      now: new Date('2026-03-02T03:00:00Z'),
      reference: { agency: 'police', value: '26/001000' },
    });
    expect(await shown(SIXTEEN.slice(0, 3), tomorrow)).toBe(3);
  });

  it('takes nothing of the ten who may be claimed once it can be asked', async () => {
    await shown(SIXTEEN, down());
    expect(await shown(SIXTEEN.slice(0, 12), { facts: incident([]) })).toBe(10);
  });

  it('beyond ten answers one thing to every search', async () => {
    await shown(SIXTEEN, down());
    const found = await find(
      { givenName: 'Wrong', familyName: 'Pike', dateOfBirth: SIXTEEN[15]?.dateOfBirth ?? '' },
      down(),
    );
    expect(found).toEqual(await find(NOBODY, down()));
  });

  it('the own caseload is not counted', async () => {
    const asked = down({ caseload: SIXTEEN.map(({ record }) => record) });
    expect(await shown(SIXTEEN, asked)).toBe(16);
  });
});
