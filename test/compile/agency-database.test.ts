import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AgencyDatabase, AgencyDatabaseOptions } from '../../src/compile/agency-database.ts';
import { AgencyUnavailableError } from '../../src/compile/errors.ts';
import { ask } from './support/ask.ts';
import { openClinic } from './support/clinic-connection.ts';
import { type ClinicDatabase, clinicDatabase } from './support/clinic-database.ts';
import { type Gate, gateTo } from './support/gate.ts';

let clinic: ClinicDatabase;
const opened: AgencyDatabase[] = [];
const gates: Gate[] = [];

beforeAll(async () => {
  clinic = await clinicDatabase();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  await Promise.all(gates.splice(0).map((one) => one.shut()));
});
afterAll(() => clinic.drop());

function open(limits: Partial<AgencyDatabaseOptions> = {}, url = clinic.url): AgencyDatabase {
  const database = openClinic(url, limits);
  opened.push(database);
  return database;
}
async function gate(options?: { open: boolean }): Promise<Gate> {
  const made = await gateTo(clinic.url, options);
  gates.push(made);
  return made;
}
const never = () => new AbortController().signal;
const one = { sql: 'select 1 as one', parameters: [] };
const sleep = { sql: 'select pg_sleep(60)', parameters: [] };

/** Statements of the gateway's that the server is running now. */
async function running(): Promise<string[]> {
  const { rows } = await clinic.sql(
    "select query from pg_stat_activity where datname = $1 and application_name = 'sightline' and state = 'active'",
    [clinic.name],
  );
  return rows.map((row) => row.query);
}

describe('a statement', () => {
  test('gives days and local times as the text that the table holds', async () => {
    const [row] = await open().query(
      {
        sql: "select date '2026-03-29' as day, timestamp '2026-03-29 01:30' as local, 12.50::numeric as pounds",
        parameters: [],
      },
      { signal: never() },
    );
    expect(row).toEqual({ day: '2026-03-29', local: '2026-03-29 01:30:00', pounds: '12.50' });
  });

  test('cannot write', async () => {
    const writing = open().query({ sql: 'create table x (y int)', parameters: [] }, { signal: never() });
    await expect(writing).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      reason: 'FAILED',
      cause: { code: '25006' },
    });
  });

  test('that fails says neither host nor SQL, and leaves the agency up', async () => {
    const database = open({ failuresUntilDown: 1 });
    const failing = database.query(
      { sql: 'select secret_column from nowhere', parameters: [] },
      { signal: never() },
    );
    const error = await failing.catch((caught) => caught);
    expect(error).toBeInstanceOf(AgencyUnavailableError);
    expect(error.message).toBe('clinic could not answer');
    expect(await database.query(one, { signal: never() })).toEqual([{ one: 1 }]);
  });

  test('that is sent again and again is prepared once, under a name', async () => {
    const database = open({ maxConnections: 1 });
    const prepared = { sql: 'select name from pg_prepared_statements', parameters: [] };
    await database.query(one, { signal: never() });
    expect(await database.query(prepared, { signal: never() })).toEqual([]);
    await database.query(one, { signal: never() });
    await database.query(one, { signal: never() });
    expect(await database.query(one, { signal: never() })).toEqual([{ one: 1 }]);
    const names = await database.query(
      { sql: `${prepared.sql} where true`, parameters: [] },
      { signal: never() },
    );
    expect(names).toEqual([{ name: expect.stringMatching(/^[0-9a-f]{40}$/) }]);
  });

  test('goes on after the agency has changed a column', async () => {
    const database = open({ maxConnections: 1 });
    const read = { sql: 'select "UPD" from "T_PERSON" limit 0', parameters: [] };
    for (const _ of [1, 2, 3]) await database.query(read, { signal: never() });
    await clinic.sql('alter table "T_PERSON" alter column "UPD" type text');
    await database.query(read, { signal: never() }).catch(() => {});
    expect(await database.query(read, { signal: never() })).toEqual([]);
  });

  test('of an adapter’s own goes through the same limits', async () => {
    const database = open({ statementTimeoutMs: 1_000 });
    await clinic.sql("insert into \"T_PERSON\" values ('K1', 'Kit', null, null, null, 'N', null)");
    const rows = await database.kysely
      .selectFrom('T_PERSON')
      .select('NAME')
      .where('P_ID', '=', 'K1')
      .execute();
    expect(rows).toEqual([{ NAME: 'Kit' }]);
    const slow = database.kysely
      .selectNoFrom((builder) => builder.fn('pg_sleep', [builder.val(60)]).as('s'))
      .execute();
    await expect(slow).rejects.toMatchObject({ reason: 'TIMED_OUT' });
  });
});

