/** How often one login may count: a refusal that names the limit and the seconds to wait, and that counts for nobody else. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const RATE = { perMinute: 2, perHour: 3 };
const START = '2026-11-30T03:00:20.000Z';
let clock = new Date(START);
const later = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1_000);
};
let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline({ now: () => clock, cohortRate: RATE });
});
afterAll(() => sightline?.close());
beforeEach(async () => {
  clock = new Date(START);
  await sightline.store('truncate cohort_asked');
});

const field = (sex = 'FEMALE') => `cohort(where: { person: { sex: { is: ${sex} } } }) { people { value } }`;
const count = (sex?: string) => sightline.ask('analyst', `{ ${field(sex)} }`);
const counted = async () =>
  (await sightline.store('select entry from register_entry where entry like \'%"kind":"AGGREGATE"%\''))
    .length;

test('a login past its share is refused, with the limit and the seconds to wait', async () => {
  for (let at = 0; at < RATE.perMinute; at += 1) expect((await count()).errors).toEqual([]);
  const before = await counted();
  const refused = await count('MALE');
  expect(refused.status).toBe(400);
  expect(refused.data?.cohort ?? null).toBeNull();
  expect(refused.errors.map(({ extensions }) => extensions)).toEqual([
    { code: 'QUERY_REFUSED', limit: 'COUNTS', ...RATE, retryAfterSeconds: 40 },
  ]);
  expect(refused.errors[0]?.message).toBe(
    'At most 2 counts a minute and 3 an hour for one login. There is room again in 40 seconds.',
  );
  expect(refused.headers.get('retry-after')).toBe('40');
  expect(await counted()).toBe(before);
  later(40);
  expect((await count()).errors).toEqual([]);
});

test('an hour’s share has room again when enough of it is an hour old', async () => {
  for (const wait of [0, 0, 60]) {
    later(wait);
    expect((await count()).errors).toEqual([]);
  }
  later(60);
  const { errors, headers } = await count();
  const seconds = Number(headers.get('retry-after'));
  expect(errors[0]?.extensions).toMatchObject({ retryAfterSeconds: seconds });
  later(seconds - 1);
  expect((await count()).errors).toHaveLength(1);
  later(1);
  expect((await count()).errors).toEqual([]);
});

test('the share is of one login: another has its own, and one request that counts three times is three counts', async () => {
  const aliases = ['a', 'b', 'c'].map((name) => `${name}: ${field()}`).join(' ');
  const { data, errors } = await sightline.ask('analyst', `{ ${aliases} }`);
  expect(errors).toHaveLength(1);
  expect(Object.values(data ?? {}).filter((one) => one !== null).length).toBeLessThanOrEqual(RATE.perMinute);
  expect((await count()).errors).toHaveLength(1);
  const other = await sightline.tokens.issue(personaOf('analyst', { sub: 'AN0099' }));
  const answer = await sightline.askAs(other, `{ ${field()} }`, { purpose: 'service-planning' });
  expect(answer.errors).toEqual([]);
});

test('a question that cannot be counted uses up nothing', async () => {
  for (let at = 0; at < 5; at += 1)
    await sightline.ask('analyst', '{ cohort(where: {}) { people { value } } }');
  expect((await count()).errors).toEqual([]);
  expect((await count()).errors).toEqual([]);
});
