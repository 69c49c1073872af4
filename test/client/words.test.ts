import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { desk, type Hole, holesAt, holesWithin } from '../../src/client/hole.ts';
import { hasData, isDisclosed, isPartial } from '../../src/client/section.ts';
import { ENGLISH, nameInWords, type Words, words, wordsAt } from '../../src/client/words.ts';
import { ENGLISH_FOR_SUBJECT } from '../../src/client/words-for-subject.ts';
import { ANSWER_REASONS, ANSWER_STATES, HOLE_URGENCY, WITHHELD_REASONS } from '../../src/states.ts';

const REASONS = [...WITHHELD_REASONS, ...Object.keys(ANSWER_REASONS)];
const STATES = Object.keys(HOLE_URGENCY);

const hole = (change: Partial<Hole>): Hole => ({
  ...{ path: 'person.crisisPlan.triggers', section: 'crisisPlan', agency: 'mental-health' },
  ...{ state: 'WITHHELD', reason: 'LEVEL', contact: { desk: 'Crisis line', phone: '01632 960200' } },
  ...change,
});

describe('the words of the client', () => {
  it.each([ENGLISH, ENGLISH_FOR_SUBJECT])('know every state and every reason of the gateway', (language) => {
    expect(Object.keys(language.states).sort()).toEqual([...STATES].sort());
    expect(Object.keys(language.reasons).sort()).toEqual([...REASONS].sort());
  });

  it('say whose it is, how it stands, why, and whom to call', () => {
    const names = { 'mental-health': 'Northshire Mental Health Trust' };
    expect(words(hole({}), { agencies: names })).toEqual({
      who: 'Northshire Mental Health Trust',
      state: 'Withheld',
      why: 'Withheld: more detail than is shared with you',
      call: 'Call Crisis line, 01632 960200.',
      sentence:
        'Northshire Mental Health Trust. Withheld: more detail than is shared with you. Call Crisis line, 01632 960200.',
    });
  });

  it('name the scope in which nothing was found', () => {
    const none = hole({ state: 'NOT_HELD', reason: 'NONE_IN_SCOPE', contact: null });
    expect(words(none, { scope: 'incidents of the last 12 months' }).why).toBe(
      'Nothing found: nothing among incidents of the last 12 months',
    );
    expect(words(none).why).toBe('Nothing found: nothing within what may be asked');
  });

  it('keep names and numbers apart in a sentence that runs from right to left', () => {
    const urdu: Words = { ...ENGLISH, direction: 'rtl', call: '{desk} کو {number} پر فون کریں۔' };
    expect(words(hole({}), { words: urdu }).call).toBe(
      '\u2068Crisis line\u2069 کو \u206801632 960200\u2069 پر فون کریں۔',
    );
  });

  it('take another language’s order of words, and text that looks like a template as it is', () => {
    const welsh: Words = { ...ENGLISH, call: '{number} yw rhif {desk}.' };
    expect(words(hole({}), { words: welsh }).call).toBe('01632 960200 yw rhif Crisis line.');
    const odd = hole({ contact: { desk: '{number} $& {x}', phone: '1' } });
    expect(words(odd).call).toBe('Call {number} $& {x}, 1.');
  });

  it.each([
    [{ desk: 'Desk', phone: '+44 (0)1632 960200' }, 'tel:+4401632960200', 'Call Desk, +44 (0)1632 960200.'],
    [{ desk: 'Desk', email: 'desk@example.org' }, 'mailto:desk@example.org', 'Call Desk, desk@example.org.'],
    [{ desk: 'Desk' }, null, 'Call Desk.'],
    [null, undefined, null],
  ])('say whom to call, and how: %j', (contact, href, call) => {
    expect(desk({ contact })?.href).toBe(href);
    expect(words(hole({ contact })).call).toBe(call);
  });
});

describe('nothing reads as “none” that is not', () => {
  const anyState = fc.oneof(
    fc.constantFrom(...STATES),
    fc.string(),
    fc.constantFrom('constructor', 'toString'),
  );
  const anyReason = fc.oneof(fc.constantFrom(...REASONS), fc.string(), fc.constant(null));

  test('whatever state and reason a hole has, known or of a later gateway', () => {
    fc.assert(
      fc.property(anyState, anyReason, (state, reason) => {
        const { why, sentence } = words(hole({ state, reason }));
        expect(wordsAt([hole({ state, reason })])).not.toBe(ENGLISH.none);
        expect(sentence).toContain(why);
        if (!STATES.includes(state)) expect(why).toContain('Not known what');
        if (reason !== null && !REASONS.includes(reason))
          expect(why).toContain('a reason that is not known here');
      }),
    );
  });

  test('a section is disclosed by its one state, and has data by two', () => {
    const anySection = fc.oneof(fc.constantFrom(...Object.keys(ANSWER_STATES)), fc.string());
    fc.assert(
      fc.property(anySection, (state) => {
        expect(isDisclosed({ state })).toBe(state === 'DISCLOSED');
        expect(isPartial({ state })).toBe(state === 'PARTIAL');
        expect(hasData({ state })).toBe(state === 'DISCLOSED' || state === 'PARTIAL');
      }),
    );
  });

  it.each([
    ['person.crisisPlan.triggers', true, true],
    ['person.crisisPlan.triggers.0', true, true],
    ['person.crisisPlan', false, true],
    ['person.crisisPlan.whatHelps', false, false],
    ['person.crisisPlanTriggers', false, false],
    [['person', 'crisisPlan', 'triggers'], true, true],
  ])('a hole is found at its place, around it, and from further out: %j', (place, at, within) => {
    expect(holesAt([hole({})], place).length > 0).toBe(at);
    expect(holesWithin([hole({})], place).length > 0).toBe(within);
  });

  it('and one of every entry of a list at each of them', () => {
    const folded = hole({ path: ['people', '*', 'housing'] });
    expect(holesAt([folded], ['people', 3, 'housing', 'arrears'])).toEqual([folded]);
    expect(holesAt([folded], ['people', 3, 'identity'])).toEqual([]);
  });

  it('a state or reason that nobody knows is put in words', () => {
    expect(nameInWords('MOON_PHASE')).toBe('Moon phase');
    expect(words(hole({ state: 'MOON_PHASE', reason: 'TIDE' })).why).toBe(
      'Not known what (Moon phase): for a reason that is not known here (Tide)',
    );
  });
});
