/** The trust's file names its own nurse to decide, within the hour: she does, and its guardian no more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { found, glassOf, maya } from '../scenarios/break-glass.ts';
import { policyRoot } from '../support/policy-root.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  const policies = await policyRoot();
  policies.change(
    'adapters/mental-health/sharing.yaml',
    `        call: crisis-line
      clinical: review

  - role: early-help-lead
    purpose: early-help`,
    `        call: crisis-line
      clinical: { level: review, decides: triage-nurse, answerBy: PT1H }

  - role: early-help-lead
    purpose: early-help`,
  );
  sightline = await startSightline({ root: policies.root });
});
afterAll(async () => {
  await sightline?.close();
});

const { asOfficer } = glassOf(() => sightline);
const WAITING = '{ disclosureRequests(state: WAITING) { items { id ownRecords } } }';
const DECIDE = `mutation ($id: ID!) {
  decideDisclosure(id: $id, verdict: PERMIT, level: FULL, note: "Known to us since spring.") { state note } }`;

test('the role that the file names decides, at its own purpose and without a reference; the governance officer does not', async () => {
  const person = found(await sightline.ask('mash-social-worker', maya('identity { name }'))).id;
  const asked = await sightline.ask(
    'mash-social-worker',
    `mutation ($person: ID!) { requestDisclosure(person: $person, section: "clinical", agency: "mental-health",
       why: "What she was told at discharge.") { id askedAt answerBy } }`,
    { variables: { person } },
  );
  const { id, askedAt, answerBy } = asked.data.requestDisclosure;
  expect(Date.parse(answerBy) - Date.parse(askedAt)).toBe(3_600_000);

  expect((await asOfficer('mental-health', WAITING)).data.disclosureRequests.items).toEqual([]);
  expect((await asOfficer('mental-health', DECIDE, { id })).errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
  const others = await sightline.ask('response-officer', DECIDE, { variables: { id } });
  expect(others.errors[0]).toMatchObject({
    message: expect.stringMatching(
      /does not decide on requests at this purpose\. It is for: governance-officer at governance\./,
    ),
    extensions: { code: 'PURPOSE_NOT_PERMITTED' },
  });

  const nurses = { purpose: 'mental-health-crisis', reference: null };
  const listed = await sightline.ask('triage-nurse', WAITING, nurses);
  expect(listed.data.disclosureRequests.items).toEqual([{ id, ownRecords: [expect.any(String)] }]);
  const decided = await sightline.ask('triage-nurse', DECIDE, { ...nurses, variables: { id } });
  expect(decided.data.decideDisclosure).toEqual({ state: 'PERMITTED', note: 'Known to us since spring.' });
  const shown = await sightline.ask('mash-social-worker', maya());
  expect(shown.text).toMatch(/Sertraline/);
});
