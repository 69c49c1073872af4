import { describe, expect, test } from 'vitest';
import type { SectionDecision } from '../../src/sharing/policy/types.ts';
import { STRICTER, shorterPeriod, stricterSection } from '../../src/sharing/stricter.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const decision = (change: Partial<SectionDecision> = {}): SectionDecision => ({
  ...{ agency: 'police', section: 'policeEvents', level: 'FULL', reason: null, scope: null, message: null },
  ...{ desk: null, rows: {}, ownSite: null, breakGlass: null, review: null, opened: null, rule: null },
  ...change,
});
const both = (own: Partial<SectionDecision>, host: Partial<SectionDecision>) =>
  stricterSection(decision(own), decision(host), NOW);

describe('of two policies of one agency the stricter holds', () => {
  test('what both give alike is as the gateway’s copy says it', () => {
    const own = decision({ rows: { category: ['A', 'B'] }, scope: 'as written here' });
    expect(stricterSection(own, decision({ rows: { category: ['B', 'A'] } }), NOW)).toBe(own);
  });

  test.each<[string, Partial<SectionDecision>, Partial<SectionDecision>, Partial<SectionDecision>]>([
    [
      'the lower level',
      { level: 'FULL' },
      { level: 'SUMMARY' },
      { level: 'SUMMARY', message: STRICTER.HOST },
    ],
    ['the lower level, of the copy', { level: 'EXISTS' }, {}, { level: 'EXISTS', message: STRICTER.GATEWAY }],
    [
      'withheld at the host, with its reason',
      {},
      { level: null, reason: 'AGREEMENT_WITHDRAWN' },
      { level: null, reason: 'AGREEMENT_WITHDRAWN', message: STRICTER.HOST },
    ],
    [
      'withheld by the copy',
      { level: null, reason: 'ROLE' },
      {},
      { level: null, reason: 'ROLE', message: STRICTER.GATEWAY },
    ],
    [
      'values that both name',
      { rows: { category: ['A', 'B'] } },
      { rows: { category: ['B', 'C'] } },
      { rows: { category: ['B'] }, message: STRICTER.BOTH },
    ],
    [
      'nothing where they name none together',
      { rows: { category: ['A'] } },
      { rows: { category: ['C'] } },
      { level: null },
    ],
    [
      'nothing where a flag is asked both ways',
      { rows: { own: true } },
      { rows: { own: false } },
      { level: null },
    ],
    [
      'the conditions of both',
      { rows: { own: true } },
      { rows: { within: 'P1Y' } },
      { rows: { own: true, within: 'P1Y' } },
    ],
    [
      'the shorter time',
      { rows: { within: 'P12M' } },
      { rows: { within: 'P6M' } },
      { rows: { within: 'P6M' } },
    ],
    ['fields that both open', { opened: ['a', 'b'] }, { opened: ['b', 'c'] }, { opened: ['b'] }],
    [
      'fields that one opens alone of a level',
      {},
      { opened: ['b'] },
      { opened: ['b'], message: STRICTER.HOST },
    ],
    ['the site that one holds to', {}, { ownSite: 'S1' }, { ownSite: 'S1' }],
    ['nothing where they hold to two sites', { ownSite: 'S1' }, { ownSite: 'S2' }, { level: null }],
  ])('%s', (_what, own, host, expected) => {
    expect(both(own, host)).toMatchObject(expected);
  });

  test('an agency’s fixed message stays, with who gives less', () => {
    const { message } = both({ message: 'Call the desk.' }, { level: 'EXISTS' });
    expect(message).toBe(`Call the desk. ${STRICTER.HOST}`);
  });
});

test('of two durations the one that reaches back less far from now', () => {
  expect(shorterPeriod('P1M', 'P30D', NOW)).toBe('P1M');
  expect(shorterPeriod('P1Y', 'P13M', NOW)).toBe('P1Y');
  expect(shorterPeriod('P1Y', 'soon', NOW)).toBeNull();
});
