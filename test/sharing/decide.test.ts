import { describe, expect, it } from 'vitest';
import { type DecideInput, decide } from '../../src/sharing/decide.ts';
import { REASON_WORDS, WITHHELD_REASONS, type WithheldReason } from '../../src/states.ts';
import { POLICE, TRUST, tinyCatalogue, tinyPolicy } from './support/tiny-policy.ts';

const policy = tinyPolicy();
type Change = Partial<Omit<DecideInput, 'caller'>> & { caller?: Partial<DecideInput['caller']> };

/** An officer in the street, in the middle of 2026, unless the test says otherwise. */
function decided({ caller, ...change }: Change = {}) {
  return decide({
    caller: { role: 'officer', organisation: 'police', site: null, ...caller },
    purpose: 'crisis',
    relationship: 'VERIFIED',
    standing: { place: 'PUBLIC', consent: null },
    policy,
    catalogue: tinyCatalogue,
    withdrawn: new Set(),
    now: new Date('2026-07-01T03:00:00Z'),
    ...change,
  });
}
const nurse = { role: 'nurse', organisation: 'trust' };
const policeNurse = { role: 'nurse', organisation: 'police' };
const visitor = { role: 'visitor', organisation: 'police' };

describe('the reason why a section is withheld', () => {
  const cases: readonly [string, Change, string, string, WithheldReason | 'EXISTS' | 'SUMMARY' | 'FULL'][] = [
    ['nothing stands against it', {}, 'trust', 'crisisPlan', 'SUMMARY'],
    ['the purpose excludes NHS bodies', { purpose: 'targeting' }, 'trust', 'identity', 'GATEWAY_EXCLUDES'],
    [
      'the purpose excludes others but not this agency',
      { purpose: 'targeting' },
      'police',
      'identity',
      'ROLE',
    ],
    [
      'no gateway reaches a dwelling',
      { caller: nurse, standing: { place: 'DWELLING', consent: null } },
      'police',
      'identity',
      'GATEWAY_EXCLUDES',
    ],
    [
      'the place is not known, and no gateway reaches a dwelling',
      { caller: nurse, standing: { place: null, consent: null } },
      'police',
      'identity',
      'GATEWAY_EXCLUDES',
    ],
    [
      'the place is not known, and there is a gateway for each kind of place',
      { standing: { place: null, consent: null } },
      'trust',
      'identity',
      'FULL',
    ],
    [
      'another gateway reaches the dwelling',
      { standing: { place: 'DWELLING', consent: null } },
      'trust',
      'crisisPlan',
      'SUMMARY',
    ],
    [
      'the agreement has not begun',
      { now: new Date('2025-12-31T23:59:59Z') },
      'trust',
      'identity',
      'AGREEMENT_NOT_IN_FORCE',
    ],
    ['the agreement begins today', { now: new Date('2026-01-01T00:00:00Z') }, 'trust', 'identity', 'FULL'],
    [
      'it is the last day, in London',
      { caller: nurse, now: new Date('2027-06-30T22:59:59Z') },
      'police',
      'identity',
      'FULL',
    ],
    [
      'it is the day after, in London',
      { caller: nurse, now: new Date('2027-06-30T23:00:00Z') },
      'police',
      'identity',
      'AGREEMENT_NOT_IN_FORCE',
    ],
    [
      'a review is overdue, which ends nothing',
      { now: new Date('2027-01-15T12:00:00Z') },
      'trust',
      'identity',
      'FULL',
    ],
    ['the time makes no sense', { now: new Date(Number.NaN) }, 'trust', 'identity', 'AGREEMENT_NOT_IN_FORCE'],
    [
      'the organisation is no party',
      { caller: { organisation: 'charity' } },
      'trust',
      'identity',
      'AGREEMENT_NOT_IN_FORCE',
    ],
    [
      'people asking for their own record are no party',
      { caller: { role: 'subject', organisation: 'nobody' }, purpose: 'own-record' },
      'trust',
      'identity',
      'FULL',
    ],
    [
      'the agreement is withdrawn',
      { withdrawn: new Set(['TRU-1']) },
      'trust',
      'identity',
      'AGREEMENT_WITHDRAWN',
    ],
    ['another agreement is withdrawn', { withdrawn: new Set(['POL-1']) }, 'trust', 'identity', 'FULL'],
    ['the agency grants the role nothing', {}, 'police', 'identity', 'ROLE'],
    ['the role is unknown', { caller: { role: 'mayor' } }, 'trust', 'identity', 'ROLE'],
    ['the role is granted other purposes', { purpose: 'safety' }, 'trust', 'identity', 'PURPOSE'],
    ['the purpose is unknown', { purpose: 'curiosity' }, 'trust', 'identity', 'PURPOSE'],
    [
      'it is written down as withheld',
      { purpose: 'referral', standing: { place: null, consent: true } },
      'trust',
      'crisisPlan',
      'NOT_LISTED',
    ],
    ['the section is unknown', {}, 'trust', 'horoscope', 'NOT_LISTED'],
    ['the agency does not supply it', {}, 'trust', 'policeEvents', 'NOT_LISTED'],
    ['the agency is unknown', {}, 'circus', 'identity', 'NOT_LISTED'],
    ['it is sealed', { caller: nurse }, 'police', 'intelligence', 'NOT_OFFERED'],
    ['a person decides each time', { caller: nurse }, 'trust', 'clinical', 'NEEDS_REVIEW'],
    ['the glass must be broken', {}, 'trust', 'clinical', 'NEEDS_BREAK_GLASS'],
    ['consent is not recorded', { purpose: 'referral' }, 'trust', 'identity', 'CONSENT_REQUIRED'],
    [
      'consent was refused',
      { purpose: 'referral', standing: { place: null, consent: false } },
      'trust',
      'identity',
      'CONSENT_REQUIRED',
    ],
    [
      'consent is recorded',
      { purpose: 'referral', standing: { place: null, consent: true } },
      'trust',
      'identity',
      'FULL',
    ],
    ['there is no relationship', { relationship: 'NONE' }, 'trust', 'identity', 'NO_RELATIONSHIP'],
    ['a claim is enough', { relationship: 'CLAIMED' }, 'trust', 'identity', 'FULL'],
    [
      'a claim is not enough',
      { caller: nurse, relationship: 'CLAIMED' },
      'police',
      'identity',
      'RELATIONSHIP_UNVERIFIED',
    ],
    [
      'the issuing system is down, and it is listed for that',
      { relationship: 'UNVERIFIED' },
      'trust',
      'mentalHealth',
      'EXISTS',
    ],
    [
      'the issuing system is down, and it is not listed',
      { relationship: 'UNVERIFIED' },
      'trust',
      'identity',
      'RELATIONSHIP_UNVERIFIED',
    ],
    [
      'it is for the agency’s own staff',
      { caller: policeNurse },
      'trust',
      'mentalHealth',
      'OTHER_ORGANISATION_ONLY',
    ],
    ['it is for the agency’s own staff, who ask', { caller: nurse }, 'trust', 'mentalHealth', 'FULL'],
  ];
  it.each(cases)('when %s', (_, change, agency, section, expected) => {
    const { level, reason } = decided(change).section(agency, section);
    expect(level ?? reason).toBe(expected);
    expect(level === null).toBe(reason !== null);
  });

  it('is LEVEL for a field above what is granted, the section’s own for every field of a withheld one, and LEVEL for what break-glass never opens', () => {
    const decisions = decided();
    expect(decisions.withholds('trust', 'crisisPlan', 'whatHelps')).toBeNull();
    expect(decisions.withholds('trust', 'crisisPlan', 'exists')).toBeNull();
    expect(decisions.withholds('trust', 'crisisPlan', 'triggers')).toBe('LEVEL');
    expect(decisions.withholds('trust', 'crisisPlan', 'horoscope')).toBe('NOT_LISTED');
    expect(decisions.withholds('trust', 'clinical', 'medication')).toBe('NEEDS_BREAK_GLASS');
    expect(decisions.withholds('trust', 'clinical', 'diagnoses')).toBe('LEVEL');
  });

  it('has words for people, each of them', () => {
    for (const reason of WITHHELD_REASONS) expect(REASON_WORDS[reason]).toMatch(/\.$/);
  });
});

