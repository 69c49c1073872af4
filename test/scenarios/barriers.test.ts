/** Where what was asked met a wall: exact to the officers whose it is, and never who; to analysts nothing small. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { found, glassOf, maya, owen } from './break-glass.ts';
import { findQuery, MAYA, wishesOf } from './wishes.ts';

let at = Date.parse('2026-11-20T10:00:00Z');
let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline({ now: () => new Date(at) });
});
afterAll(() => sightline?.close());

const { ask, open, asOfficer, officer } = glassOf(() => sightline);
const BARRIERS = `query ($from: Date! = "2026-11-01", $to: Date! = "2026-11-30", $by: [BarrierDimension!]! = [SECTION, REASON], $agency: ID) {
  barriers(from: $from, to: $to, by: $by, agency: $agency) { from to note asked { value suppressed } refused { value suppressed }
    rows { keys { dimension value } asked { value suppressed } refused { value suppressed } overcome { value suppressed }
      rule { file line gateways agreement { id } } } } }`;
const analyst = (variables: Record<string, unknown> = {}) =>
  sightline.ask('analyst', BARRIERS, { reference: null, variables });
// biome-ignore lint/suspicious/noExplicitAny: as the query of the test has it
type Row = any;
const table = (rows: readonly Row[]) =>
  Object.fromEntries(
    rows.map(({ keys, asked, refused, overcome }) => [
      keys.map(({ value }: Row) => value).join(' '),
      [asked.value, refused.value, overcome.value],
    ]),
  );
const officers = async (organisation: string, variables: Record<string, unknown> = {}) => {
  const answer = await asOfficer(organisation, BARRIERS, variables);
  expect(answer.errors).toEqual([]);
  return answer.data.barriers;
};

describe('an officer', () => {
  beforeAll(async () => {
    const { id } = found(await ask(maya('id clinical { medication { name } }').replace('id id', 'id')));
    await ask(maya('clinical { medication { name } } crisisPlan { triggers }'));
    await ask(owen('clinical { medication { name } }'), 'police:26/000140');
    await sightline.ask('housing-officer', maya('clinical { medication { name } }'));
    at += 60_000;
    expect((await open(id)).errors).toEqual([]);
    at += 60_000;
    await ask(maya('clinical { medication { name } }'));
  });

  test('counts what their agency refused, to whom and by which line, and what was opened later, data or none', async () => {
    const { rows, asked, refused } = await officers('mental-health');
    // Of five questions about medication the fifth was answered, since the glass was open.
    expect(table(rows)['clinical NEEDS_BREAK_GLASS']).toEqual([3, 3, 2]);
    const byRole = await officers('mental-health', { by: ['SECTION', 'ROLE'] });
    expect(table(byRole.rows)).toMatchObject({
      'clinical response-officer': [4, 3, 2],
      'clinical housing-officer': [1, 1, 0],
    });
    expect(refused.value).toBeLessThan(asked.value);
    const byRule = await officers('mental-health', { by: ['RULE', 'SECTION', 'ROLE', 'REASON'] });
    const line = byRule.rows.find(({ keys }: Row) =>
      keys.some(({ value }: Row) => value === 'NEEDS_BREAK_GLASS'),
    );
    expect(line.rule).toMatchObject({
      file: 'adapters/mental-health/sharing.yaml',
      agreement: { id: 'NS-ISA-021' },
    });
    expect(line.keys[0].value).toBe(`${line.rule.file}:${line.rule.line}`);
  });

  test('counts alike for somebody the agency holds and somebody it does not', async () => {
    const { rows } = await officers('police', { by: ['SECTION', 'AGENCY', 'REASON'] });
    expect(table(rows)['clinical mental-health NEEDS_BREAK_GLASS']).toEqual([3, 3, 2]);
    expect(table(rows)['clinical primary-care NEEDS_BREAK_GLASS']).toEqual([3, 3, 2]);
  });

  test('counts nothing that neither their agency was asked nor its people', async () => {
    const { rows } = await officers('housing', { by: ['AGENCY', 'ROLE'] });
    const roles = new Set(rows.map(({ keys }: Row) => keys[1].value));
    expect(roles).toEqual(new Set(['housing-officer']));
    expect((await officers('education')).asked).toEqual({ value: 0, suppressed: false });
  });

  test('counts nothing of somebody from whom they are kept, neither in rows nor in totals', async () => {
    const partner = {
      ...officer('mental-health'),
      person: { system: 'NHS_NUMBER' as const, value: '9990000018' },
    };
    const answer = await sightline.askAs(await sightline.tokens.issue(partner), BARRIERS, {
      purpose: 'governance',
    });
    expect(table(answer.data.barriers.rows)).toEqual({ 'clinical NEEDS_BREAK_GLASS': [1, 1, 0] });
    expect(answer.data.barriers.asked.value).toBe(1);
  });

  test.each([
    ['another period', { from: '2026-10-01', to: '2026-10-31' }, 0],
    ['the day', { from: '2026-11-20', to: '2026-11-20' }, null],
    ['one agency', { agency: 'primary-care' }, 0],
  ])('of %s', async (_what, variables, count) => {
    const { asked } = await officers('mental-health', variables);
    const whole = (await officers('mental-health')).asked.value;
    expect(asked.value).toBe(count ?? whole);
  });

  test.each([
    ['a period that ends before it begins', { from: '2026-11-02', to: '2026-11-01' }, 'BAD_USER_INPUT'],
    ['more than five years', { from: '2016-11-02', to: '2026-11-01' }, 'QUERY_REFUSED'],
    ['an agency that is none', { agency: 'nowhere' }, 'BAD_USER_INPUT'],
  ])('is refused %s', async (_what, variables, code) => {
    expect((await asOfficer('police', BARRIERS, variables)).errors[0]?.extensions.code).toBe(code);
  });
});

describe('an analyst', () => {
  beforeAll(async () => {
    at = Date.parse('2026-12-02T10:00:00Z');
  });

  test('is told nothing where there is little: rows that are too few are as those that never were', async () => {
    const answer = await analyst({ by: ['SECTION'], from: '2026-10-01', to: '2026-10-31' });
    const { rows, asked, refused } = answer.data.barriers;
    expect([rows, asked, refused]).toEqual([
      [],
      { value: null, suppressed: true },
      { value: null, suppressed: true },
    ]);
    const little = await analyst({ by: ['REASON'] });
    expect(little.data?.barriers.rows ?? []).toEqual([]);
  });

  test('is told many to the nearest ten, in whole months that are over', async () => {
    at = Date.parse('2026-11-21T10:00:00Z');
    for (let count = 0; count < 14; count += 1) await ask(maya('clinical { medication { name } }'));
    at = Date.parse('2026-12-02T10:00:00Z');
    const answer = await analyst({
      by: ['SECTION'],
      from: '2026-11-21',
      to: '2026-12-31',
      agency: 'mental-health',
    });
    expect(answer.errors).toEqual([]);
    const { from, to, rows } = answer.data.barriers;
    expect([from, to]).toEqual(['2026-11-01', '2026-11-30']);
    expect(rows).toEqual([
      expect.objectContaining({
        keys: [{ dimension: 'SECTION', value: 'clinical' }],
        overcome: { value: null, suppressed: true },
      }),
    ]);
    for (const { value } of [rows[0].asked, rows[0].refused]) expect(value % 10).toBe(0);
  });

  test('is refused four dimensions, and a table of which most would be too small', async () => {
    const many = await analyst({ by: ['SECTION', 'AGENCY', 'ROLE', 'REASON'] });
    expect(many.errors[0]?.extensions.code).toBe('QUERY_REFUSED');
    const small = await analyst({ by: ['SECTION', 'ROLE', 'PURPOSE'] });
    expect(small.errors[0]?.extensions.code).toBe('QUERY_REFUSED');
  });
});

test('counting is itself registered, by its filters', async () => {
  await officers('police', { agency: 'housing' });
  const answer = await asOfficer(
    'police',
    '{ register(by: { kind: REPORT }, first: 1) { items { asker { sub } outcomes { section } } } }',
  );
  expect(answer.data.register.items).toEqual([
    { asker: { sub: 'IG-police' }, outcomes: [{ section: 'barriers' }] },
  ]);
});

test.each([
  ...[
    'response-officer',
    'triage-nurse',
    'mash-social-worker',
    'housing-officer',
    'dean-cole',
    'early-help-lead',
  ],
  ...['school-safeguarding-lead', 'work-coach', 'general-practitioner', 'health-visitor'],
  ...['domestic-abuse-adviser', 'data-subject'],
])('%s counts nothing', async (persona) => {
  const answer = await sightline.ask(persona, BARRIERS);
  expect(answer.errors[0]?.extensions.code).toBe('PURPOSE_NOT_PERMITTED');
  expect(answer.data ?? null).toBeNull();
});

test('an analyst reads no entry of the register', async () => {
  const answer = await sightline.ask('analyst', '{ register(by: {}) { items { at } } }');
  expect(answer.errors[0]?.extensions.code).toBe('PURPOSE_NOT_PERMITTED');
  expect(personaOf('analyst').purpose).toBe('service-planning');
});

describe('a refusal is overcome once a route was opened on the same reference', () => {
  const DAY = { from: '2026-12-10', to: '2026-12-10', by: ['SECTION', 'AGENCY', 'REASON'] };
  const later = () => {
    at += 60_000;
  };
  const wishes = wishesOf(() => sightline);
  const counted = async (organisation: string, cell: string) =>
    table((await officers(organisation, DAY)).rows)[cell];
  beforeAll(() => {
    at = Date.parse('2026-12-10T10:00:00Z');
  });

  test('by a permit, and not of an agency that permitted nothing', async () => {
    const look = () => sightline.ask('mash-social-worker', maya('clinical { medication { name } }'));
    const person = found(await look()).id;
    const cells = ['clinical mental-health NEEDS_REVIEW', 'clinical primary-care NEEDS_REVIEW'] as const;
    for (const cell of cells) expect(await counted('childrens-services', cell)).toEqual([1, 1, 0]);
    later();
    const { data } = await sightline.ask(
      'mash-social-worker',
      `mutation ($person: ID!) { requestDisclosure(person: $person, section: "clinical", agency: "mental-health",
        why: "The enquiry turns on what she was told.") { id } }`,
      { variables: { person } },
    );
    later();
    // To have asked opens nothing yet.
    expect(await counted('childrens-services', cells[0])).toEqual([1, 1, 0]);
    const decided = await asOfficer(
      'mental-health',
      `mutation ($id: ID!) { decideDisclosure(id: $id, verdict: PERMIT, level: FULL, note: "Spoke to the ward.") { state } }`,
      { id: data.requestDisclosure.id },
    );
    expect(decided.errors).toEqual([]);
    expect(await counted('childrens-services', cells[0])).toEqual([1, 1, 1]);
    expect(await counted('childrens-services', cells[1])).toEqual([1, 1, 0]);
  });

  test('by a relay, and not on another case', async () => {
    const cell = 'clinical mental-health NEEDS_BREAK_GLASS';
    await ask(maya('clinical { medication { name } }'));
    await ask(owen('clinical { medication { name } }'), 'police:26/000140');
    expect(await counted('police', cell)).toEqual([2, 2, 0]);
    later();
    const person = found(await ask(maya('clinical { medication { name } }'), undefined, 'triage-nurse')).id;
    expect(await counted('police', cell)).toEqual([2, 2, 0]);
    later();
    const relayed = await sightline.ask(
      'triage-nurse',
      `mutation ($person: ID!) { recordRelay(person: $person, section: "clinical", item: "medication", to: "PC4417",
        why: "He will hold the inhaler for her in the van.") { id } }`,
      { variables: { person } },
    );
    expect(relayed.errors).toEqual([]);
    expect(await counted('police', cell)).toEqual([2, 2, 1]);
  });

  test('by a consent, of every section that needs one, and not by one that was recorded on another case', async () => {
    const as = {
      persona: 'housing-officer',
      purpose: 'homelessness-referral',
      reference: 'housing:004418/01',
    };
    const answer = await wishes.ask(findQuery(MAYA, 'contact { state } involvements { state }'), as);
    const cells = ['contact', 'involvements'].map((section) => `${section} mental-health CONSENT_REQUIRED`);
    for (const cell of cells) expect(await counted('housing', cell)).toEqual([1, 1, 0]);
    later();
    const ward = { persona: 'triage-nurse', reference: 'mental-health:R2600018' };
    const onWard = await wishes.idOf(MAYA, { ...ward, purpose: 'mental-health-crisis' });
    const elsewhere = await wishes.record(onWard, { ...ward, purpose: as.purpose });
    expect(elsewhere.errors).toEqual([]);
    for (const cell of cells) expect(await counted('housing', cell)).toEqual([1, 1, 0]);
    later();
    expect((await wishes.record(found(answer).id, as)).errors).toEqual([]);
    for (const cell of cells) expect(await counted('housing', cell)).toEqual([1, 1, 1]);
    // What no consent opens stays as it was.
    expect(await counted('housing', 'contact police PURPOSE')).toEqual([1, 1, 0]);
  });
});
