import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { projectRoot } from '../../src/project-root.ts';
import { AGENCIES, type MadeDemo, makeDemo } from '../fixtures/demo-databases.ts';
import { type ChangingAgency, feedOf, openChanging, tablesOf, toldSince } from './support/index-changes.ts';
import { walkTable } from './support/untold-changes.ts';

const adapters = (await findAdapters(projectRoot())).filter(({ index }) => index.changes);

let demo: MadeDemo;
beforeAll(async () => {
  demo = await makeDemo('index_changes');
});
afterAll(() => demo?.drop());

it('there are agencies that tell their changes by time and by a log', () => {
  const ways = adapters.map(({ index }) => index.changes?.by);
  expect(ways).toContain('TIMESTAMP');
  expect(ways).toContain('ID');
});

describe.each(adapters)('what $id says has changed', (adapter) => {
  const agencyId = AGENCIES.find((id) => id === adapter.id) ?? 'police';
  let agency: ChangingAgency;
  beforeAll(async () => {
    agency = await openChanging(adapter, demo.agencies[agencyId]);
  });
  afterAll(() => agency?.close());

  const [own = ''] = tablesOf(adapter);
  const table = pg.escapeIdentifier(own);
  const column = pg.escapeIdentifier(adapter.index.reads[0]?.split('.')[1] ?? '');
  /** Writes rows of people, this one's or all, as they are. */
  const write = (clerk: pg.Client, record?: string) =>
    clerk.query(
      `update ${table} set ${column} = ${column} ${record === undefined ? '' : `where ${column} = $1`}`,
      record === undefined ? [] : [record],
    );

  it('is nobody, and the mark the same, while nothing changes', async () => {
    const { changes, db } = agency;
    const mark = await changes.mark(db);
    const { records, mark: next } = await changes.since(db, mark, 10);
    expect(records).toEqual([]);
    expect(next).toBe(mark);
  });

  it('is told once, and the mark goes on', async () => {
    const { changes, db, clerk } = agency;
    const [record = ''] = [...(await feedOf(agency)).keys()];
    const mark = await changes.mark(db);
    await write(clerk, record);
    const told = await toldSince(agency, mark);
    expect([...told.records]).toEqual([record]);
    expect(told.mark).not.toBe(mark);
    expect(await changes.since(db, told.mark, 10)).toEqual({ records: [], mark: told.mark });
    expect([...(await toldSince(agency, mark)).records]).toEqual([record]);
  });

  it.each(tablesOf(adapter))(
    'is everybody whose record differs after any row of %s was written, made or deleted',
    { timeout: 120_000 },
    async (each) => {
      const { changed, untold } = await walkTable(agency, each);
      expect(untold).toEqual([]);
      expect(changed, 'changes that matter').toBeGreaterThan(0);
    },
  );

  it.each(tablesOf(adapter))(
    'would be found wanting if the system no longer minded %s',
    { timeout: 120_000 },
    async (each) => {
      const name = pg.escapeIdentifier(each);
      await agency.clerk.query(`alter table ${name} disable trigger user`);
      const walk = await walkTable(agency, each, { toFirst: true }).finally(() =>
        agency.clerk.query(`alter table ${name} enable trigger user`),
      );
      expect(walk.untold).not.toEqual([]);
    },
  );

  it.each([1, 7, 1000])('comes to an end in pages of %i, and misses nobody', async (limit) => {
    const { changes, db, clerk } = agency;
    const everybody = [...(await feedOf(agency)).keys()];
    const mark = await changes.mark(db);
    await write(clerk);
    const { records, pages } = await toldSince(agency, mark, limit);
    expect([...records].toSorted()).toEqual(everybody.toSorted());
    expect(Math.max(...pages)).toBeLessThanOrEqual(limit);
  });

  it('includes those who change while pages are read', async () => {
    const { changes, db, clerk } = agency;
    const mark = await changes.mark(db);
    await write(clerk);
    const first = await changes.since(db, mark, 5);
    const [again = ''] = first.records;
    await write(clerk, again);
    const rest = await toldSince(agency, first.mark, 5);
    expect(rest.records).toContain(again);
    expect(new Set([...first.records, ...rest.records])).toEqual(new Set((await feedOf(agency)).keys()));
  });

  it.skipIf(adapter.index.changes?.by !== 'ID')(
    'includes what was still being written while later changes were told',
    async () => {
      const { changes, db, clerk } = agency;
      const [slow = '', quick = ''] = [...(await feedOf(agency)).keys()];
      const other = new pg.Client({ connectionString: demo.agencies[agencyId].adminUrl });
      await other.connect();
      const mark = await changes.mark(db);
      await other.query('begin');
      await write(other, slow);
      await write(clerk, quick);
      const first = await toldSince(agency, mark);
      expect([...first.records]).toEqual([quick]);
      await other.query('commit');
      await other.end();
      expect([...(await toldSince(agency, first.mark)).records]).toEqual([slow]);
    },
  );

  it.skipIf(adapter.index.changes?.by !== 'ID')(
    'is everybody in the log after the database was restored elsewhere, where transactions count from the start again',
    async () => {
      const { records } = await toldSince(agency, '1099511627777:1099511627777:');
      const everybody = (await feedOf(agency)).keys();
      expect([...everybody].filter((record) => !records.has(record))).toEqual([]);
    },
  );

  it('is read by id as it is in the whole feed, whoever is asked for, and nobody for one who is gone', async () => {
    const { changes, db } = agency;
    const feed = await feedOf(agency);
    const ids = fc.shuffledSubarray([...feed.keys()]);
    await fc.assert(
      fc.asyncProperty(ids, async (asked) => {
        const read = await changes.records(db, [...asked, 'none'], () => {});
        expect(read.toSorted(byId)).toEqual(asked.map((id) => feed.get(id)).toSorted(byId));
      }),
      { numRuns: 40 },
    );
    expect(await changes.records(db, [...feed.keys()], () => {})).toHaveLength(feed.size);
    expect(await changes.records(db, [], () => {})).toEqual([]);
  });
});

const byId = (one?: { record: string }, other?: { record: string }): number =>
  (one?.record ?? '') < (other?.record ?? '') ? -1 : 1;
