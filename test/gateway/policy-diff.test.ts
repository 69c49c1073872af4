/** A governance officer asks what would be otherwise under another text, and over past requests, before anybody signs it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { policyCommand } from '../../src/cli/policy.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import type { RegisterEntry } from '../../src/register/entry.ts';
import { openStore } from '../../src/store/store.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { maya } from './support/people.ts';

const TRUST = 'adapters/mental-health/sharing.yaml';
const EXTRACT = `      crisisPlan:
        level: summary
        rows: { agreedExtract: true }
        scope: extracts the person agreed to share
        call: crisis-line`;

/** These commands sign nothing. */
const unasked = () => Promise.reject(new Error('It is asked for nothing here'));
let root: PolicyRoot;
let sightline: Sightline;
beforeAll(async () => {
  root = await policyRoot();
  sightline = await startSightline({ root: root.root });
});
afterAll(async () => {
  await sightline?.close();
  root?.drop();
});

const DIFF = `query ($files: [PolicyFile!]!, $days: Int) { policyDiff(files: $files, replayDays: $days) {
  findings opensMore otherChanges changes { role purpose agency { id } section before after opensMore fieldsOpened fieldsClosed
    columnsOpened columnsClosed gateways requestsGiven { value suppressed } requestsWithheld { value suppressed }
    byOrganisation { organisation requestsGiven { value } requestsWithheld { value } } } } }`;
const asOfficer = async (organisation: string, variables: Record<string, unknown>) =>
  sightline.askAs(
    await sightline.tokens.issue(
      personaOf('governance-officer', { organisation, sub: `IG-${organisation}` }),
    ),
    DIFF,
    { purpose: 'governance', variables },
  );
const proposal = (from = EXTRACT, to = '      crisisPlan: { level: full, call: crisis-line }') => [
  { agency: 'mental-health', yaml: root.read(TRUST).replace(from, to) },
];
const kindsSince = async (seq: number) =>
  (await sightline.store('select entry from register_entry order by chain, seq offset $1', [seq])).map(
    ({ entry }) => JSON.parse(entry as string),
  );
const entries = async () =>
  Number((await sightline.store('select count(*)::integer as n from register_entry'))[0]?.n);

describe('a text that opens more', () => {
  test('is told by rule, field, column and law, and by the requests that would have been given more', async () => {
    for (const persona of ['response-officer', 'response-officer', 'triage-nurse', 'housing-officer'])
      await sightline.ask(persona, maya('crisisPlan { whatHelps }'));
    const before = await entries();
    const { data, errors } = await asOfficer('mental-health', { files: proposal(), days: 30 });
    expect(errors).toEqual([]);
    expect(data.policyDiff).toMatchObject({ findings: [], opensMore: true, otherChanges: [] });
    expect(data.policyDiff.changes).toEqual([
      {
        ...{ role: 'response-officer', purpose: 'mental-health-crisis', section: 'crisisPlan' },
        agency: { id: 'mental-health' },
        before: expect.stringMatching(/^summary; extracts the person agreed to share/),
        after: expect.stringMatching(/^full; /),
        opensMore: true,
        fieldsOpened: expect.arrayContaining(['triggers']),
        fieldsClosed: [],
        columnsOpened: expect.arrayContaining(['CarePlan.TriggersTxt']),
        columnsClosed: [],
        gateways: ['MHA 1983 s.136(1C)', 'common-law duty to protect life'],
        requestsGiven: { value: 2, suppressed: false },
        requestsWithheld: { value: 0, suppressed: false },
        byOrganisation: [
          { organisation: 'police', requestsGiven: { value: 2 }, requestsWithheld: { value: 0 } },
        ],
      },
    ]);
    expect(await kindsSince(before)).toMatchObject([
      { kind: 'REPORT', organisation: 'mental-health', outcomes: [{ state: 'REPLAYED', reason: '30 days' }] },
    ]);
  });

  test('without a replay looks at no request and registers none', async () => {
    const before = await entries();
    const { data } = await asOfficer('mental-health', { files: proposal() });
    expect(data.policyDiff.changes[0]).toMatchObject({ requestsGiven: null, byOrganisation: [] });
    expect(await entries()).toBe(before);
  });

  test('is in force for nobody: the matrix and the file are as before', async () => {
    const level = async () =>
      (
        await sightline.ask(
          'response-officer',
          '{ policyMatrix(role: "response-officer", purpose: "mental-health-crisis", agency: "mental-health", section: "crisisPlan") { level } }',
        )
      ).data.policyMatrix;
    await asOfficer('mental-health', { files: proposal(), days: 1 });
    expect(await level()).toEqual([{ level: 'summary' }]);
  });
});

test('a text that does not load is refused by file and line, and nothing else is said of it', async () => {
  const files = proposal(EXTRACT, EXTRACT.replace('summary', 'everything'));
  const { data, errors } = await asOfficer('mental-health', { files, days: 30 });
  expect(errors).toEqual([]);
  expect(data.policyDiff.changes).toEqual([]);
  expect(data.policyDiff.findings[0]).toMatch(
    /^adapters\/mental-health\/sharing\.yaml:\d+: unknown level "everything"/,
  );
});