describe('when several reasons apply, the first in the fixed order is given', () => {
  // Each row brings one more reason against trust / mentalHealth; the ones below it still apply.
  const nobody = { relationship: 'NONE' as const };
  const own = { caller: { role: 'nurse', organisation: 'police' } };
  const consent = {
    ...nobody,
    ...own,
    policy: tinyPolicy({
      'adapters/trust/sharing.yaml': TRUST.replaceAll('    share:', '    consent: required\n    share:'),
    }),
  };
  const sealed = {
    ...consent,
    policy: tinyPolicy({
      'adapters/trust/sharing.yaml': TRUST.replace('mentalHealth: own', 'mentalHealth: review').replaceAll(
        '    share:',
        '    consent: required\n    share:',
      ),
    }),
  };
  const purpose = { ...sealed, purpose: 'safety' };
  const role = { ...purpose, caller: { role: 'mayor', organisation: 'police' } };
  const withdrawn = { ...role, withdrawn: new Set(['TRU-1']) };
  const late = { ...withdrawn, now: new Date('2020-01-01T00:00:00Z') };
  const excluded = { ...late, purpose: 'targeting' };
  it.each([
    ['OTHER_ORGANISATION_ONLY', own],
    ['RELATIONSHIP_UNVERIFIED', { ...own, relationship: 'CLAIMED' as const }],
    ['NO_RELATIONSHIP', { ...nobody, ...own }],
    ['CONSENT_REQUIRED', consent],
    ['NEEDS_REVIEW', sealed],
    ['PURPOSE', purpose],
    ['ROLE', role],
    ['AGREEMENT_WITHDRAWN', withdrawn],
    ['AGREEMENT_NOT_IN_FORCE', late],
    ['GATEWAY_EXCLUDES', excluded],
  ] as const)('%s', (expected, change) => {
    expect(decided(change).section('trust', 'mentalHealth').reason).toBe(expected);
  });
});