// Seen to fail when StatementRunner does not call cancelStatement(): the server goes on.
describe('cancellation', () => {
  test('reaches the server', async () => {
    const log = clinic.watchLog();
    const database = open();
    const stop = new AbortController();
    const asked = database.query(sleep, { signal: stop.signal });
    await vi.waitFor(async () => expect(await running()).toEqual([sleep.sql]));
    stop.abort();
    await expect(asked).rejects.toBeInstanceOf(AgencyUnavailableError);
    await vi.waitFor(async () => expect(await running()).toEqual([]));
    const logged = log();
    if (logged) expect(logged.join('\n')).toContain('canceling statement due to user request');
    expect(database.state()).toBe('UP');
  });

  test('of a request stops all its statements', async () => {
    const database = open();
    const blocker = new pg.Client({ connectionString: clinic.url });
    await blocker.connect();
    await blocker.query('begin; lock table "T_PERSON", "T_VISIT" in access exclusive mode');
    const stop = new AbortController();
    const asked = ask(database, '{ profile(keys: ["P1"]) { name } visits(keys: ["P1"]) { any } }', {
      signal: stop.signal,
    });
    await vi.waitFor(async () => expect(await running()).toHaveLength(2));
    stop.abort();
    await expect(asked).rejects.toBeInstanceOf(AgencyUnavailableError);
    await vi.waitFor(async () => expect(await running()).toEqual([]));
    await blocker.end();
    expect((await ask(database, '{ profile(keys: ["K9"]) { name } }')).data.profile).toEqual([
      { name: null },
    ]);
  });

  test('before anything is sent sends nothing', async () => {
    const database = open();
    await expect(database.query(sleep, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      AgencyUnavailableError,
    );
    expect(await running()).toEqual([]);
  });
});

describe('limits', () => {
  test('a statement that takes too long is ended, here and at the server', async () => {
    const database = open({ statementTimeoutMs: 1_000 });
    await expect(database.query(sleep, { signal: never() })).rejects.toMatchObject({ reason: 'TIMED_OUT' });
    await vi.waitFor(async () => expect(await running()).toEqual([]));
    expect(await database.query(one, { signal: never() })).toEqual([{ one: 1 }]);
  });

  test('when enough statements wait for a connection, the next is refused at once', async () => {
    const database = open({ maxConnections: 1, queueLimit: 2 });
    const stop = new AbortController();
    const slow = database.query(sleep, { signal: stop.signal }).catch(() => {});
    await vi.waitFor(async () => expect(await running()).toEqual([sleep.sql]));
    const waiting = [1, 2].map(() => database.query(one, { signal: never() }));
    await vi.waitFor(async () => {
      await expect(database.query(one, { signal: never() })).rejects.toMatchObject({
        cause: { code: 'QUEUE_FULL' },
      });
    });
    stop.abort();
    await slow;
    expect(await Promise.all(waiting)).toEqual([[{ one: 1 }], [{ one: 1 }]]);
  });

  test('a statement that gives up waiting for a connection leaves it to the next', async () => {
    const database = open({ maxConnections: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const slow = database.query(sleep, { signal: first.signal }).catch(() => {});
    await vi.waitFor(async () => expect(await running()).toEqual([sleep.sql]));
    const waiting = database.query(one, { signal: second.signal });
    second.abort();
    await expect(waiting).rejects.toBeInstanceOf(AgencyUnavailableError);
    first.abort();
    await slow;
    expect(await database.query(one, { signal: never() })).toEqual([{ one: 1 }]);
  });
});

describe('an agency that is not there', () => {
  const quick = { failuresUntilDown: 2, probeEveryMs: 20, statementTimeoutMs: 10_000 };

  test('at the start is down for everybody, and found when it comes', async () => {
    const door = await gate({ open: false });
    const database = open(quick, door.url);
    expect(database.state()).toBe('STARTING');
    const error = await database.query(one, { signal: never() }).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', reason: 'FAILED' });
    expect(error.message).not.toMatch(/127|refused/i);
    expect(database.state()).toBe('DOWN');
    await door.open();
    await vi.waitFor(() => expect(database.state()).toBe('UP'));
    expect(await database.query(one, { signal: never() })).toEqual([{ one: 1 }]);
  });

  test('any more is known to be down after a few failures, and known to be back', async () => {
    const door = await gate();
    const database = open({ ...quick, probeEveryMs: 60_000 }, door.url);
    expect(await database.query(one, { signal: never() })).toEqual([{ one: 1 }]);
    await door.shut();
    await vi.waitFor(async () => {
      await expect(database.query(one, { signal: never() })).rejects.toMatchObject({ reason: 'FAILED' });
      expect(database.state()).toBe('DOWN');
    });
    await door.open();
    // The next probe is a minute away: until then the answer is known without asking.
    await expect(database.query(one, { signal: never() })).rejects.toMatchObject({ cause: undefined });
  });

  test('and comes back is asked again', async () => {
    const door = await gate();
    const database = open(quick, door.url);
    await database.query(one, { signal: never() });
    await door.shut();
    await vi.waitFor(async () => {
      await expect(database.query(one, { signal: never() })).rejects.toBeInstanceOf(AgencyUnavailableError);
      expect(database.state()).toBe('DOWN');
    });
    await door.open();
    await vi.waitFor(() => expect(database.state()).toBe('UP'));
    expect(await database.query(one, { signal: never() })).toEqual([{ one: 1 }]);
  });

  test('in the middle of a statement fails that statement and nothing else', async () => {
    const door = await gate();
    const database = open(quick, door.url);
    const asked = database.query(sleep, { signal: never() });
    const failed = expect(asked).rejects.toMatchObject({ reason: 'FAILED' });
    await vi.waitFor(async () => expect(await running()).toEqual([sleep.sql]));
    await door.shut();
    await failed;
    await clinic.sql(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and query = $2',
      [clinic.name, sleep.sql],
    );
  });

  test('and only too slow, again and again, is down too', async () => {
    const database = open({ failuresUntilDown: 2, statementTimeoutMs: 1_000, probeEveryMs: 60_000 });
    for (const _ of [1, 2]) {
      await expect(database.query(sleep, { signal: never() })).rejects.toMatchObject({ reason: 'TIMED_OUT' });
    }
    await expect(database.query(one, { signal: never() })).rejects.toMatchObject({
      reason: 'TIMED_OUT',
      cause: undefined,
    });
    expect(database.state()).toBe('DOWN');
  });
});
