/** How each state of an answer is drawn: nobody needs to see a colour to tell one from another. */
import { describe, expect, it, test } from 'vitest';
import { markOf, meaningOf } from '../../src/pages/app/person/marks.ts';
import { ANSWER_STATES } from '../../src/states.ts';

const states = Object.keys(ANSWER_STATES);

test('there are seven', () => expect(states).toHaveLength(7));

describe.each([
  ['a word', (state: string) => markOf(state).word],
  ['a sign', (state: string) => JSON.stringify(markOf(state).sign)],
  ['a meaning', (state: string) => meaningOf(state, false)],
  ['a meaning for somebody who reads of themselves', (state: string) => meaningOf(state, true)],
])('%s', (_what, of) => {
  it('is each state’s own', () => expect(new Set(states.map(of)).size).toBe(states.length));
});

it('only what everybody answered is said without a reserve, and nothing says that there is none', () => {
  for (const state of states.filter((one) => one !== 'DISCLOSED'))
    expect(meaningOf(state, false)).toMatch(/no proof|not|nothing of|may/i);
  expect(states.map((state) => markOf(state).word).join(' ')).not.toMatch(/\bnone\b|\bclear\b|\bok\b/i);
});

it('a state of a later gateway does not reassure', () => {
  expect(markOf('SOMETHING_NEW').word).toBe('Not known what');
  expect(meaningOf('SOMETHING_NEW', false)).toContain('Call');
});