describe('an agency shows itself', () => {
  it('to those who may know that its characteristic section exists', () => {
    expect(decided().section('trust', 'identity').level).toBe('FULL');
  });

  it('to nobody else, with nothing said but NOT_LISTED', () => {
    const decisions = decided({ caller: visitor, purpose: 'safety' });
    expect(decisions.section('trust', 'identity')).toMatchObject({
      level: null,
      reason: 'NOT_LISTED',
      scope: null,
    });
    expect(decisions.section('trust', 'crisisPlan').reason).toBe('NOT_LISTED');
  });

  it('where its file discloses the source on purpose', () => {
    expect(decided({ caller: visitor, purpose: 'safety' }).section('trust', 'warningMarkers').level).toBe(
      'SUMMARY',
    );
  });

  it('in all that a grant gives, where the whole grant discloses the source on purpose', () => {
    const changed = TRUST.replace('    purpose: safety', '    purpose: safety\n    discloseSource: true');
    const decisions = decided({
      caller: visitor,
      purpose: 'safety',
      policy: tinyPolicy({ 'adapters/trust/sharing.yaml': changed }),
    });
    expect(decisions.section('trust', 'identity').level).toBe('FULL');
    expect(decisions.section('trust', 'mentalHealth').reason).toBe('NOT_LISTED');
  });

  it('to its own staff alone, where its characteristic section is for them alone', () => {
    expect(decided({ caller: nurse }).section('trust', 'identity').level).toBe('FULL');
    expect(decided({ caller: policeNurse }).section('trust', 'identity').reason).toBe('NOT_LISTED');
  });

  it('no differently without a relationship, so that refusals do not change their reason', () => {
    expect(decided({ relationship: 'NONE' }).section('trust', 'warningMarkers').reason).toBe(
      'NO_RELATIONSHIP',
    );
  });
});

