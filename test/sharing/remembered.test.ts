/** What was decided once is decided alike for whoever asks the same, until anything that it rests on is another. */
import { expect, it } from 'vitest';
import { type DecideInput, decide } from '../../src/sharing/decide.ts';
import { rememberDecisions } from '../../src/sharing/remembered.ts';
import { tinyCatalogue, tinyPolicy } from './support/tiny-policy.ts';

const policy = tinyPolicy();
const OFFICER: DecideInput = {
  caller: { role: 'officer', organisation: 'police', site: null },
  purpose: 'crisis',
  relationship: 'VERIFIED',
  standing: { place: 'PUBLIC', consent: null },
  policy,
  catalogue: tinyCatalogue,
  withdrawn: new Set(),
  now: new Date('2026-07-01T03:00:00Z'),
};
const told = (decisions: ReturnType<typeof decide>) =>
  [...tinyCatalogue.sections.values()].flatMap(({ name, fields }) =>
    [...tinyCatalogue.agencies.keys()].map((agency) => [
      decisions.section(agency, name),
      [...fields.keys()].map((path) => decisions.withholds(agency, name, path)),
    ]),
  );

it('the same question is decided once, whoever of that role asks it', () => {
  const remembered = rememberDecisions();
  const first = remembered(OFFICER);
  const colleague = { ...OFFICER, caller: { ...OFFICER.caller, name: 'Somebody Else' } };
  expect(remembered({ ...colleague, now: new Date('2026-07-01T22:59:59Z') })).toBe(first);
  expect(told(first)).toEqual(told(decide(OFFICER)));
});

const CHANGES: readonly [string, Partial<DecideInput>][] = [
  ['role', { caller: { ...OFFICER.caller, role: 'nurse' } }],
  ['organisation', { caller: { ...OFFICER.caller, organisation: 'trust' } }],
  ['site', { caller: { ...OFFICER.caller, site: 'north' } }],
  ['purpose', { purpose: 'targeting' }],
  ['relationship', { relationship: 'CLAIMED' }],
  ['place', { standing: { place: 'DWELLING', consent: null } }],
  ['consent', { standing: { place: 'PUBLIC', consent: true } }],
  ['own caseload', { ownCaseload: true }],
  [
    'opening by break-glass',
    { openings: [{ section: 'clinical', ground: 'RISK_TO_SELF', personsView: 'OBJECTS' }] },
  ],
  ['consent that is recorded here', { wishes: { consented: true, objected: [] } }],
  ['objection', { wishes: { consented: false, objected: ['clinical'] } }],
  ['permit of somebody of the agency', { openings: [{ section: 'clinical', level: 'SUMMARY' }] }],
  ['agreements that are withdrawn', { withdrawn: new Set(['police-trust']) }],
  [
    'day in London, which begins while it is still yesterday elsewhere',
    { now: new Date('2026-07-01T23:00:00Z') },
  ],
  ['policy, though its words are the same', { policy: tinyPolicy() }],
];
it.each(CHANGES)('another %s is decided by itself, and as if nothing had been before', (_, change) => {
  const remembered = rememberDecisions();
  const before = remembered(OFFICER);
  const after = remembered({ ...OFFICER, ...change });
  expect(after).not.toBe(before);
  expect(told(after)).toEqual(told(decide({ ...OFFICER, ...change })));
});

it('what was decided under an agreement is forgotten when it is withdrawn, and decided anew when that is taken back', () => {
  const remembered = rememberDecisions();
  const before = remembered(OFFICER);
  remembered({ ...OFFICER, withdrawn: new Set(['police-trust']) });
  expect(remembered(OFFICER)).not.toBe(before);
});
