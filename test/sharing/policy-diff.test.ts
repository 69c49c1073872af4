/** What another text of a policy would open or close, and whether it takes two people: by deciding under both. */
import { describe, expect, test } from 'vitest';
import { replay } from '../../src/acts/policy-replay.ts';
import { comparePolicies, opensMore } from '../../src/sharing/diff.ts';
import { loadWith } from '../../src/sharing/files/load.ts';
import { withdrawnNow } from '../../src/sharing/rules/agreement.ts';
import { catalogue, shippedPolicy } from './support/shipped-policy.ts';

const TRUST = 'adapters/mental-health/sharing.yaml';
const POLICE = 'adapters/police/sharing.yaml';
const now = new Date('2026-07-01T12:00:00Z');
const policy = shippedPolicy();

/** The shipped policy with one place of one file otherwise; the first of several. */
function changed(file: string, from: string, to: string) {
  const text = policy.texts.get(file) ?? '';
  if (!text.includes(from)) throw new Error(`${file} has no such text`);
  const loaded = loadWith(policy, catalogue, new Map([[file, text.replace(from, to)]]));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.findings));
  return loaded.policies;
}

const none = new Set<string>();
const compared = (after: typeof policy, agency: string) => {
  const comparison = {
    ...{ before: { policy, withdrawn: none }, after: { policy: after, withdrawn: none } },
    ...{ catalogue, now },
  };
  return { forth: comparePolicies(comparison, [agency]), comparison };
};
const back = (after: typeof policy, agency: string) =>
  comparePolicies(
    { before: { policy: after, withdrawn: none }, after: { policy, withdrawn: none }, catalogue, now },
    [agency],
  );

test('the same text changes nothing', () => {
  for (const agency of policy.agencies.keys())
    expect(compared(policy, agency).forth).toEqual({ sections: [], others: [] });
});

const EXTRACT = `      crisisPlan:
        level: summary
        rows: { agreedExtract: true }
        scope: extracts the person agreed to share
        call: crisis-line`;

describe('what opens more takes two people, and the same undone takes one', () => {
  test.each([
    ['a higher level', TRUST, EXTRACT, '      crisisPlan: { level: full, call: crisis-line }'],
    ['rows that were kept back', TRUST, EXTRACT, '      crisisPlan: { level: summary, call: crisis-line }'],
    [
      'a field behind break-glass',
      TRUST,
      'opens: [medication, allergies]',
      'opens: [medication, allergies, notes]',
    ],
    ['a ground for it', TRUST, 'grounds: [RISK_TO_SELF, RISK_TO_CHILD,', 'grounds: [RISK_TO_CHILD,', 'back'],
    ['a longer period', POLICE, 'within: P12M', 'within: P24M'],
    [
      'a kind of row',
      POLICE,
      'category: [MENTAL_HEALTH, DOMESTIC_ABUSE]',
      'category: [DOMESTIC_ABUSE]',
      'back',
    ],
    ['a claim that is enough', TRUST, '    claim: allowed', '    claim: refused', 'back'],
    [
      'something while the log is silent',
      TRUST,
      'unverified: { mentalHealth: summary,',
      'unverified: {',
      'back',
    ],
    [
      'a place',
      TRUST,
      '      - { cite: common-law duty to protect life, place: DWELLING }\n    conditions',
      '    conditions',
      'back',
    ],
    ['no consent any more', TRUST, '    claim: allowed', '    consent: required\n    claim: allowed', 'back'],
    ['a party', TRUST, '    - probation\n', '', 'back'],
    ['a longer time in the index', TRUST, 'retain: P90D', 'retain: P120D'],
    ['an end to what the register keeps', TRUST, '\ngrants:', '\nregister: { retain: P6Y }\ngrants:', 'back'],
    ['a feature in the index', TRUST, 'postcode, place,', 'place,', 'back'],
    ['a later end', TRUST, '  review: 2027-01-05', '  review: 2027-01-05\n  end: 2027-06-30', 'back'],
    ['another controller', TRUST, 'controller: Northshire Mental', 'controller: Southshire Mental', 'either'],
  ])('%s', (_what, file, from, to, way = 'forth') => {
    const after = changed(file, from, to);
    const agency = file.split('/')[1] ?? '';
    expect(opensMore(compared(after, agency).forth)).toBe(way !== 'back');
    expect(opensMore(back(after, agency))).toBe(way !== 'forth');
  });

  test('a grant of its own, whose agreement begins later, is judged by the day on which it begins', () => {
    const later = changed(TRUST, '  from: 2026-01-05', '  from: 2026-12-01');
    const { sections } = compared(later, 'mental-health').forth;
    expect(sections).toEqual([]);
    const text = (later.texts.get(TRUST) ?? '').replace(EXTRACT, '      crisisPlan: full');
    const loaded = loadWith(policy, catalogue, new Map([[TRUST, text]]));
    expect(loaded.ok && opensMore(compared(loaded.policies, 'mental-health').forth)).toBe(true);
  });

  test('a higher version, which lifts a withdrawal', () => {
    const after = changed(TRUST, '  version: 2', '  version: 3');
    const withdrawals = new Map([['NS-ISA-021', 2]]);
    const side = (one: typeof policy) => ({ policy: one, withdrawn: withdrawnNow(one, withdrawals) });
    const comparison = { before: side(policy), after: side(after), catalogue, now };
    expect(opensMore(comparePolicies(comparison, ['mental-health']))).toBe(true);
    expect(opensMore(compared(after, 'mental-health').forth)).toBe(false);
  });
});