describe('involvements are held to the section their service belongs to', () => {
  it('kinds whose section is withheld are cut, and the level is the least of those that stay', () => {
    const { level, rows } = decided().section('trust', 'involvements');
    expect({ level, rows }).toEqual({ level: 'SUMMARY', rows: { service: ['CRISIS_TEAM'] } });
  });

  it('the scope says which kinds stay, and whose site is looked at, so that nothing else reads as none', () => {
    expect(decided().section('trust', 'involvements').scope).toBe('crisis team only');
    expect(decided({ caller: nurse }).section('police', 'involvements').scope).toBeNull();
    const atWard = decided({ caller: { ...nurse, site: 'ward-9' } });
    expect(atWard.section('trust', 'mentalHealth').scope).toMatch(/own site only/);
    expect(decided({ caller: nurse }).section('trust', 'mentalHealth').scope ?? '').not.toMatch(/own site/);
  });

  it('with nothing cut there is no condition, and a kind without a section is held to involvements alone', () => {
    const { level, rows } = decided({ caller: nurse }).section('police', 'involvements');
    expect({ level, rows }).toEqual({ level: 'SUMMARY', rows: {} });
  });

  it('with no kind left they are withheld', () => {
    const changed = TRUST.replace('    unverified: { mentalHealth: exists }\n', '')
      .replace('mentalHealth: summary', 'mentalHealth: withheld')
      .replace('involvements: full', 'involvements: { level: full, discloseSource: true }');
    const decisions = decided({ policy: tinyPolicy({ 'adapters/trust/sharing.yaml': changed }) });
    expect(decisions.section('trust', 'involvements')).toMatchObject({ level: null, reason: 'NOT_LISTED' });
  });

  it('while the reference cannot be checked, kinds whose section is not listed for that are cut too', () => {
    const { level, rows } = decided({ caller: nurse, relationship: 'UNVERIFIED' }).section(
      'police',
      'involvements',
    );
    expect({ level, rows }).toEqual({ level: 'SUMMARY', rows: { service: ['OTHER'] } });
  });

  it('and those that stay tell no more than their section does meanwhile', () => {
    const changed = POLICE.replace(
      'unverified: { warningMarkers: summary, involvements: full }',
      'unverified: { policeEvents: exists, involvements: full }',
    );
    const decisions = decided({
      caller: nurse,
      relationship: 'UNVERIFIED',
      policy: tinyPolicy({ 'adapters/police/sharing.yaml': changed }),
    });
    expect(decisions.section('police', 'involvements')).toMatchObject({ level: 'EXISTS', rows: {} });
  });

  it('are limited to the caller’s own site where their section is', () => {
    const decisions = decided({ caller: { ...nurse, site: 'ward-9' } });
    expect(decisions.section('trust', 'mentalHealth').ownSite).toBe('ward-9');
    expect(decisions.section('trust', 'involvements').ownSite).toBe('ward-9');
    expect(decisions.section('trust', 'identity').ownSite).toBeNull();
  });
});

