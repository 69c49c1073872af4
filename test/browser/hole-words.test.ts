import { describe, expect, it } from 'vitest';
import { groupHoles, type Hole, holesOf } from '../../src/graphiql/app/hole.ts';
import { holeInWords, inWords } from '../../src/graphiql/app/hole-words.ts';
import { WITHHELD_REASONS } from '../../src/sharing/types.ts';

const hole = (change: Partial<Hole>): Hole => ({
  path: 'person.crisisPlan.triggers',
  section: 'crisisPlan',
  agency: 'mental-health',
  state: 'WITHHELD',
  reason: 'ROLE',
  contact: null,
  ...change,
});

const words = (change: Partial<Hole>) => {
  const [group] = groupHoles([hole(change)]);
  if (!group) throw new Error('a hole is in no group');
  return holeInWords(group, { 'mental-health': 'Northshire Mental Health Trust' });
};

describe('a gap in plain words', () => {
  it.each([...WITHHELD_REASONS, 'NO_LINKED_RECORD', 'NONE_IN_SCOPE', 'TIMED_OUT', 'FAILED', 'STARTING'])(
    'explains %s',
    (reason) => expect(words({ reason }).why).not.toContain(inWords(reason)),
  );

  it.each(['NOT_COVERED', 'POSSIBLE_MATCH_ONLY'])('explains %s, for which there is no reason', (state) =>
    expect(words({ state, reason: null }).why).toMatch(/: ./),
  );

  it('never says that there is none where nothing is linked', () => {
    expect(words({ state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' }).why).toContain(
      'does not prove that there is none',
    );
  });

  it('names the section and the agency as people call them', () => {
    expect(words({})).toMatchObject({ what: 'Crisis plan', whose: 'Northshire Mental Health Trust' });
    expect(words({ agency: 'work-and-pensions' }).whose).toBe('Work and pensions');
  });

  it.each([
    [['people.0.person.crisisPlan.triggers'], 'triggers'],
    [['person.crisisPlan.triggers', 'person.crisisPlan.whatHelps'], 'triggers, whatHelps'],
    [['people.0.crisisPlan.triggers', 'people.1.crisisPlan.triggers'], 'triggers · 2 places'],
    [['person.crisisPlan'], ''],
    [['person.plan.triggers'], 'person.plan.triggers'],
  ])('says which fields it is about: %j', (paths, where) => {
    const [group] = groupHoles(paths.map((path) => hole({ path })));
    expect(group && holeInWords(group, {}).where).toBe(where);
  });

  it('shows a reason it has never heard of rather than nothing', () => {
    expect(words({ reason: 'MOON_PHASE' }).why).toBe('Withheld: Moon phase');
  });
});

describe('gaps that read the same', () => {
  it('are told once with all their places, in the order of the answer', () => {
    const groups = groupHoles([
      hole({ state: 'UNAVAILABLE', reason: 'TIMED_OUT', path: ['people', 0, 'housing'], section: 'housing' }),
      hole({ path: 'people.0.crisisPlan.triggers' }),
      hole({ path: 'people.1.crisisPlan.triggers' }),
    ]);
    expect(groups.map(({ section, paths }) => [section, paths])).toEqual([
      ['housing', ['people.0.housing']],
      ['crisisPlan', ['people.0.crisisPlan.triggers', 'people.1.crisisPlan.triggers']],
    ]);
  });

  it('stay apart where they differ in whose they are or whom to call', () => {
    const desk = { desk: 'Duty desk' };
    expect(groupHoles([hole({}), hole({ agency: 'police' }), hole({ contact: desk })])).toHaveLength(3);
  });
});

describe('an answer', () => {
  it.each([[{ data: {} }], [{ extensions: {} }], [{ extensions: { holes: 'none' } }], [null]])(
    'without a list of gaps is not one without gaps: %j',
    (answer) => expect(holesOf(answer)).toBeNull(),
  );
});
