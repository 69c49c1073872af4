/**
 * What a failure inside becomes outside, for every kind of failure and every way in: a refusal stays a refusal with its
 * code, an outage stays an outage, and a bug is told as one. None is ever told as another.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { requestError } from '../../src/errors.ts';
import { TooManySearches } from '../../src/person-index/admit/search-rate.ts';
import { AgencyUnavailable } from '../../src/person-index/records/agency-unavailable.ts';
import { RegisterEntryError, RegisterUnavailableError } from '../../src/register/errors.ts';
import { StoreUnreachableError } from '../../src/store/outage.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';

/** What the index (or the register) meets next, in place of its work. */
const trouble = vi.hoisted(() => ({ inIndex: null as Error | null, inRegister: null as Error | null }));
const meeting = vi.hoisted(() => ({
  // biome-ignore lint/suspicious/noExplicitAny: whatever the real one has
  of: (real: any, methods: readonly string[], next: () => Error | null) =>
    Object.fromEntries(
      Object.entries(real).map(([name, work]) => [
        name,
        methods.includes(name)
          ? (...args: unknown[]) => {
              const error = next();
              return error ? Promise.reject(error) : (work as (...all: unknown[]) => unknown)(...args);
            }
          : work,
      ]),
    ),
}));
vi.mock('../../src/person-index/lookup/request-subjects.ts', async (load) => {
  const real = await load<typeof import('../../src/person-index/lookup/request-subjects.ts')>();
  return {
    createRequestSubjects: (input: never) =>
      meeting.of(
        real.createRequestSubjects(input),
        ['search', 'byIdentifier', 'byIds'],
        () => trouble.inIndex,
      ),
  };
});
vi.mock('../../src/person-index/review/request-review.ts', async (load) => {
  const real = await load<typeof import('../../src/person-index/review/request-review.ts')>();
  return {
    createRequestReview: (input: never) =>
      meeting.of(real.createRequestReview(input), ['tasks', 'decide'], () => trouble.inIndex),
  };
});
vi.mock('../../src/register/register.ts', async (load) => {
  const real = await load<typeof import('../../src/register/register.ts')>();
  return {
    ...real,
    createRegister: async (options: never) =>
      meeting.of(await real.createRegister(options), ['record'], () => trouble.inRegister),
  };
});

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());
afterEach(() => {
  trouble.inIndex = trouble.inRegister = null;
});

/** An error as PostgreSQL answers it: it carries a severity and a SQLSTATE. */
const answered = (code: string) =>
  Object.assign(new Error('value "9990000018" of Kerr'), { severity: 'ERROR', code, name: 'error' });
const LIMIT = { perMinute: 10, perHour: 60 };

const KINDS: [string, () => Error, string, number][] = [
  ['a limit reached', () => new TooManySearches('SEARCHES', LIMIT, 12), 'QUERY_REFUSED', 400],
  ['a mistake of the caller', () => requestError('BAD_USER_INPUT', 'Give another.'), 'BAD_USER_INPUT', 400],
  ['a refusal by its code', () => requestError('QUERY_REFUSED', 'Too many.'), 'QUERY_REFUSED', 400],
  ['a purpose that is missing', () => requestError('PURPOSE_REQUIRED', 'Say why.'), 'PURPOSE_REQUIRED', 400],
  [
    'the store out of reach',
    () => new StoreUnreachableError(new Error('ECONNREFUSED')),
    'REGISTER_UNAVAILABLE',
    503,
  ],
  ['the register away', () => new RegisterUnavailableError('neither'), 'REGISTER_UNAVAILABLE', 503],
  ['the server shut down', () => answered('57P01'), 'REGISTER_UNAVAILABLE', 503],
  ['the server starting', () => answered('57P03'), 'REGISTER_UNAVAILABLE', 503],
  ['a statement out of time', () => answered('57014'), 'REGISTER_UNAVAILABLE', 503],
  ['too many connections', () => answered('53300'), 'REGISTER_UNAVAILABLE', 503],
  ['a full disk', () => answered('53100'), 'REGISTER_UNAVAILABLE', 503],
  ['a lost connection', () => answered('08006'), 'REGISTER_UNAVAILABLE', 503],
  ['a server that only reads', () => answered('25006'), 'REGISTER_UNAVAILABLE', 503],
  ['a password changed', () => answered('28P01'), 'REGISTER_UNAVAILABLE', 503],
  ['a deadlock', () => answered('40P01'), 'REGISTER_UNAVAILABLE', 503],
  ['a lock not given', () => answered('55P03'), 'REGISTER_UNAVAILABLE', 503],
  ['a system error', () => answered('58030'), 'REGISTER_UNAVAILABLE', 503],
  ['a table that is not there', () => answered('42P01'), 'INTERNAL', 500],
  ['SQL that is wrong', () => answered('42601'), 'INTERNAL', 500],
  ['a value of no such type', () => answered('22P02'), 'INTERNAL', 500],
  ['a row against its rules', () => answered('23502'), 'INTERNAL', 500],
  ['an entry that cannot be one', () => new RegisterEntryError('time', 'is none'), 'INTERNAL', 500],
  ['a TypeError', () => new TypeError('Kerr is not a function'), 'INTERNAL', 500],
  ['a RangeError', () => new RangeError('9990000018'), 'INTERNAL', 500],
  ['an error nobody foresaw', () => new Error('Kerr'), 'INTERNAL', 500],
];

