import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { IndexSource, RecordId } from '../../adapters/contract.ts';
import { refreshIndex } from '../../src/person-index/feed/refresh-index.ts';
import { loadFeedReports } from '../../src/person-index/records/feed-states.ts';
import { SILENT } from '../support/silent-log.ts';
import type { RecordWords } from './index-records.ts';
import { type LoggedAgency, loggedAgency } from './logged-agency.ts';
import { ALL, KEYS, NOW, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.empty());

const people: RecordWords[] = Array.from({ length: 600 }, (_, at) => ({
  record: `r${1_000 + at}`,
  sex: 'FEMALE',
}));
const pass = (source: IndexSource<unknown>, onProgress = () => {}) =>
  refreshIndex({
    onProgress,
    ...{ store: world.store, db: world.store as never, agency: 'police', source, share: ALL, keys: KEYS },
    ...{ log: SILENT, now: () => NOW, intervalMs: 30_000, atOnce: 100 },
  });
/** The same agency, whose database goes away when the records after this one are asked for. */
const goingAway = ({ source }: LoggedAgency, at: RecordId): IndexSource<unknown> => ({
  ...source,
  page: (db, after, ...rest) =>
    after === at ? Promise.reject(new Error('gone')) : source.page(db, after, ...rest),
});
/** The same agency, and after which records it was asked for more. */
function watched({ source }: LoggedAgency): { source: IndexSource<unknown>; places: (RecordId | null)[] } {
  const places: (RecordId | null)[] = [];
  const page: typeof source.page = (db, after, ...rest) => {
    places.push(after);
    return source.page(db, after, ...rest);
  };
  return { source: { ...source, page }, places };
}
const report = async () => (await loadFeedReports(world.store, NOW)).get('police');

it('a first pass that was interrupted shows nobody, is no feed, and says where it is', async () => {
  await expect(pass(goingAway(loggedAgency(...people), 'r1499'))).rejects.toThrow();
  expect(new Set((await world.rows<{ person: string }>('index_record')).map(({ person }) => person))).toEqual(
    new Set([null]),
  );
  expect(await report()).toEqual({
    ...{ asOf: null, overdue: true, pending: 500 },
    underWay: { records: 500, read: false },
  });
});

it('goes on where it was, and finds what has changed, come and gone meanwhile in what it had read', async () => {
  const agency = loggedAgency(...people);
  await expect(pass(goingAway(agency, 'r1499'))).rejects.toThrow();
  agency.remove(['r1000'], 'silently');
  agency.write({ record: 'r1001', sex: 'MALE' }, { record: 'r1002-new', sex: 'MALE' });
  const { source, places } = watched(agency);
  expect(await pass(source)).toEqual({ records: 600, changed: 102, removed: 1 });
  expect(places[0]).toBe('r1499');
  const rows = await world.rows<{ record: string; sex: string; pending: boolean; person: string }>(
    'index_record',
  );
  expect(rows.filter(({ pending, person }) => pending || person === null)).toEqual([]);
  expect(rows.map(({ record }) => record).toSorted()).toEqual(
    ['r1002-new', ...people.slice(1).map(({ record }) => record)].toSorted(),
  );
  expect(
    rows
      .filter(({ sex }) => sex === 'MALE')
      .map(({ record }) => record)
      .toSorted(),
  ).toEqual(['r1001', 'r1002-new']);
  expect(await report()).toMatchObject({ asOf: NOW, pending: 0, underWay: null });
});

it('begins at the beginning where what is shared has changed since', async () => {
  const agency = loggedAgency(...people);
  await expect(pass(goingAway(agency, 'r1499'))).rejects.toThrow();
  await world.store.executeQuery({
    ...{ sql: "update index_pass set made_of = 'something else'", parameters: [] },
    ...{ query: { kind: 'RawNode', sqlFragments: [], parameters: [] }, queryId: { queryId: 'test' } },
  } as never);
  const { source, places } = watched(agency);
  await pass(source);
  expect(places[0]).toBeNull();
});

it('what waits to be matched although its feed is complete is matched by the next pass', async () => {
  const agency = loggedAgency({ record: '1', name: 'Maya Kerr' });
  await pass(agency.source);
  await world.feed('housing', []);
  await world.store
    .updateTable('index_record' as never)
    .set({ pending: true } as never)
    .execute();
  await pass(agency.source);
  expect((await report())?.pending).toBe(0);
});

/** Three hundred people, each on two records. */
const twice: RecordWords[] = Array.from({ length: 600 }, (_, at) => {
  const person = at % 300;
  const letters = [person % 20, Math.floor(person / 20)].map((one) => 'bcdfghjklmnpqrstvwxz'[one]);
  return {
    record: `r${1_000 + at}`,
    name: `Ada ${letters.join('o')}ame`,
    dateOfBirth: `${1940 + (person % 61)}-0${1 + (person % 9)}-1${person % 10}`,
    postcode: `ZZ${1 + (person % 9)} 1A${letters[0]?.toUpperCase()}`,
  };
});

it('goes on, once the own store is back, where it went away: every record once, whenever that was', async () => {
  const agency = loggedAgency(...twice);
  let steps = 0;
  await pass(agency.source, () => {
    steps += 1;
  });
  const whole = await linked();
  expect(steps).toBeGreaterThan(4);
  expect(whole).toHaveLength(300);
  for (let at = 1; at <= steps; at += 1) {
    await vi.waitFor(() => world.empty(), { timeout: 30_000 });
    let gone: Promise<unknown> = Promise.resolve();
    let left = at;
    const interrupted = pass(agency.source, () => {
      left -= 1;
      if (left === 0) gone = cutOff();
    });
    await Promise.allSettled([interrupted, gone]);
    await vi.waitFor(() => pass(agency.source), { timeout: 30_000 });
    // Of the test's own connections one that was ended may not have noticed yet.
    const [people, told] = await vi.waitFor(async () => [await linked(), await report()] as const, {
      timeout: 30_000,
    });
    expect(people, `gone at step ${at} of ${steps}`).toEqual(whole);
    expect(told).toMatchObject({ asOf: NOW, pending: 0, underWay: null });
  }
});

/** Ends every connection to the store, this one last. */
const cutOff = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(world.store);

/** Who is one person with whom, by records: ids of people are random. */
async function linked(): Promise<string[]> {
  const people = new Map<string, string[]>();
  for (const { record, person } of await world.rows<{ record: string; person: string }>('index_record')) {
    people.set(person, [...(people.get(person) ?? []), record]);
  }
  return [...people.values()].map((records) => records.sort().join(' ')).sort();
}
