/** Who may count, what is refused and how it is told; and whose rows move no count. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERSONAS } from '../../src/demo/personas.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
let at = Date.parse('2026-11-20T10:00:00Z');
beforeAll(async () => {
  sightline = await startSightline({ now: () => new Date(at) });
});
afterAll(() => sightline?.close());

const ask = (where: string, by: readonly string[] = []) => {
  at += 60_000;
  const query = `{ cohort(where: ${where}, by: [${by.join(', ')}]) { people { value suppressed } groups { people { value } }
    sources { agency { id } state reason message } method } }`;
  return sightline.ask('analyst', query, { reference: null });
};
const VIOLENCE = '{ policeEvents: { category: { is: VIOLENCE } } }';

test.each(PERSONAS.map(({ persona }) => persona).filter((persona) => persona !== 'analyst'))(
  '%s may not count, and hears who may',
  async (persona) => {
    const answer = await sightline.ask(persona, `{ cohort(where: ${VIOLENCE}) { people { value } } }`);
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors[0]?.extensions.code).toBe('PURPOSE_NOT_PERMITTED');
    expect(answer.errors[0]?.message).toMatch(/analyst at service-planning/);
  },
);

test('an analyst without a purpose is asked for one, and needs no reference', async () => {
  const query = `{ cohort(where: ${VIOLENCE}) { people { suppressed } } }`;
  const without = await sightline.ask('analyst', query, { purpose: null, reference: null });
  expect(without.errors[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
  at += 60_000;
  expect((await sightline.ask('analyst', query, { reference: null })).errors).toEqual([]);
});

describe.each([
  [
    'a field that may not be counted',
    '{ policeEvents: { summary: { is: "x" } } }',
    [],
    /summary.*is not defined/,
  ],
  [
    'a section that may not be counted',
    '{ intelligence: { handling: { is: "P" } } }',
    [],
    /intelligence.*is not defined/,
  ],
  ['an empty filter', '{}', [], /an empty filter would count everybody/],
  ['an empty list', '{ all: [] }', [], /where\.all names no condition/],
  ['an empty section', '{ policeEvents: {} }', [], /where\.policeEvents names no condition/],
  ['no value', '{ policeEvents: { category: { in: [] } } }', [], /names no value/],
  [
    'a value and values',
    '{ policeEvents: { category: { is: VIOLENCE, in: [THEFT] } } }',
    [],
    /is or in, not both/,
  ],
  ['a suspect', '{ policeEvents: { role: { is: SUSPECT } } }', [], /is never SUSPECT here/],
  [
    'dates backwards',
    '{ policeEvents: { month: { from: "2026-03", to: "2026-01" } } }',
    [],
    /from \(2026-03\) is after to/,
  ],
  ['a month that is none', '{ policeEvents: { month: { from: "2026-13" } } }', [], /not a calendar month/],
  ['too long a time', '{ policeEvents: { month: { from: "2020-01" } } }', [], /at most 6 calendar months/],
  ['fifty nots', `${'{ not: '.repeat(50)}${VIOLENCE}${' }'.repeat(50)}`, [], /at most 8 deep/],
  [
    'four dimensions',
    VIOLENCE,
    ['AGE_BAND', 'SEX', 'DISTRICT', 'POLICE_EVENTS_MONTH'],
    /at most 3 dimensions; 4 were given/,
  ],
] as const)('%s', (_what, where, by, message) => {
  test('is refused, and told what would be right', async () => {
    const answer = await ask(where, by);
    expect(answer.data?.cohort ?? null).toBeNull();
    expect(answer.errors[0]?.message).toMatch(message);
  });
});

test('a count is in the register with filter and dimensions, and without a result', async () => {
  const { errors, data } = await ask(VIOLENCE);
  expect(errors).toEqual([]);
  expect(data.cohort.people).toEqual({ value: null, suppressed: true });
  const [entry] = (await sightline.store(
    `select entry from register_entry where entry::jsonb->>'kind' = 'AGGREGATE' order by seq desc limit 1`,
  )) as { entry: string }[];
  const { outcomes, person, sub, purpose } = JSON.parse(entry?.entry ?? '{}');
  expect({ person, sub, purpose }).toEqual({ person: null, sub: 'AN0042', purpose: 'service-planning' });
  expect(outcomes).toEqual([
    expect.objectContaining({
      agency: 'police',
      section: 'policeEvents',
      state: 'COUNTED',
      reason: 'policeEvents.category in VIOLENCE',
    }),
  ]);
});

test('who counts too often hears how long to wait', async () => {
  const query = `{ cohort(where: ${VIOLENCE}) { people { suppressed } } }`;
  at += 3_600_000;
  const answers = [];
  for (let times = 0; times < 31; times += 1)
    answers.push(await sightline.ask('analyst', query, { reference: null }));
  expect(answers.slice(0, 30).flatMap(({ errors }) => errors)).toEqual([]);
  const refused = answers[30];
  expect(refused?.errors[0]?.message).toMatch(
    /At most 30 counts a minute and 300 an hour for one login.*in \d+ seconds/,
  );
  expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/);
});

test('an agency tells what may be counted of it, and officers are told no number', async () => {
  at += 3_600_000;
  const query =
    '{ agencies { id countable { section field values coverage asOf unreadable { value suppressed } } } }';
  const answer = await sightline.ask('analyst', query, { reference: null });
  expect(answer.errors).toEqual([]);
  const of = (id: string) =>
    answer.data.agencies.find((one: { id: string }) => one.id === id).countable as {
      section: string;
      field: string;
      unreadable: unknown;
    }[];
  expect(of('police').map(({ section, field }) => `${section}.${field}`)).toEqual([
    'person.ageBand',
    'person.sex',
    'person.district',
    'policeEvents.category',
    'policeEvents.role',
    'policeEvents.month',
  ]);
  for (const agency of ['mental-health', 'primary-care', 'adult-services', 'domestic-abuse-service'])
    expect(of(agency)).toEqual([]);
  expect(of('police').find(({ field }) => field === 'category')?.unreadable).toEqual({
    value: null,
    suppressed: true,
  });
  const officer = await sightline.ask('response-officer', query);
  expect(officer.errors).toEqual([]);
  for (const { countable } of officer.data.agencies)
    for (const { unreadable } of countable) expect(unreadable).toBeNull();
});
