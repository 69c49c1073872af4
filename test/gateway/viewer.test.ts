/** What a caller is told that they may ask, before they ask it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Asking, type SharedSightline, sharedSightline } from '../support/sightline.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

interface Grant {
  section: string;
  agency: { id: string };
  level: string | null;
  reason: string | null;
  scope: string | null;
  gateways: string[];
  agreement: { id: string; version: number } | null;
}
const MAY_ASK =
  '{ viewer { relationship mayAsk { section agency { id } level reason scope gateways agreement { id version } } } }';
const mayAsk = async (persona: string, asking: Asking = {}) => {
  const answer = await sightline.ask(persona, MAY_ASK, asking);
  const grants: Grant[] = answer.data?.viewer.mayAsk ?? [];
  const of = (agency: string, section: string) =>
    grants.find((one) => one.agency.id === agency && one.section === section);
  return { answer, grants, of };
};

test('every section of every agency that supplies it is there once, granted or with the reason why not', async () => {
  const { grants } = await mayAsk('response-officer');
  const expected = [...sightline.app.catalogue.sections.values()].flatMap(({ name, suppliers }) =>
    suppliers.map((agency) => `${agency} ${name}`),
  );
  expect(grants.map(({ agency, section }) => `${agency.id} ${section}`)).toEqual(expected);
  for (const { level, reason } of grants) expect((level === null) !== (reason === null)).toBe(true);
});

describe('the law that carries it follows the place of the incident', () => {
  const table: [string, string, RegExp, RegExp][] = [
    [
      'in the street',
      'police:26/000123',
      /MHA 1983 s\.136\(1C\)/,
      /common-law duty to protect life|MCA 2005/,
    ],
    ['in her flat', 'police:26/000124', /common-law duty to protect life/, /136/],
  ];
  test.each(table)('%s', async (_where, reference, cited, uncited) => {
    for (const persona of ['response-officer', 'triage-nurse']) {
      const { of, grants } = await mayAsk(persona, { reference });
      const plan = of('mental-health', 'crisisPlan');
      expect(plan?.level).not.toBeNull();
      expect(plan?.gateways.join()).toMatch(cited);
      expect(grants.flatMap(({ gateways }) => gateways).join()).not.toMatch(uncited);
    }
  });

  test('and the levels are the same in both', async () => {
    const levels = async (reference: string) =>
      (await mayAsk('response-officer', { reference })).grants.map(({ section, agency, level, reason }) => ({
        section,
        agency,
        level,
        reason,
      }));
    expect(await levels('police:26/000123')).toEqual(await levels('police:26/000124'));
  });
});

test('without a reference it is told as for a verified one, citing the law of either place', async () => {
  const without = await mayAsk('triage-nurse', { reference: null });
  const street = await mayAsk('triage-nurse');
  expect(without.answer.data.viewer.relationship).toBe('NONE');
  expect(without.grants.map(({ level }) => level)).toEqual(street.grants.map(({ level }) => level));
  expect(without.of('mental-health', 'crisisPlan')?.gateways).toEqual([
    'MHA 1983 s.136(1C)',
    'common-law duty to protect life',
    'MCA 2005 s.5',
  ]);
});

test.each([
  ['that is over', 'police:26/000098'],
  ['of another crew', 'police:26/000150'],
  ['that there is not', 'police:26/999999'],
])('under an incident %s nothing is granted, for want of a relationship', async (_what, reference) => {
  const { answer, grants } = await mayAsk('response-officer', { reference });
  expect(answer.data.viewer.relationship).toBe('NONE');
  expect(grants.filter(({ level }) => level !== null)).toEqual([]);
  expect(grants.map(({ reason }) => reason)).toContain('NO_RELATIONSHIP');
});

test('reason and scope are the policy’s: sealed, reviewed, break-glass, another level', async () => {
  const nurse = await mayAsk('triage-nurse');
  expect(nurse.of('police', 'intelligence')).toMatchObject({ level: null, reason: 'NOT_OFFERED' });
  expect(nurse.of('police', 'policeEvents')).toMatchObject({
    level: 'SUMMARY',
    scope: expect.stringMatching(/^mental-health and domestic-abuse incidents of the last 12 months/),
    agreement: { id: 'NS-ISA-014', version: 3 },
  });
  expect((await mayAsk('response-officer')).of('mental-health', 'clinical')).toMatchObject({
    reason: 'NEEDS_BREAK_GLASS',
  });
  expect((await mayAsk('mash-social-worker')).of('mental-health', 'clinical')).toMatchObject({
    reason: 'NEEDS_REVIEW',
  });
});

test('who one is needs no purpose; what one may ask does', async () => {
  const who = await sightline.ask(
    'triage-nurse',
    '{ viewer { name role roles organisation purpose reference } }',
    {
      purpose: null,
      reference: null,
    },
  );
  expect(who.data.viewer).toEqual({
    name: 'Ade Balogun',
    role: 'triage-nurse',
    roles: ['triage-nurse'],
    organisation: 'mental-health',
    purpose: null,
    reference: null,
  });
  const { answer } = await mayAsk('triage-nurse', { purpose: null });
  expect(answer.status).toBe(400);
  expect(answer.errors[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
  expect(answer.errors[0]?.message).toMatch(/mental-health-crisis/);
});

test('it looks at the incident’s log and at nobody', async () => {
  if (!sightline.statements) return;
  const { statements } = await sightline.statements.allDuring(() => mayAsk('response-officer'));
  const asked = statements.filter(({ agency, user }) => agency !== 'sightline' && user.endsWith('_reader'));
  expect(new Set(asked.map(({ agency }) => agency))).toEqual(new Set(['police']));
  expect(asked.map(({ sql }) => sql).join()).not.toMatch(/T_NOMINAL|T_WARN_MKR/);
});