describe('a decision carries what it rests on', () => {
  it('the line, the agreement, the gateways that apply at this place and the conditions', () => {
    const street = decided().section('trust', 'crisisPlan');
    expect(street.rule).toEqual({
      file: 'adapters/trust/sharing.yaml',
      line: TRUST.split('\n').findIndex((line) => line.includes('agreed extracts')) + 1,
      agreement: { id: 'TRU-1', version: 1, from: '2026-01-01', review: '2026-12-31', end: null },
      gateways: ['Street Act s.1'],
      conditions: ['Article 6: 6(1)(e)', 'Article 9: 9(2)(g)', 'PART2'],
    });
    const flat = decided({ standing: { place: 'DWELLING', consent: null } }).section('trust', 'crisisPlan');
    expect(flat.rule?.gateways).toEqual(['duty at home']);
  });

  it('the row conditions and scope of an allowed section', () => {
    const { rows, scope } = decided({ caller: nurse }).section('police', 'policeEvents');
    expect(rows).toEqual({ category: ['MISSING'], within: 'P12M' });
    expect(scope).toBe('missing people');
  });

  it('the fixed message and desk of a sealed one', () => {
    const { message, desk } = decided({ caller: nurse }).section('police', 'intelligence');
    expect({ message, desk }).toEqual({ message: 'Call the inspector.', desk: 'duty-desk' });
  });

  it('the version of the policy and the relationship it was made for', () => {
    expect(decided({ relationship: 'CLAIMED' })).toMatchObject({
      relationship: 'CLAIMED',
      policyVersion: policy.version,
    });
  });
});

describe('while the issuing system cannot be asked', () => {
  it('what the caller’s own organisation holds rests on the caller’s own caseload', () => {
    const change = { caller: nurse, relationship: 'UNVERIFIED' as const, ownCaseload: true };
    expect(decided(change).section('trust', 'identity').level).toBe('FULL');
    expect(decided(change).section('police', 'identity').reason).toBe('RELATIONSHIP_UNVERIFIED');
  });

  it('level is the lesser of what is shared and what is listed for that time', () => {
    const decisions = decided({ caller: nurse, relationship: 'UNVERIFIED' });
    expect(decisions.section('police', 'warningMarkers').level).toBe('SUMMARY');
  });
});

it('a change of the agency’s file changes the decision', () => {
  const changed = POLICE.replace('warningMarkers: full', 'warningMarkers: exists').replace(
    'unverified: { warningMarkers: summary, involvements: full }',
    'unverified: { involvements: full }',
  );
  const decisions = decided({
    caller: nurse,
    policy: tinyPolicy({ 'adapters/police/sharing.yaml': changed }),
  });
  expect(decisions.section('police', 'warningMarkers').level).toBe('EXISTS');
});

describe('what break-glass opens', () => {
  const unable = { section: 'clinical', ground: 'LACKS_CAPACITY', personsView: 'UNABLE' } as const;

  it('is told by policy alone, before anybody opens it', () => {
    expect(decided().section('trust', 'clinical')).toMatchObject({
      reason: 'NEEDS_BREAK_GLASS',
      breakGlass: { opens: ['medication'], grounds: ['RISK_TO_SELF', 'LACKS_CAPACITY'] },
      opened: null,
    });
  });

  it('is the fields that the file names, with what stands in them, and says so in its scope', () => {
    const decisions = decided({ openings: [unable] });
    expect(decisions.section('trust', 'clinical')).toMatchObject({
      level: 'FULL',
      scope: 'medication alone, opened by break-glass',
      rule: {
        gateways: ['UK GDPR Art. 6(1)(d)'],
        conditions: ['Article 6: 6(1)(d)', 'Article 9: 9(2)(c)', 'PART2'],
      },
    });
    expect(decisions.withholds('trust', 'clinical', 'medication')).toBeNull();
    expect(decisions.withholds('trust', 'clinical', 'medication.dose')).toBeNull();
    expect(decisions.withholds('trust', 'clinical', 'diagnoses')).toBe('LEVEL');
  });

  it('rests on overriding public interest where the person can say what they think of it', () => {
    const able = { ...unable, ground: 'RISK_TO_SELF', personsView: 'OBJECTS' } as const;
    const { rule } = decided({ openings: [able] }).section('trust', 'clinical');
    expect(rule).toMatchObject({
      gateways: ['overriding public interest'],
      conditions: ['Article 6: 6(1)(e)', 'Article 9: 9(2)(g) Sch 1 para 18', 'PART2'],
    });
  });

  it('stays shut on a ground that the file does not name, and under an agreement that was withdrawn', () => {
    const other = { ...unable, ground: 'RISK_TO_OTHERS' } as const;
    expect(decided({ openings: [other] }).section('trust', 'clinical').reason).toBe('NEEDS_BREAK_GLASS');
    const withdrawn = decided({ openings: [unable], withdrawn: new Set(['TRU-1']) });
    expect(withdrawn.section('trust', 'clinical').reason).toBe('AGREEMENT_WITHDRAWN');
  });

  it('is nobody’s where the agency may not appear to them', () => {
    const hidden = TRUST.replace('mentalHealth: summary', 'mentalHealth: withheld').replace(
      'unverified: { mentalHealth: exists }',
      'unverified: {}',
    );
    const shut = tinyPolicy({ 'adapters/trust/sharing.yaml': hidden });
    const decision = decided({ policy: shut, openings: [unable] }).section('trust', 'clinical');
    expect(decision).toMatchObject({ reason: 'NEEDS_BREAK_GLASS', breakGlass: null });
  });
});

