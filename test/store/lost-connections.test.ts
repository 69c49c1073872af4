/** The own store's server was restarted while connections were idle: who asks next is answered. */

import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/store.ts';
import { cloneDatabase } from '../support/postgres.ts';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let store: Store;
beforeEach(async () => {
  database = await cloneDatabase('template1');
  store = openStore(database.url, { connections: 3, connectTimeoutMs: 10_000 });
  await sql`create table counted (n int)`.execute(store.db);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const three = <T>(ask: () => Promise<T>) => Promise.all([1, 2, 3].map(ask));
const read = () => sql<{ one: number }>`select 1 as one`.execute(store.db).then(({ rows }) => rows);

/** Ends the store's idle connections; what the server says of it waits unread. */
async function endIdle(): Promise<void> {
  const killer = new pg.Client({ connectionString: database.url });
  await killer.connect();
  const ended = killer.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'sightline'",
  );
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  void ended.then(() => killer.end());
}

test('a question, and a transaction that had not begun, are asked again on a new connection', async () => {
  await three(read);
  await endIdle();
  expect(await three(read)).toEqual([[{ one: 1 }], [{ one: 1 }], [{ one: 1 }]]);
  await endIdle();
  const write = () =>
    store.db.transaction().execute((within) => sql`insert into counted values (1)`.execute(within));
  await three(write);
  expect((await sql`select from counted`.execute(store.db)).rows).toHaveLength(3);
});

test('what may have been written is not written twice', async () => {
  await three(read);
  await endIdle();
  const writes = await Promise.allSettled(
    [1, 2, 3].map(() => sql`insert into counted values (1)`.execute(store.db)),
  );
  const { rows } = await sql`select from counted`.execute(store.db);
  expect(rows).toHaveLength(writes.filter(({ status }) => status === 'fulfilled').length);
});