describe('nobody else', () => {
  test.each([
    ['another controller’s file', 'police', proposal],
    ['a file of no agency', 'mental-health', () => [{ agency: 'nobody', yaml: '' }]],
  ])('%s: one refusal, registered, which names one’s own alone', async (_what, organisation, files) => {
    const before = await entries();
    const { errors } = await asOfficer(organisation, { files: files(), days: 30 });
    expect(errors[0]?.message).toBe(`You may compare files of your own controller alone: ${organisation}.`);
    expect(await kindsSince(before)).toMatchObject([{ kind: 'REFUSAL', organisation }]);
  });

  test.each([0, -1, 367])('%i days are refused', async (days) => {
    const { errors } = await asOfficer('mental-health', { files: proposal(), days });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('no role but a governance officer, and that one at no other purpose', async () => {
    for (const { persona, purpose } of PERSONAS) {
      if (persona === 'governance-officer') continue;
      const { data, errors } = await sightline.ask(persona, DIFF, {
        ...{ purpose, variables: { files: proposal(), days: 30 } },
      });
      expect([persona, data ?? null, errors[0]?.extensions.code]).toEqual([
        persona,
        null,
        'PURPOSE_NOT_PERMITTED',
      ]);
    }
    const { errors } = await sightline.ask('governance-officer', DIFF, {
      ...{ purpose: null, reference: null, variables: { files: proposal() } },
    });
    expect(errors[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
  });
});

describe('policy diff at the terminal', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sightline-proposed-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const diff = async (yaml: string, ...flags: string[]) => {
    writeFileSync(join(folder, 'mental-health.yaml'), yaml);
    const said = { out: '', err: '', code: -1 };
    const recorded: RegisterEntry[] = [];
    const command = policyCommand({
      ...{ root: root.root, confirm: null, now: () => new Date(), user: 'ada' },
      catalogue: async () => sightline.app.catalogue,
      adapters: async () => sightline.app.agencies.ids.map((id) => sightline.app.agencies.get(id).adapter),
      openStore: async () => openStore(sightline.storeUrl),
      record: async (_, entries) => void recorded.push(...entries),
      recordWith: unasked,
      policyKey: unasked,
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      exit: (code) => {
        said.code = code;
      },
    });
    await command.parseAsync(['diff', folder, ...flags], { from: 'user' });
    return { ...said, recorded };
  };

  test('says in words what opens, on which law, and how many past requests would be given more', async () => {
    const { out, code, recorded } = await diff(proposal()[0]?.yaml ?? '', '--replay', '30d');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^mental-health\n {2}response-officer at mental-health-crisis, crisisPlan:\n {4}before {2}summary; /,
    );
    expect(out).toMatch(/\n {4}opened {2}.*triggers.*\(columns .*CarePlan\.TriggersTxt/);
    expect(out).toMatch(/\n {4}law {5}MHA 1983 s\.136\(1C\); common-law duty to protect life\n/);
    expect(out).toMatch(/\n {4}asked {3}in the last 30 days: \d+ of police would be given more\n/);
    expect(out).toMatch(/\nIt opens more: two people sign it\.\n$/);
    expect(recorded).toMatchObject([{ kind: 'REPORT', outcomes: [{ agency: 'mental-health' }] }]);
  });

  test('of a text that closes something, that one signature is enough; the same text changes nothing', async () => {
    const narrower = await diff(
      root.read(TRUST).replace('opens: [medication, allergies]', 'opens: [medication]'),
    );
    expect(narrower.out).toMatch(/\n {4}closed {2}allergies\./);
    expect(narrower.out).toMatch(/one signature is enough\.\n$/);
    expect(narrower.recorded).toEqual([]);
    expect((await diff(root.read(TRUST))).out).toBe('Nothing would be otherwise.\n');
  });

  test('of a text that does not load, the mistakes by the proposed file and its line: exit 1', async () => {
    const { out, err, code } = await diff(
      root.read(TRUST).replace('claim: allowed', 'claim: perhaps'),
      '--replay',
      '30d',
    );
    expect([out, code]).toEqual(['', 1]);
    expect(err).toMatch(/does not load:\n\S+\/mental-health\.yaml:\d+: .*perhaps/);
  });

  test('no number of days is wrong usage: exit 2', async () => {
    const { code, err } = await diff(root.read(TRUST), '--replay', '30');
    expect([code, err]).toEqual([2, expect.stringMatching(/no number of days/)]);
  });

  test('a file that is no policy’s is named: exit 2', async () => {
    writeFileSync(join(folder, 'polise.yaml'), '');
    const { code, err } = await diff(root.read(TRUST));
    rmSync(join(folder, 'polise.yaml'));
    expect([code, err]).toEqual([2, expect.stringMatching(/polise\.yaml is no policy file/)]);
  });
});
