/** What an answer says of itself: held or not, covered or not, withheld, out of reach, or too weakly linked. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AgencyAnswer, sectionState } from '../../src/gateway/request/answers.ts';
import { type AgencyValue, anyTrue, firstGiven, mostGiven } from '../../src/gateway/sections/combine.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { idsOf, maya, PEOPLE, tie } from './support/people.ts';

type State = AgencyAnswer['state'];
const STATES: readonly State[] = [
  'DISCLOSED',
  'NOT_HELD',
  'WITHHELD',
  'UNAVAILABLE',
  'POSSIBLE_MATCH_ONLY',
  'NOT_COVERED',
];

describe('how a section stands', () => {
  const table: [State[], ReturnType<typeof sectionState>][] = [
    [['DISCLOSED'], 'DISCLOSED'],
    [['DISCLOSED', 'NOT_HELD'], 'DISCLOSED'],
    [['DISCLOSED', 'WITHHELD'], 'PARTIAL'],
    [['DISCLOSED', 'UNAVAILABLE'], 'PARTIAL'],
    [['DISCLOSED', 'NOT_HELD', 'POSSIBLE_MATCH_ONLY'], 'PARTIAL'],
    [['DISCLOSED', 'NOT_COVERED'], 'PARTIAL'],
    [['NOT_HELD', 'NOT_HELD'], 'NOT_HELD'],
    [['NOT_HELD', 'WITHHELD'], 'WITHHELD'],
    [['NOT_HELD', 'WITHHELD', 'POSSIBLE_MATCH_ONLY'], 'POSSIBLE_MATCH_ONLY'],
    [['NOT_HELD', 'WITHHELD', 'POSSIBLE_MATCH_ONLY', 'UNAVAILABLE'], 'UNAVAILABLE'],
    [['NOT_COVERED', 'NOT_HELD'], 'NOT_HELD'],
    [[], 'NOT_COVERED'],
  ];
  test.each(table)('%j is %s', (states, stands) => {
    expect(sectionState(states)).toBe(stands);
  });

  const states = fc.array(fc.constantFrom(...STATES), { maxLength: 8 });
  test('does not depend on the order of suppliers, nor on how many say the same', () => {
    fc.assert(
      fc.property(states, (said) => {
        expect(sectionState([...said].reverse())).toBe(sectionState(said));
        expect(sectionState([...said, ...said])).toBe(sectionState(said));
      }),
    );
  });

  test('is DISCLOSED only where everybody answered, and never "not held" where anybody did not', () => {
    fc.assert(
      fc.property(states, (said) => {
        const answered = said.every((one) => one === 'DISCLOSED' || one === 'NOT_HELD');
        const some = said.includes('DISCLOSED');
        expect(sectionState(said) === 'DISCLOSED').toBe(answered && some);
        expect(sectionState(said) === 'PARTIAL').toBe(!answered && some);
        if (sectionState(said) === 'NOT_HELD')
          expect(said.every((one) => one === 'NOT_HELD' || one === 'NOT_COVERED')).toBe(true);
      }),
    );
  });
});

describe('a value that several agencies say', () => {
  const said = (...values: unknown[]): AgencyValue[] =>
    values.map((value, at) => ({ agency: `agency-${at}`, value }));
  test('one true is enough; false only where everybody answered', () => {
    expect(anyTrue(said(false, true), false)).toMatchObject({ value: true, agency: 'agency-1' });
    expect(anyTrue(said(false, null), false)).toBeUndefined();
    expect(anyTrue(said(false, null), true)).toMatchObject({ value: false });
    expect(anyTrue(said(null), true)).toMatchObject({ value: null });
  });
  test('the first that is given stands where there is no vote', () => {
    expect(firstGiven(said(null, 'A', 'B'), false)).toMatchObject({ value: 'A' });
    expect(firstGiven(said(null), false)).toBeUndefined();
  });
  test('a headline is what most say, and on a tie what the first says', () => {
    expect(mostGiven(said('A', 'B', 'B'), false)).toMatchObject({ value: 'B', agency: 'agency-1' });
    expect(mostGiven(said('A', 'B'), true)).toMatchObject({ value: 'A' });
    expect(mostGiven(said(null, undefined), false)).toBeUndefined();
  });
});

describe('over HTTP', () => {
  let sightline: Sightline;
  const people = new Map<string, string>();
  beforeAll(async () => {
    sightline = await startSightline();
    await tie(sightline, '26/000123', ['100161', '100200', '100171', '100021']);
    const [peter = '', owen = '', jordan = '', liam = '', her = ''] = await idsOf(
      sightline,
      'police',
      ['100161', '100200', '100171', '100021', '100018'],
      { organisation: 'mental-health' },
    );
    for (const [name, id] of Object.entries({ peter, owen, jordan, liam, her })) people.set(name, id);
  });
  afterAll(() => sightline?.close());

  const nurse = async (name: string, fields: string): Promise<{ person: Answer['data']; answer: Answer }> => {
    const answer = await sightline.ask('triage-nurse', PEOPLE(fields), {
      variables: { ids: [people.get(name)] },
    });
    return { person: answer.data.people[0], answer };
  };
  const PLAN =
    'crisisPlan { state exists whatHelps contacts { value } sources { agency { id } state reason asOf } }';

  test('a trust that knows her and has a plan: DISCLOSED', async () => {
    const { person, answer } = await nurse('her', PLAN);
    expect(person.crisisPlan).toMatchObject({
      state: 'DISCLOSED',
      exists: true,
      sources: [{ state: 'DISCLOSED', reason: null }],
    });
    expect(answer.errors).toEqual([]);
  });

  test('a trust that knows him and has no plan: none in scope, and that is said as false and as an empty list', async () => {
    const { person, answer } = await nurse('peter', PLAN);
    expect(person.crisisPlan).toMatchObject({
      state: 'NOT_HELD',
      exists: false,
      whatHelps: null,
      contacts: [],
      sources: [{ state: 'NOT_HELD', reason: 'NONE_IN_SCOPE', asOf: null }],
    });
    expect(answer.errors).toEqual([]);
    expect(answer.holes).toEqual([]);
  });

  test('a trust with nobody linked to him: not held, as of its feed, and nothing is said to be empty', async () => {
    const [feed] = await sightline.store("select as_of from index_feed where agency = 'mental-health'");
    const { person, answer } = await nurse('owen', PLAN);
    expect(person.crisisPlan).toEqual({
      state: 'NOT_HELD',
      exists: null,
      whatHelps: null,
      contacts: null,
      sources: [
        {
          agency: { id: 'mental-health' },
          state: 'NOT_HELD',
          reason: 'NO_LINKED_RECORD',
          asOf: (feed as { as_of: Date }).as_of.toISOString(),
        },
      ],
    });
    expect(answer.errors.map(({ extensions }) => [extensions.code, extensions.reason])).toEqual(
      Array(3).fill(['NOT_AVAILABLE', 'NO_LINKED_RECORD']),
    );
    expect(answer.holes).toMatchObject([{ state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' }]);
  });

  test('a trust whose record of him may be somebody else’s: a possible match only, nothing of it, and a desk to call', async () => {
    const { person, answer } = await nurse(
      'jordan',
      `${PLAN} identity { state sources { agency { id } state } }`,
    );
    expect(person.crisisPlan).toMatchObject({
      state: 'POSSIBLE_MATCH_ONLY',
      exists: null,
      whatHelps: null,
      sources: [{ state: 'POSSIBLE_MATCH_ONLY', reason: null }],
    });
    expect(person.identity).toMatchObject({ state: 'PARTIAL' });
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'NOT_AVAILABLE',
      contact: { phone: expect.any(String) },
    });
    expect(answer.text).not.toMatch(/football|Crowds/);
  });

  test('what is withheld reads the same of all four of them', async () => {
    const withheld =
      'intelligence { state items { text } sources { state reason level message scope asOf retrievedAt } } housing { state arrearsBand }';
    const answers = await Promise.all(
      ['her', 'peter', 'owen', 'jordan'].map((name) => nurse(name, withheld)),
    );
    for (const { person, answer } of answers) {
      expect(person).toEqual(answers[0]?.person);
      expect(answer.errors).toEqual(answers[0]?.answer.errors);
      expect(answer.holes).toEqual(answers[0]?.answer.holes);
    }
    expect(answers[0]?.person.intelligence.sources).toMatchObject([
      { state: 'WITHHELD', reason: 'NOT_OFFERED' },
    ]);
  });

  describe('a list of several agencies', () => {
    const ALLERGIES = 'clinical { state allergies { substance } sources { agency { id } state reason } }';
    const forget = async () => {
      await sightline.sql('mental-health', `delete from "Allergy" where "ClientID" = '40018'`);
      await sightline.sql('primary-care', `delete from "ALLERGY" where "NHS_NO" = '9990000018'`);
    };

    test('with anything in it is a list, and the others are told in the sources', async () => {
      const { person, answer } = await nurse('owen', 'warningMarkers { state items { type } }');
      expect(person.warningMarkers.items).toContainEqual({ type: 'DRUGS' });
      expect(answer.errors).toEqual([]);
      expect(answer.holes).toContainEqual(
        expect.objectContaining({ agency: 'mental-health', state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' }),
      );
    });

    test('is empty only where each of them knows the person and has none', async () => {
      expect((await nurse('her', ALLERGIES)).person.clinical).toMatchObject({
        state: 'DISCLOSED',
        allergies: expect.arrayContaining([{ substance: 'Penicillin' }]),
      });
      await forget();
      const { person, answer } = await nurse('her', ALLERGIES);
      expect(person.clinical).toMatchObject({ state: 'NOT_HELD', allergies: [] });
      expect(answer.errors).toEqual([]);
    });

    test('is null where any of them has nobody linked', async () => {
      const { person, answer } = await nurse('liam', ALLERGIES);
      expect(person.clinical).toMatchObject({ state: 'NOT_HELD', allergies: null });
      expect(person.clinical.sources).toContainEqual({
        agency: { id: 'mental-health' },
        state: 'NOT_HELD',
        reason: 'NO_LINKED_RECORD',
      });
      expect(answer.errors[0]?.extensions).toMatchObject({
        code: 'NOT_AVAILABLE',
        reason: 'NO_LINKED_RECORD',
      });
    });
  });

  describe('who she is, by several records', () => {
    const WHO =
      'identity { state name givenName familyName dateOfBirth deceased differs records { dateOfBirth source { agency { id } } } }';
    const worker = async () => {
      const answer = await sightline.ask('mash-social-worker', maya(WHO));
      return { identity: answer.data.findPeople.people[0].person.identity, answer };
    };
    beforeEach(async () => {
      await sightline.sql(
        'police',
        `update "T_NOMINAL" set "DOB" = '20020314', "DECD_FLG" = 'N' where "NOM_ID" = '100018'`,
      );
      await sightline.sql(
        'mental-health',
        `update "Client" set "DOB" = '20020314', "DeceasedYN" = 'N' where "ClientID" = '40018'`,
      );
      await sightline.sql(
        'housing',
        `update tenant set dob = '14/03/2002', deceased = 'N' where tenant_no = '50018'`,
      );
    });

    test('who write her name in capitals or not do not differ, but that they differ in nothing nobody is told: some supplier is never asked', async () => {
      const { identity, answer } = await worker();
      expect(identity).toMatchObject({
        state: 'PARTIAL',
        familyName: expect.stringMatching(/^kerr$/i),
        differs: null,
      });
      expect(answer.errors.find(({ path }) => path?.at(-1) === 'differs')?.extensions.code).toBe('WITHHELD');
    });

    test('that they differ in nothing is not said while a supplier is withheld: its record was not looked at', async () => {
      const answer = await sightline.ask('triage-nurse', maya('identity { differs }'));
      expect(answer.data.findPeople.people[0].person.identity).toEqual({ differs: null });
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'WITHHELD', section: 'identity' });
      expect(answer.holes).toContainEqual(
        expect.objectContaining({ agency: 'housing', state: 'WITHHELD', reason: 'NOT_LISTED' }),
      );
    });

    test('the headline is what most of them say, and what they differ in is named', async () => {
      await sightline.sql('housing', `update tenant set dob = '15/03/2002' where tenant_no = '50018'`);
      const { identity } = await worker();
      expect(identity).toMatchObject({ dateOfBirth: '2002-03-14', differs: ['dateOfBirth'] });
      expect(identity.records).toContainEqual({
        dateOfBirth: '2002-03-15',
        source: { agency: { id: 'housing' } },
      });
    });

    test('that she has died is believed of one, and that she has not of all together only', async () => {
      expect((await worker()).identity.deceased).toBeNull();
      await sightline.sql('police', `update "T_NOMINAL" set "DECD_FLG" = 'Y' where "NOM_ID" = '100018'`);
      expect((await worker()).identity.deceased).toBe(true);
    });

    test('where one of them may not say, it is not known that she has not', async () => {
      const answer = await sightline.ask('response-officer', maya(WHO));
      expect(answer.data.findPeople.people[0].person.identity.deceased).toBeNull();
      expect(answer.errors.find(({ path }) => path?.at(-1) === 'deceased')?.extensions).toMatchObject({
        code: 'WITHHELD',
        agency: 'housing',
        reason: 'NOT_LISTED',
      });
    });
  });

  describe('a feed that is late', () => {
    const set = (hours: number) =>
      sightline.store(
        `update index_feed set as_of = now() - make_interval(hours => $1) where agency = 'mental-health'`,
        [hours],
      );
    const states = async () => {
      const names = ['her', 'owen', 'jordan'];
      const answers = await Promise.all(
        names.map((name) => nurse(name, 'crisisPlan { state exists sources { state reason } }')),
      );
      return answers.map(({ person }) => person.crisisPlan);
    };

    test('by up to three intervals is still a feed', async () => {
      await set(2);
      expect((await states()).map(({ state }) => state)).toEqual([
        'DISCLOSED',
        'NOT_HELD',
        'POSSIBLE_MATCH_ONLY',
      ]);
    });

    test('by more makes the agency unavailable, for those whom it knows and those whom it does not', async () => {
      await set(4);
      const unavailable = {
        state: 'UNAVAILABLE',
        exists: null,
        sources: [{ state: 'UNAVAILABLE', reason: 'FAILED' }],
      };
      expect(await states()).toEqual([unavailable, unavailable, unavailable]);
      await sightline.app.refreshIndex();
      expect((await states())[0]).toMatchObject({ state: 'DISCLOSED' });
    });

    test('and one that never came says that it is only starting', async () => {
      await sightline.store(`delete from index_feed where agency = 'mental-health'`);
      expect((await states())[1]).toMatchObject({ state: 'UNAVAILABLE', sources: [{ reason: 'STARTING' }] });
      await sightline.app.refreshIndex();
    });
  });
});
