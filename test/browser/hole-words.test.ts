import { describe, expect, it } from 'vitest';
import { byKind, groupHoles, type Hole, type HoleKind, holeKind } from '../../src/client/hole.ts';
import { nameInWords } from '../../src/client/words.ts';
import { holesInAnswer } from '../../src/pages/app/gaps/hole.ts';
import { holeInWords } from '../../src/pages/app/gaps/hole-words.ts';
import { ANSWER_REASONS, WITHHELD_REASONS } from '../../src/states.ts';

const hole = (change: Partial<Hole>): Hole => ({
  path: 'person.crisisPlan.triggers',
  section: 'crisisPlan',
  agency: 'mental-health',
  state: 'WITHHELD',
  reason: 'ROLE',
  contact: null,
  ...change,
});

const words = (change: Partial<Hole>, role: string | null = null) => {
  const [group] = groupHoles([hole(change)]);
  if (!group) throw new Error('a hole is in no group');
  return holeInWords(group, { 'mental-health': 'Northshire Mental Health Trust' }, role);
};

describe('a gap in plain words', () => {
  it.each([...WITHHELD_REASONS, ...Object.keys(ANSWER_REASONS)])('explains %s', (reason) =>
    expect(words({ reason }).why).not.toContain(nameInWords(reason)),
  );

  it.each(['NOT_COVERED', 'POSSIBLE_MATCH_ONLY'])('explains %s, for which there is no reason', (state) =>
    expect(words({ state, reason: null }).why).toMatch(/: ./),
  );

  it.each([...WITHHELD_REASONS, ...Object.keys(ANSWER_REASONS)])(
    'explains %s to a data subject without speaking of roles, purposes or another person',
    (reason) => {
      const why = words({ reason }, 'data-subject').why;
      expect(why).not.toContain(nameInWords(reason));
      expect(why).not.toMatch(/your role|purpose|emergency|this person|your case|reference/);
    },
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
    expect(group && holeInWords(group, {}, null).where).toBe(where);
  });

  it('shows a reason it has never heard of rather than nothing', () => {
    expect(words({ reason: 'MOON_PHASE' }).why).toBe(
      'Withheld: for a reason that is not known here (Moon phase)',
    );
  });
});

describe('what can be done about a gap', () => {
  it.each<[HoleKind, Partial<Hole>]>([
    ['open', { reason: 'NEEDS_BREAK_GLASS' }],
    ['open', { reason: 'NEEDS_REVIEW' }],
    ['open', { reason: 'CONSENT_REQUIRED' }],
    ['call', { state: 'UNAVAILABLE', reason: 'TIMED_OUT' }],
    ['call', { state: 'UNAVAILABLE', reason: 'FAILED' }],
    ['call', { state: 'UNAVAILABLE', reason: 'STARTING' }],
    ['call', { state: 'POSSIBLE_MATCH_ONLY', reason: null }],
    ['call', { state: 'NOT_AVAILABLE', reason: null }],
    ['call', { reason: 'LEVEL' }],
    ['call', { reason: 'NOT_OFFERED' }],
    ['call', { reason: 'NO_RELATIONSHIP' }],
    ['call', { reason: 'RELATIONSHIP_UNVERIFIED' }],
    ['call', { state: 'SOMETHING_NEW', reason: 'MOON_PHASE' }],
    ['not found', { state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' }],
    ['not found', { state: 'NOT_HELD', reason: 'NONE_IN_SCOPE' }],
    ['policy', { reason: 'ROLE' }],
    ['policy', { reason: 'PURPOSE' }],
    ['policy', { reason: 'NOT_LISTED' }],
    ['policy', { reason: 'GATEWAY_EXCLUDES' }],
    ['policy', { reason: 'AGREEMENT_NOT_IN_FORCE' }],
    ['policy', { reason: 'AGREEMENT_WITHDRAWN' }],
    ['policy', { reason: 'OTHER_ORGANISATION_ONLY' }],
    ['policy', { state: 'NOT_COVERED', reason: null }],
  ])('%s: %j', (kind, change) => {
    const [group] = groupHoles([hole(change)]);
    expect(group && holeKind(group)).toBe(kind);
  });

  it('names desks that are staffed now before those that are not', () => {
    const groups = groupHoles([
      hole({ reason: 'LEVEL', agency: 'housing', contact: { desk: 'Closed', staffedNow: false } }),
      hole({ reason: 'LEVEL', agency: 'police', contact: { desk: 'Unknown' } }),
      hole({ reason: 'LEVEL', contact: { desk: 'Open', staffedNow: true } }),
    ]);
    expect(
      byKind(groups)
        .get('call')
        ?.map(({ contact }) => contact?.desk),
    ).toEqual(['Open', 'Unknown', 'Closed']);
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
    (answer) => expect(holesInAnswer(answer)).toBeNull(),
  );
});