describe('in words', () => {
  test('fields that open and close, from what the file said to what it would, on which law', () => {
    const { sections, others } = compared(
      changed(TRUST, EXTRACT, '      crisisPlan: { level: full, call: crisis-line }'),
      'mental-health',
    ).forth;
    expect(others).toEqual([]);
    expect(sections).toMatchObject([
      {
        ...{ role: 'response-officer', purpose: 'mental-health-crisis', section: 'crisisPlan' },
        before: expect.stringMatching(/^summary; extracts the person agreed to share; agreedExtract true; /),
        after: expect.stringMatching(
          /^full; a claimed relationship is enough; on MHA 1983 s\.136\(1C\) \(public\)/,
        ),
        fieldsOpened: expect.arrayContaining(['triggers']),
        fieldsClosed: [],
        gateways: ['MHA 1983 s.136(1C)', 'common-law duty to protect life'],
      },
    ]);
  });

  test('what only words say otherwise is told, and opens nothing', () => {
    const { sections } = compared(
      changed(TRUST, 'scope: extracts the person agreed to share', 'scope: what was agreed'),
      'mental-health',
    ).forth;
    expect(sections).toHaveLength(1);
    expect(sections[0]).toMatchObject({ opensMore: false, fieldsOpened: [], fieldsClosed: [] });
  });
});

test('replayed: only kinds of requests that would be decided otherwise, each with how', () => {
  const { comparison } = compared(
    changed(TRUST, EXTRACT, '      crisisPlan: { level: full, call: crisis-line }'),
    'mental-health',
  );
  const request = {
    ...{ role: 'response-officer', organisation: 'police', site: null, purpose: 'mental-health-crisis' },
    ...{ relationship: 'VERIFIED', agency: 'mental-health', section: 'crisisPlan', consentMissing: false },
  };
  const past = [
    request,
    { ...request, section: 'mentalHealth' },
    { ...request, relationship: 'NONE' },
    { ...request, role: 'housing-officer', organisation: 'housing', purpose: 'early-help' },
  ];
  expect(replay(comparison, past)).toEqual([{ request, verdict: 'GIVEN' }]);
  const turned = { ...comparison, before: comparison.after, after: comparison.before };
  expect(replay(turned, past)).toEqual([{ request, verdict: 'WITHHELD' }]);
});
