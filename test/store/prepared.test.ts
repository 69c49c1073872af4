/** What requests send to the own store again and again is planned once a connection. */

import { CompiledQuery, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepared } from '../../src/store/prepared.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { cloneDatabase } from '../support/postgres.ts';

const READ = prepared('select value, $1::text as asked from changing');

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let store: Store;
beforeEach(async () => {
  database = await cloneDatabase('template1');
  store = openStore(database.url, { connections: 1, connectTimeoutMs: 10_000 });
  await sql`create table changing (value int)`.execute(store.db);
  await sql`insert into changing values (1)`.execute(store.db);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const read = async (asked: string) =>
  (await store.db.executeQuery(CompiledQuery.raw(READ, [asked]))).rows as object[];
const onConnection = async () =>
  (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(store.db)).rows;

test('a text of the code is prepared once, whatever its values, and no other text is', async () => {
  expect(await read('one')).toEqual([{ value: 1, asked: 'one' }]);
  expect(await read('other')).toEqual([{ value: 1, asked: 'other' }]);
  expect(await onConnection()).toEqual([{ statement: READ }]);
});

test('a column that another gateway has changed since is read as it is now', async () => {
  await read('before');
  await sql`alter table changing alter column value type text`.execute(store.db);
  expect(await read('after')).toEqual([{ value: '1', asked: 'after' }]);
  expect(await read('again')).toEqual([{ value: '1', asked: 'again' }]);
});

test('what the server has forgotten is planned anew', async () => {
  await read('before');
  await sql`deallocate all`.execute(store.db);
  expect(await read('after')).toEqual([{ value: 1, asked: 'after' }]);
});