const TWINS = 'childrens-services:26025';
const BY = 'by: { familyName: "Nemo", givenName: "Nora", dateOfBirth: "1980-01-01" }';
const WAYS_IN: [string, string, string?][] = [
  ['findPeople', `{ findPeople(${BY}) { outcome } }`],
  ['personByIdentifier', '{ personByIdentifier(system: NHS_NUMBER, value: "9990000018") { id } }'],
  ['person', '{ person(id: "x") { id } }'],
  ['people', '{ people(ids: ["x", "y"]) { id } }'],
  ['reviewTasks', '{ reviewTasks { tasks { id } } }', TWINS],
  ['decideLink', 'mutation { decideLink(task: "x", verdict: DIFFERENT, why: "twins") { verdict } }', TWINS],
  ['undoLinkDecision', 'mutation { undoLinkDecision(task: "x", why: "mistake") { verdict } }', TWINS],
];
const ask = (query: string, reference?: string) =>
  sightline.ask('mash-social-worker', query, reference === undefined ? {} : { reference });

function expectTold(answer: Answer, code: string, status: number): void {
  expect([answer.status, ...answer.errors.map(({ extensions }) => extensions.code)]).toEqual([status, code]);
  expect(Object.values(answer.data ?? {}).filter((root) => root !== null)).toEqual([]);
  expect(answer.text).not.toMatch(/Kerr|9990000018|ECONNREFUSED/);
  expect('contacts' in (answer.errors[0]?.extensions ?? {})).toBe(code === 'REGISTER_UNAVAILABLE');
}

describe.each(WAYS_IN)('%s', (_way, query, reference) => {
  test.each(KINDS)('when the index meets %s', async (_kind, error, code, status) => {
    trouble.inIndex = error();
    expectTold(await ask(query, reference), code, status);
  });

  test('when an agency’s own system cannot be asked: that agency is named, and it is no outage of ours', async () => {
    trouble.inIndex = new AgencyUnavailable('police', 'TIMED_OUT');
    const { status, errors } = await ask(query, reference);
    expect(status).toBe(200);
    expect(errors.map(({ extensions }) => [extensions.code, extensions.agency, extensions.reason])).toEqual([
      ['SOURCE_UNAVAILABLE', 'police', 'TIMED_OUT'],
    ]);
  });
});

describe('the register’s write', () => {
  const OURS = KINDS.filter(([, , code]) => code === 'REGISTER_UNAVAILABLE' || code === 'INTERNAL');
  test.each(OURS)('when it meets %s', async (_kind, error, code, status) => {
    trouble.inRegister = error();
    expectTold(await ask(`{ findPeople(${BY}) { outcome } }`), code, status);
  });

  test.each(OURS)(
    'of a request that is refused for its headers, when it meets %s',
    async (_kind, error, code, status) => {
      trouble.inRegister = error();
      const answer = await sightline.ask('mash-social-worker', `{ findPeople(${BY}) { outcome } }`, {
        purpose: null,
      });
      expectTold(answer, code, status);
    },
  );
});

test('an outage of the store does not hide that a search was made: it stands in the register', async () => {
  trouble.inIndex = new StoreUnreachableError(new Error('away'));
  const answer = await ask(`{ findPeople(${BY}) { outcome } }`);
  const rows = await sightline.store('select entry from register_entry where request_id = $1', [
    answer.headers.get('x-request-id'),
  ]);
  const entries = rows.map(({ entry }) => JSON.parse(entry as string));
  expect(entries.map(({ kind, outcomes }) => [kind, outcomes[0].state])).toEqual([['SEARCH', 'UNAVAILABLE']]);
});