describe('what somebody of the agency permits', () => {
  const permit = { section: 'clinical', level: 'FULL' } as const;
  // The trust's own nurse, to whom its file shows the characteristic section.
  const asking = { caller: nurse };

  it('is decided by the role that the file names, within its hours: told by policy alone', () => {
    expect(decided(asking).section('trust', 'clinical')).toMatchObject({
      reason: 'NEEDS_REVIEW',
      review: { decides: 'governance-officer', answerWithinHours: 4 },
    });
  });

  it('is the section at the level that was permitted, on the gateways of the grant, and says so in its scope', () => {
    const decisions = decided({ ...asking, openings: [permit] });
    expect(decisions.section('trust', 'clinical')).toMatchObject({
      ...{ level: 'FULL', opened: null, scope: 'as somebody of the agency decided for this case' },
      rule: {
        gateways: ['Street Act s.1'],
        conditions: ['Article 6: 6(1)(e)', 'Article 9: 9(2)(h)', 'PART2'],
      },
    });
    expect(decisions.withholds('trust', 'clinical', 'diagnoses')).toBeNull();
    const less = decided({ ...asking, openings: [{ ...permit, level: 'SUMMARY' }] });
    expect(less.withholds('trust', 'clinical', 'diagnoses')).toBe('LEVEL');
  });

  it.each<[string, Change, string, WithheldReason]>([
    ['behind break-glass', { caller: {} }, 'clinical', 'NEEDS_BREAK_GLASS'],
    ['sealed', {}, 'crisisPlan', 'NOT_OFFERED'],
    [
      'of an agreement that was withdrawn',
      { withdrawn: new Set(['TRU-1']) },
      'clinical',
      'AGREEMENT_WITHDRAWN',
    ],
    [
      'of whoever is only claimed, where the grant takes no claim',
      { relationship: 'CLAIMED' },
      'clinical',
      'NEEDS_REVIEW',
    ],
    ['of whoever cannot be checked now', { relationship: 'UNVERIFIED' }, 'clinical', 'NEEDS_REVIEW'],
  ])('is nothing %s', (_what, change, section, reason) => {
    const openings = [{ ...permit, section }];
    expect(decided({ ...asking, ...change, openings }).section('trust', section)).toMatchObject({
      ...{ level: null, reason },
    });
  });

  it('is nothing by break-glass, and opens nothing that is behind glass', () => {
    const glass = { section: 'clinical', ground: 'RISK_TO_SELF', personsView: 'UNABLE' } as const;
    expect(decided({ ...asking, openings: [glass] }).section('trust', 'clinical').reason).toBe(
      'NEEDS_REVIEW',
    );
  });
});
