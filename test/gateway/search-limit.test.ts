/** How often one login may look for people: a refusal that says when to come back, and that stands in the register. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const NUMBERS = { perMinute: 2, perHour: 3 };
const LIMIT = { perMinute: 3, perHour: 4, numbers: NUMBERS };
let sightline: Sightline;
let clock = new Date('2026-11-30T03:00:20.000Z');
const later = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1_000);
};
beforeAll(async () => {
  sightline = await startSightline({
    now: () => clock,
    searchLimits: { usual: LIMIT, emergency: { ...LIMIT, roles: [] } },
  });
});
afterAll(() => sightline?.close());
beforeEach(async () => {
  await sightline.store('truncate index_search');
  clock = new Date('2026-11-30T03:00:20.000Z');
});

const SOCIAL_WORKER = 'mash-social-worker';
const KERR = 'familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14"';
const NEMO = 'familyName: "Nemo", givenName: "Nora", dateOfBirth: "1980-01-01"';
const find = (by = KERR) => `{ findPeople(by: { ${by} }) { outcome people { confidence } } }`;
const byNumber = (value = '9990000018') =>
  `{ personByIdentifier(system: NHS_NUMBER, value: "${value}") { relationship } }`;
const ask = (query: string, persona = SOCIAL_WORKER) => sightline.ask(persona, query);
async function often(query: string, times: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < times; at += 1) answers.push(await ask(query));
  return answers;
}
async function registered(answer: Answer) {
  const rows = await sightline.store('select entry from register_entry where request_id = $1 order by seq', [
    answer.headers.get('x-request-id'),
  ]);
  return rows.map(({ entry }) => {
    const { kind, outcomes } = JSON.parse(entry as string);
    return [
      kind,
      ...outcomes.map(({ section, state, reason }: Record<string, unknown>) => [section, state, reason]),
    ];
  });
}
const counted = async () => {
  const [row] = await sightline.store(
    'select coalesce(sum(searches), 0)::int as searches, coalesce(sum(numbers), 0)::int as numbers from index_search',
  );
  return row;
};

describe('a login that has searched as often as it may', () => {
  test('is refused, not told of an outage: which limit, how many, and in how many seconds there is room', async () => {
    await often(find(), LIMIT.perMinute);
    const answer = await ask(find());
    expect(answer.status).toBe(400);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors[0]?.extensions).toEqual({
      code: 'QUERY_REFUSED',
      limit: 'SEARCHES',
      perMinute: LIMIT.perMinute,
      perHour: LIMIT.perHour,
      retryAfterSeconds: 40,
    });
    expect(answer.headers.get('retry-after')).toBe('40');
    expect(answer.errors[0]?.message).toMatch(/in 40 seconds/);
    later(40);
    expect((await ask(find())).data.findPeople.outcome).toBe('MATCH');
  });

  test('is told how long an hour’s limit lasts: until enough of what was asked is an hour old', async () => {
    await often(find(), 2);
    later(120);
    await often(find(), 2);
    later(60);
    const answer = await ask(find());
    // 03:03:20 now; the two of 03:00 are forgotten at 04:00.
    expect(answer.errors[0]?.extensions.retryAfterSeconds).toBe(56 * 60 + 40);
    later(56 * 60 + 40);
    expect((await ask(find())).status).toBe(200);
  });

  test('is refused in the same bytes whoever is looked for', async () => {
    await often(find(), LIMIT.perMinute);
    const [known, unknown] = [await ask(find(KERR)), await ask(find(NEMO))];
    expect(known.text).toBe(unknown.text);
  });

  test('is not kept waiting by what was refused', async () => {
    await often(find(), LIMIT.perMinute + 3);
    expect(await counted()).toEqual({ searches: LIMIT.perMinute, numbers: 0 });
  });

  test('raises no alarm: no line of the log says that the register cannot be written', async () => {
    const before = sightline.logged.length;
    await often(find(), LIMIT.perMinute + 1);
    const lines = sightline.logged.slice(before).map((line) => JSON.parse(line));
    expect(lines.map(({ code }) => code).filter((code) => code !== undefined)).toEqual([
      ...Array(LIMIT.perMinute).fill('OK'),
      'QUERY_REFUSED',
    ]);
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  });
});

describe('a refused search', () => {
  test('runs nothing about anybody: the limit is taken before the search', async () => {
    await often(find(), LIMIT.perMinute);
    const statements = sightline.statements;
    if (statements === null) return;
    // What the reference and the login have claimed is a fact of every request; who is looked for is not among them.
    const about = async (persona: string) => {
      const { statements: seen } = await statements.allDuring(() => ask(find(), persona));
      return seen.filter(({ sql }) =>
        /search_keys|insert into index_(claim|unverified|denial|review)/.test(sql),
      );
    };
    expect(await about(SOCIAL_WORKER)).toEqual([]);
    expect(await about('triage-nurse')).not.toEqual([]);
  });

  test('makes no claim, no refusal to count and no task', async () => {
    const traces = () =>
      Promise.all(
        ['index_claim', 'index_denial', 'index_review'].map((table) =>
          sightline.store(`select * from ${table}`),
        ),
      );
    await often(find(NEMO), LIMIT.perMinute);
    const before = await traces();
    await ask(find('familyName: "Pike", givenName: "Jordan", dateOfBirth: "1996-12-05"'));
    expect(await traces()).toEqual(before);
  });
});

describe('a look-up by number', () => {
  test('is counted as well, by a limit of its own, and refused beyond it', async () => {
    const within = await often(byNumber(), NUMBERS.perMinute);
    expect(within.map(({ status }) => status)).toEqual([200, 200]);
    const answer = await ask(byNumber());
    expect(answer.status).toBe(400);
    expect(answer.data ?? null).toEqual(answer.data === undefined ? null : { personByIdentifier: null });
    expect(answer.errors[0]?.extensions).toEqual({
      code: 'QUERY_REFUSED',
      limit: 'NUMBERS',
      perMinute: NUMBERS.perMinute,
      perHour: NUMBERS.perHour,
      retryAfterSeconds: 40,
    });
    expect(answer.headers.get('retry-after')).toBe('40');
    expect(answer.text).toBe((await ask(byNumber('9990009996'))).text);
    expect(await counted()).toEqual({ searches: 0, numbers: NUMBERS.perMinute });
  });

  test('takes nothing from searches, nor they from it', async () => {
    await often(byNumber(), NUMBERS.perMinute + 1);
    expect((await ask(find())).status).toBe(200);
  });

  test('is counted for the person and not for the role or purpose they chose', async () => {
    await often(byNumber(), NUMBERS.perMinute);
    const colleague = await sightline.tokens.issue(personaOf(SOCIAL_WORKER, { sub: 'SW-OTHER' }));
    const { purpose, reference } = personaOf(SOCIAL_WORKER);
    expect((await sightline.askAs(colleague, byNumber(), { purpose, reference })).status).toBe(200);
  });
});

describe('the register', () => {
  test('has one entry for each search of a request, aliases included, in the order of the question', async () => {
    const answer = await ask(
      `{ a: findPeople(by: { ${NEMO} }) { outcome } b: findPeople(by: { familyName: "Kerr" }) { outcome } c: findPeople(by: { ${NEMO} }) { outcome } }`,
    );
    expect(await registered(answer)).toEqual([
      ['SEARCH', ['findPeople', 'NO_MATCH', null]],
      ['SEARCH', ['findPeople', 'TOO_BROAD', null]],
      ['SEARCH', ['findPeople', 'NO_MATCH', null]],
    ]);
  });

  test('has searches that the limit refused', async () => {
    await often(find(NEMO), LIMIT.perMinute);
    expect(await registered(await ask(find(NEMO)))).toEqual([
      ['SEARCH', ['findPeople', 'REFUSED', 'SEARCHES']],
    ]);
    await often(byNumber(), NUMBERS.perMinute);
    expect(await registered(await ask(byNumber()))).toEqual([
      ['SEARCH', ['personByIdentifier', 'REFUSED', 'NUMBERS']],
    ]);
  });

  test('has every search of a request that one refusal among them ended, those that were run and those that were not', async () => {
    const many = Array.from({ length: 6 }, (_, at) => `s${at}: findPeople(by: { ${NEMO} }) { outcome }`);
    const answer = await ask(`{ ${many.join(' ')} }`);
    expect(answer.status).toBe(400);
    expect(answer.data ?? null).toBeNull();
    const entries = await registered(answer);
    expect(entries).toHaveLength(6);
    expect(entries.filter(([, [, state]]) => state === 'REFUSED')).toHaveLength(6 - LIMIT.perMinute);
    expect(await counted()).toEqual({ searches: LIMIT.perMinute, numbers: 0 });
  });

  test('has a search that was refused for what was asked', async () => {
    const answer = await ask(find('identifier: { system: LOCAL, value: "100018" }'));
    expect(await registered(answer)).toEqual([['SEARCH', ['findPeople', 'REFUSED', 'BAD_USER_INPUT']]]);
  });

  test('has one entry for each number that found somebody, whoever it found before', async () => {
    const answer = await ask(`{ a: ${byNumber().slice(1, -1)} b: ${byNumber().slice(1, -1)} }`);
    const entries = await registered(answer);
    expect(entries.filter(([kind]) => kind === 'SEARCH')).toEqual([
      ['SEARCH', ['personByIdentifier', 'MATCH', null]],
      ['SEARCH', ['personByIdentifier', 'MATCH', null]],
    ]);
    expect(entries.filter(([kind]) => kind === 'DISCLOSURE')).toHaveLength(1);
  });
});
