/** What a session does that is not as it was set up, and where a store's tables lie. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOurs, schemaOf } from '../../src/session.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/store.ts';
import { cloneDatabase } from '../support/postgres.ts';
import { rows } from '../support/rows.ts';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
beforeEach(async () => {
  database = await cloneDatabase('template1');
});
afterEach(() => database.drop());

test('a session that its server changes ends, and nothing that comes after the change is taken', async () => {
  const store = openStore(database.url, { connections: 1, connectTimeoutMs: 10_000 });
  const day = () => sql<{ day: string }>`select '2026-03-01'::timestamptz::text as day`.execute(store.db);
  expect((await day()).rows).toEqual([{ day: '2026-03-01 00:00:00+00' }]);
  await expect(sql`select set_config('datestyle', 'German', false)`.execute(store.db)).rejects.toThrow();
  expect((await day()).rows).toEqual([{ day: '2026-03-01 00:00:00+00' }]);
  await store.close();
});

test('a session whose settings somebody shares is refused, and which they are is said', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // As behind a pooler that lends a connection for one transaction: every question meets a session of its own.
  const shared = Object.create(client, {
    query: {
      value: async (asked: pg.QueryConfig) => client.query('reset all').then(() => client.query(asked)),
    },
  });
  const ours = makeOurs(shared, { schema: 'public', readOnly: false, statementMs: 1_000 });
  await expect(ours).rejects.toMatchObject({
    code: 'SESSION_REFUSED',
    message: expect.stringMatching(/does not keep .*statement_timeout.* pooler/),
  });
  await client.end();
});

test('a store in a schema that its address does not name is not overlooked for a new, empty one', async () => {
  await rows(database.url, 'create schema care', []);
  const named = `${database.url}?schema=care`;
  expect((await migrate(named)).length).toBeGreaterThan(0);
  await expect(migrate(database.url)).rejects.toThrow(
    /schema care: name it in DATABASE_URL, as \?schema=care/,
  );
  expect(await migrate(named)).toEqual([]);
});

test.each([
  ['postgres://host/db', 'public'],
  ['postgres://host/db?schema=care', 'care'],
  ['postgres://host/db?options=-c%20search_path%3Dcare', 'care'],
  ['postgres://host/db?sslmode=require&schema=', 'public'],
])('%s means the schema %s', (url, schema) => {
  expect(schemaOf(url)).toBe(schema);
});
