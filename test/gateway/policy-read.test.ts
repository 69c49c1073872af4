/** Who is given what, and which policy is in force: read by whoever works for an agency, and by nobody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERSONAS } from '../../src/demo/personas.ts';
import { openStore } from '../../src/store/store.ts';
import { withdraw } from '../../src/store/withdrawals.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';

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

const CELLS = `{ policyMatrix(role: "response-officer", purpose: "mental-health-crisis", agency: "mental-health")
  { role purpose agency { id } section level scope reason grounds fields columns rule { file line gateways conditions agreement { id standing } } } }`;
const STATUS = `{ policyStatus { agency { id } controller hash inForceSince signedBy agreements { id version review standing }
  withdrawals { agreement version at by why references } } }`;
const bare = { purpose: null, reference: null };
const asOfficer = async (organisation: string, query: string, purpose: string | null = 'governance') =>
  sightline.askAs(
    await sightline.tokens.issue(
      personaOf('governance-officer', { organisation, sub: `IG-${organisation}` }),
    ),
    query,
    { purpose },
  );
// biome-ignore lint/suspicious/noExplicitAny: rows of an answer
const ofTrust = (rows: any[]) => rows.find(({ agency }) => agency.id === 'mental-health');

describe('the matrix', () => {
  test('gives for each cell level, fields, columns, law and the very line of the file', async () => {
    const { data, errors } = await sightline.ask('housing-officer', CELLS, bare);
    expect(errors).toEqual([]);
    const cell = (section: string) =>
      data.policyMatrix.find((one: { section: string }) => one.section === section);
    const lines = root.read('adapters/mental-health/sharing.yaml').split('\n');
    expect(cell('crisisPlan')).toMatchObject({
      ...{ level: 'summary', reason: null, grounds: null },
      scope: expect.stringContaining('extracts the person agreed to share'),
      fields: expect.arrayContaining(['whatHelps', 'exists']),
      columns: expect.arrayContaining(['CarePlan.ExtractTxt']),
      rule: {
        file: 'adapters/mental-health/sharing.yaml',
        gateways: expect.arrayContaining(['MHA 1983 s.136(1C)']),
        agreement: { id: 'NS-ISA-021', standing: expect.any(String) },
      },
    });
    expect(lines[cell('crisisPlan').rule.line - 1]).toMatch(/crisisPlan/);
    expect(cell('clinical')).toMatchObject({ level: 'break-glass', reason: 'NEEDS_BREAK_GLASS' });
    expect(cell('clinical').grounds).toContain('LACKS_CAPACITY');
    expect(cell('clinical').fields.every((path: string) => /^(medication|allergies)/.test(path))).toBe(true);
    expect(cell('clinical').columns.join()).not.toMatch(/ProgNote|Diag/i);
  });

  test('gives no column of a field that is not given, in a list that is', async () => {
    const { data } = await sightline.ask(
      'housing-officer',
      '{ policyMatrix(section: "mentalHealth") { level fields columns } }',
      bare,
    );
    const of = (level: string) => data.policyMatrix.filter((one: { level: string }) => one.level === level);
    expect(of('withheld').length).toBeGreaterThan(0);
    for (const cell of of('withheld')) expect(cell).toMatchObject({ fields: [], columns: [] });
    expect(of('exists')[0].columns.length).toBeLessThan(of('full')[0].columns.length);
  });

  test.each(['role', 'purpose', 'agency', 'section'])(
    'names what is no %s, and what is one',
    async (name) => {
      const { errors } = await sightline.ask(
        'housing-officer',
        `{ policyMatrix(${name}: "nobody") { level } }`,
        bare,
      );
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors[0]?.message).toMatch(new RegExp(`^There is no ${name} nobody\\. Known: \\S+, `));
    },
  );
});

describe('the status', () => {
  test('names every agency’s text by its hash, since when, and how its agreement stands', async () => {
    const { data, errors } = await sightline.ask('response-officer', STATUS, bare);
    expect(errors).toEqual([]);
    expect(data.policyStatus).toHaveLength(10);
    expect(ofTrust(data.policyStatus)).toMatchObject({
      controller: 'Northshire Mental Health NHS Trust',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      signedBy: [],
      agreements: [{ id: 'NS-ISA-021', version: 2 }],
      withdrawals: [],
    });
    expect(Date.parse(ofTrust(data.policyStatus).inForceSince)).toBeLessThanOrEqual(Date.now());
  });

  test.each([
    [91, 'IN_FORCE'],
    [90, 'REVIEW_WITHIN_90_DAYS'],
    [30, 'REVIEW_WITHIN_30_DAYS'],
    [-1, 'REVIEW_OVERDUE'],
  ])('a review in %i days: %s, and what the agreement gives is given', async (days, standing) => {
    const review = new Date(Date.now() + days * 86_400_000);
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(review);
    root.change('adapters/mental-health/sharing.yaml', 'review: 2027-01-05', `review: ${day}`);
    const { data } = await sightline.ask('response-officer', STATUS, bare);
    expect(ofTrust(data.policyStatus).agreements[0]).toMatchObject({ review: day, standing });
    const cells = await sightline.ask('response-officer', CELLS, bare);
    expect(cells.data.policyMatrix.some(({ level }: { level: string }) => level === 'summary')).toBe(true);
    root.restore();
  });

  test('tells by whom and why one was withdrawn to officers of its parties alone', async () => {
    const store = openStore(sightline.storeUrl);
    const why = 'The trust takes it back.';
    await withdraw(store.db, { agreement: 'NS-ISA-021', version: 2, at: new Date(), by: 'M. Cope', why });
    await store.close();
    const seen = async (organisation: string, purpose?: string | null) =>
      ofTrust((await asOfficer(organisation, STATUS, purpose)).data.policyStatus);
    await expect.poll(async () => (await seen('mental-health')).agreements[0].standing).toBe('WITHDRAWN');
    expect((await seen('mental-health')).withdrawals).toMatchObject([{ version: 2, by: 'M. Cope', why }]);
    expect((await seen('police')).withdrawals).toMatchObject([{ by: 'M. Cope', why }]);
    root.change('adapters/mental-health/sharing.yaml', '    - probation\n', '');
    for (const [organisation, purpose] of [
      ['probation', 'governance'],
      ['mental-health', null],
    ] as const)
      expect((await seen(organisation, purpose)).withdrawals).toMatchObject([
        { version: 2, by: null, why: expect.stringMatching(/^Why is kept/) },
      ]);
    root.restore();
    const cells = await sightline.ask('response-officer', CELLS, bare);
    expect(new Set(cells.data.policyMatrix.map(({ level }: { level: string }) => level))).toEqual(
      new Set(['withheld']),
    );
  });
});

test('no role reads either but those that work for an agency', async () => {
  const may = async (persona: string) => {
    const answers = [await sightline.ask(persona, CELLS, bare), await sightline.ask(persona, STATUS, bare)];
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code ?? 'given');
    expect(codes[0]).toBe(codes[1]);
    if (codes[0] !== 'given') for (const { data } of answers) expect(data ?? null).toBeNull();
    return codes[0];
  };
  const refused: string[] = [];
  for (const { persona } of PERSONAS) if ((await may(persona)) !== 'given') refused.push(persona);
  expect(refused).toEqual(['data-subject']);
});
