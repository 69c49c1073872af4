/** A feed that its agency's own database says is as it was is not read again; whatever has changed in it is. */
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { IndexSource } from '../../adapters/contract.ts';
import { refreshIndex } from '../../src/person-index/feed/refresh-index.ts';
import { SILENT } from '../support/silent-log.ts';
import { indexRecord } from './index-records.ts';
import { ALL, KEYS, minutesAfter, NOW, openWorld, type World } from './world.ts';

let world: World;
let read: number;
beforeAll(async () => {
  world = await openWorld();
  await sql`create table "PERSON" ("ID" text primary key, "NAME" char(40), "SEEN" text)`.execute(world.store);
  await sql`create table "ALIAS" ("ID" text, "NAME" text)`.execute(world.store);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.empty();
  await sql`truncate "PERSON", "ALIAS"`.execute(world.store);
  await sql`insert into "PERSON" values ('1', 'Maya Kerr', 'a'), ('2', 'Joan Hale', 'b')`.execute(
    world.store,
  );
  await sql`insert into "ALIAS" values ('1', 'May Kerr')`.execute(world.store);
  read = 0;
});

const source = {
  reads: ['PERSON.ID', 'PERSON.NAME', 'ALIAS.ID', 'ALIAS.NAME'],
  async page(db: Kysely<unknown>, after: string | null, limit: number) {
    read += 1;
    const { rows } = await sql<{ ID: string; NAME: string }>`
      select "ID", "NAME" from "PERSON" where "ID" > ${after ?? ''} order by "ID" limit ${limit}`.execute(db);
    return rows.map(({ ID, NAME }) => indexRecord({ record: ID, name: NAME.trim() }));
  },
} as unknown as IndexSource<unknown>;
const pass = async (minutes = 0, share = ALL) => {
  read = 0;
  const found = await refreshIndex({
    ...{ store: world.store, db: world.store as never, agency: 'police', source, share, keys: KEYS },
    ...{ log: SILENT, now: () => minutesAfter(minutes), intervalMs: 30_000 },
  });
  return { ...found, read: read > 0 };
};
const NOTHING = { records: 0, changed: 0, removed: 0, read: false };

it('nothing is read where nothing has changed, and the feed is as fresh as if it had been', async () => {
  await pass();
  expect(await pass(1)).toEqual(NOTHING);
  const [feed] = await world.rows<{ as_of: Date }>('index_feed');
  expect(feed?.as_of).toEqual(minutesAfter(1));
});

it.each([
  ['a name', `update "PERSON" set "NAME" = 'Maya Kerry' where "ID" = '1'`, { changed: 1, removed: 0 }],
  [
    'the names of two, one for the other',
    `update "PERSON" set "NAME" = case "ID" when '1' then 'Joan Hale' else 'Maya Kerr' end`,
    { changed: 2, removed: 0 },
  ],
  ['somebody who came', `insert into "PERSON" values ('3', 'Tom Reed', '')`, { changed: 1, removed: 0 }],
  ['a row of another table', `update "ALIAS" set "NAME" = 'M Kerr'`, { changed: 0, removed: 0 }],
  ['a row that is there twice', `insert into "ALIAS" select * from "ALIAS"`, { changed: 0, removed: 0 }],
  ['a name that became empty', `update "ALIAS" set "NAME" = null`, { changed: 0, removed: 0 }],
])('%s is seen by the next pass', async (_, change, expected) => {
  await pass();
  await sql.raw(change).execute(world.store);
  expect(await pass(1)).toMatchObject({ ...expected, read: true });
  expect(await pass(2)).toEqual(NOTHING);
});

it('somebody who is gone is gone with the next pass', async () => {
  await sql`insert into "PERSON" select n::text, 'Anna Bell', '' from generate_series(3, 9) n`.execute(
    world.store,
  );
  await pass();
  await sql`delete from "PERSON" where "ID" = '9'`.execute(world.store);
  expect(await pass(1)).toMatchObject({ changed: 0, removed: 1, read: true });
});

it('a cell that the feed does not read changes nothing', async () => {
  await pass();
  await sql`update "PERSON" set "SEEN" = 'c'`.execute(world.store);
  expect(await pass(1)).toEqual(NOTHING);
});

it('a new day reads everything, since ends come with it; so do six hours, and a policy that shares other things', async () => {
  await pass();
  expect((await pass(5 * 60)).read).toBe(false);
  expect((await pass(6 * 60)).read).toBe(true);
  expect((await pass(11 * 60)).read).toBe(false);
  expect((await pass(11 * 60 + 1, ['names'])).read).toBe(true);
  expect((await pass(11 * 60 + 2, ['names'])).read).toBe(false);
  // 00:05 in London.
  expect(minutesAfter(21 * 60 + 5, NOW).toISOString()).toBe('2026-03-02T00:05:00.000Z');
  await pass(16 * 60, ['names']);
  await pass(20 * 60 + 59, ['names']);
  expect((await pass(21 * 60 + 5, ['names'])).read).toBe(true);
});
