/** What a MariaDB is asked, and what it must not be able to change: keys, codes, sessions, limits, and the words for what is wrong. */
import { buildASTSchema, parse } from 'graphql';
import { sql } from 'kysely';
import { createConnection, type Connection as PlainConnection } from 'mysql2';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type AnyAdapter, defineAdapter, hasCode, onlyWhere, wordsOf } from '../../adapters/contract.ts';
import { failureOf, failureWords } from '../../src/compile/dialects/failure.ts';
import { mysql } from '../../src/compile/dialects/mysql/mysql.ts';
import { makeOurs } from '../../src/compile/dialects/mysql/session.ts';
import { withHelperFields } from '../../src/compile/plan/helper-fields.ts';
import type { AgencyDatabase, AgencyDatabaseOptions } from '../../src/compile/run/agency-database.ts';
import { releasing } from '../../src/conformance/releasing.ts';
import { type MariaDatabase, makeMaria, mariaServer } from '../support/mariadb.ts';
import { ask } from './support/ask.ts';
import { openClinic } from './support/clinic-connection.ts';

interface Tables {
  'care.CLIENT': { ID: string; STATUS: string | null; NAME: string | null };
  'care.NOTE': { NO: number; ID: string; ON_DT: string | null };
}
const { source, text, list, value, day, code } = wordsOf<Tables>();

/** An agency whose tables stand in a schema of their own, which it names. */
const agencyIn = (schema: string): AnyAdapter => {
  const named = (name: string) => name.replace('care', schema) as never;
  const client = source({
    table: named('care.CLIENT'),
    person: named('care.CLIENT.ID'),
    record: [named('care.CLIENT.ID'), named('care.CLIENT.NAME')],
    rows: { open: onlyWhere('Open ones.', hasCode(named('care.CLIENT.STATUS'), ['OP'])) },
  });
  const note = source({
    table: named('care.NOTE'),
    join: [{ table: named('care.CLIENT'), on: [named('care.CLIENT.ID'), named('care.NOTE.ID')] }],
    person: named('care.CLIENT.ID'),
    record: [named('care.NOTE.NO')],
    newestFirst: day(named('care.NOTE.ON_DT') as 'care.NOTE.ON_DT', 'DD/MM/YYYY'),
  });
  return defineAdapter<Tables>({
    ...{ id: 'clinic', name: 'Clinic', dialects: ['mysql', 'postgres'], nhsBody: false, coverage: 'All' },
    ...{ contact: { desk: 'Desk' }, desks: {}, serviceKinds: [] },
    sections: {
      profile: {
        names: list(client, { name: text(named('care.CLIENT.NAME') as 'care.CLIENT.NAME') }),
        notes: list(note, { on: day(named('care.NOTE.ON_DT') as 'care.NOTE.ON_DT', 'DD/MM/YYYY') }),
        newest: value(note, day(named('care.NOTE.ON_DT') as 'care.NOTE.ON_DT', 'DD/MM/YYYY')),
        status: value(client, code(named('care.CLIENT.STATUS') as 'care.CLIENT.STATUS', { OP: 'OPEN' })),
      },
    },
    index: { reads: [], page: async () => [] },
    reference: {
      ...{ description: 'none', form: /^$/, reads: [], staffNumbers: ['care.CLIENT.ID'] },
      ...{ find: async () => null, caseload: async () => [] },
    },
  });
};
const schemaOf = (adapter: AnyAdapter) =>
  buildASTSchema(
    withHelperFields(
      parse(`
        scalar Date
        type Query { profile(keys: [ID!]!): [Profile]! }
        type Profile { names: [Name!] notes(first: Int): [Note!] newest: Date status: String }
        type Name { name: String }
        type Note { on: Date }`),
      adapter,
    ),
  );

const HOSTILE = `set session sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,PAD_CHAR_TO_FULL_LENGTH,NO_BACKSLASH_ESCAPES,HIGH_NOT_PRECEDENCE',
  session time_zone = '-05:00', session sql_select_limit = 1, session max_join_size = 1, session sql_big_selects = 0,
  session group_concat_max_len = 4, session div_precision_increment = 0, session max_sort_length = 8,
  session timestamp = 1000000, session lc_time_names = 'de_DE', session sql_auto_is_null = 1, session autocommit = 0,
  session max_statement_time = 0, session old_mode = 'NO_PROGRESS_INFO', session default_week_format = 7`;

describe.skipIf(mariaServer() === null)('an agency on MariaDB', () => {
  let maria: MariaDatabase;
  let schema: string;
  const opened: AgencyDatabase[] = [];
  const plain: PlainConnection[] = [];

  beforeAll(async () => {
    maria = await makeMaria();
    schema = maria.name;
    await maria.admin.query(
      'create table CLIENT (ID varchar(10), STATUS char(4), NAME varchar(20), key (ID)) collate utf8mb4_general_ci',
    );
    await maria.admin.query(
      'create table NOTE (NO int primary key, ID varchar(10), ON_DT varchar(10), key (ID)) collate utf8mb4_general_ci',
    );
    await maria.admin.query('insert into CLIENT values ?', [
      [
        ...[
          ['op', 'OP', 'small'],
          ['OP', 'op ', 'capitals'],
          ['OP  ', ' Op', 'padded'],
          ['óp', 'CL', 'accent'],
        ],
        ...[
          ['x1', 'OP\t', 'tab'],
          ['x2', 'O\u0131', 'dotless'],
          ['x3', '\u00a0OP', 'hard blank'],
        ],
      ],
    ]);
    await maria.admin.query('insert into NOTE values ?', [
      [
        ...[
          [1, 'op', '01/02/2026'],
          [2, 'op', '31/12/2025'],
        ],
        ...[
          [3, 'OP', '05/01/2024'],
          [4, 'OP  ', '06/01/2024'],
        ],
      ],
    ]);
    for (const table of ['CLIENT', 'NOTE'])
      await maria.admin.query(`grant select on \`${table}\` to \`${maria.name}\`@'%'`);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
    for (const one of plain.splice(0)) one.destroy();
  });
  afterAll(() => maria?.drop());

  const open = (limits: Partial<AgencyDatabaseOptions> = {}, url = maria.url): AgencyDatabase => {
    const database = openClinic(url, limits);
    opened.push(database);
    return database;
  };
  const eventually = <T>(work: () => T | Promise<T>) => vi.waitFor(work, { timeout: 30_000 });
  const never = () => new AbortController().signal;
  const one = { sql: 'select 1 as one', parameters: [] };
  const asking = (document: string) => {
    const adapter = agencyIn(schema);
    return ask(open(), document, { adapter, schema: schemaOf(adapter) });
  };
  const running = async (): Promise<string[]> => {
    const [rows] = await maria.admin.query('select info from information_schema.processlist where user = ?', [
      maria.name,
    ]);
    return (rows as { info: string | null }[]).flatMap(({ info }) => info ?? []);
  };

  test('gives everybody their own rows, where all of their numbers are one to its column', async () => {
    const keys = ['op', 'OP', 'OP  ', 'óp', 'Op'];
    const { data } = await asking(
      `{ profile(keys: ${JSON.stringify(keys)}) { key names { name } notes { on } newest } }`,
    );
    expect(data.profile).toEqual([
      {
        key: 'op',
        names: [{ name: 'small' }],
        notes: [{ on: '2026-02-01' }, { on: '2025-12-31' }],
        newest: '2026-02-01',
      },
      { key: 'OP', names: [{ name: 'capitals' }], notes: [{ on: '2024-01-05' }], newest: '2024-01-05' },
      { key: 'OP  ', names: [{ name: 'padded' }], notes: [{ on: '2024-01-06' }], newest: '2024-01-06' },
      { key: 'óp', names: [{ name: 'accent' }], notes: [], newest: null },
      { key: 'Op', names: [], notes: [], newest: null },
    ]);
  });

  test('counts each one’s rows by themselves, where a list has an end', async () => {
    const { data } = await asking('{ profile(keys: ["op", "OP"]) { notes(first: 1) { on } } }');
    expect(data.profile).toEqual([{ notes: [{ on: '2026-02-01' }] }, { notes: [{ on: '2024-01-05' }] }]);
  });

  test('reads codes as decoders do: case and blanks are nothing, and a letter of another alphabet is another', async () => {
    const keys = ['op', 'OP', 'OP  ', 'óp', 'x1', 'x2', 'x3'];
    const adapter = agencyIn(schema);
    const decisions = releasing({ profile: { rows: { open: true } } });
    const { data } = await ask(open(), `{ profile(keys: ${JSON.stringify(keys)}) { names { name } } }`, {
      ...{ adapter, schema: schemaOf(adapter) },
      of: () => ({ decisions, placeShield: false }),
    });
    expect(data.profile.map(({ names }: { names: unknown[] }) => names.length)).toEqual([
      1, 1, 1, 0, 1, 0, 1,
    ]);
  });

  test('compares what an adapter’s own statement binds to the byte, and keys with keys', async () => {
    const db = open().kysely;
    const by = (ids: string[]) =>
      db.selectFrom('CLIENT').select('NAME').where('ID', 'in', ids).orderBy('NAME').execute();
    expect(await by(['OP'])).toEqual([{ NAME: 'capitals' }]);
    expect(await by(['OP', 'op '])).toEqual([{ NAME: 'capitals' }]);
    const tied = await db
      .selectFrom('NOTE')
      .innerJoin('CLIENT', 'CLIENT.ID', 'NOTE.ID')
      .select(['NOTE.NO', 'CLIENT.NAME'])
      .where('NOTE.ID', '=', 'OP')
      .execute();
    expect(tied).toEqual([{ NO: 3, NAME: 'capitals' }]);
  });

  test('sends one statement for each table, with the same text for three people and for four', async () => {
    const text = async (keys: string[]) =>
      (
        await asking(`{ profile(keys: ${JSON.stringify(keys)}) { names { name } notes { on } } }`)
      ).statements.map(({ sql }) => sql);
    const [three, four] = [await text(['op', 'OP', 'x1']), await text(['op', 'OP', 'x1', 'x2'])];
    expect(three).toHaveLength(2);
    expect(three).toEqual(four);
  });

  test('finds rows by their index, and does not look at the others', async () => {
    await maria.admin.query(
      "insert into CLIENT select concat('K', seq), 'CL', concat('N', seq) from seq_1_to_20000",
    );
    await maria.admin.query('analyze table CLIENT');
    const { statements } = await asking('{ profile(keys: ["op", "OP"]) { names { name } status } }');
    const [sent] = statements;
    const [plan] = await maria.admin.execute(`explain ${sent?.sql}`, [
      ...(sent?.parameters ?? []),
    ] as string[]);
    const read = (plan as { table: string; type: string; rows: string }[]).filter(
      ({ table }) => table === 'CLIENT',
    );
    expect(read.map(({ type, rows }) => [type === 'ALL', Number(rows) < 100])).toEqual([[false, true]]);
    await maria.admin.query("delete from CLIENT where ID like 'K%'");
  });

  test('does not write, whatever the statement', async () => {
    const writing = open().query({ sql: 'delete from CLIENT', parameters: [] }, { signal: never() });
    await expect(writing).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', reason: 'FAILED' });
    await maria.admin.query(`grant delete on CLIENT to \`${maria.name}\`@'%'`);
    const allowed = open().query({ sql: 'delete from CLIENT', parameters: [] }, { signal: never() });
    await expect(allowed).rejects.toMatchObject({
      cause: { code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION' },
    });
    await maria.admin.query(`revoke delete on CLIENT from \`${maria.name}\`@'%'`);
  });

  /** Does not look whether anybody still waits for it, as one that sleeps would. */
  const ENDLESS = "select benchmark(1000000000000, md5('x')) as b";

  test('is told to stop a statement whose asker has gone, long before its time is up', async () => {
    const database = open({ statementTimeoutMs: 50_000 });
    const gone = new AbortController();
    const asked = database.query({ sql: ENDLESS, parameters: [] }, { signal: gone.signal });
    const ended = expect(asked).rejects.toMatchObject({ reason: 'FAILED' });
    await eventually(async () => expect((await running()).join()).toContain('benchmark'));
    gone.abort();
    await ended;
    await eventually(async () => expect((await running()).join()).not.toContain('benchmark'));
    expect(database.state()).toBe('UP');
  });

  test('is told to stop a statement of a feed whose time here is up, and that it gave more', async () => {
    const feed = open().feed({ statementMs: 700, signal: never() });
    const asked = sql.raw(ENDLESS).execute(feed);
    await expect(asked).rejects.toMatchObject({ reason: 'TIMED_OUT' });
    await eventually(async () => expect((await running()).join()).not.toContain('benchmark'));
  });

  test('ends a statement by itself where the gateway cannot say so', async () => {
    const database = open({ statementTimeoutMs: 500 });
    const [row] = await database.query(
      { sql: 'select @@session.max_statement_time as seconds', parameters: [] },
      { signal: never() },
    );
    expect(Number(row?.seconds)).toBe(0.5);
    const pool = mysql.connect(
      { url: maria.url, statementTimeoutMs: 500, maxConnections: 1 },
      { of: 'REQUESTS', queueLimit: 1, lost: () => {} },
    );
    const error = await pool
      .run({ sql: 'select sleep(60) as s', parameters: [] }, never())
      .catch((one) => one);
    await pool.close();
    expect([failureOf(error).reason, failureWords(error)]).toEqual([
      'TIMED_OUT',
      'it did not answer in time',
    ]);
  });

  test('whose answer is larger than is taken in is stopped, and it is up all the same', async () => {
    const database = open({ failuresUntilDown: 1 });
    const large = {
      sql: "select repeat('x', 1000000) as x from CLIENT a, CLIENT b, CLIENT c",
      parameters: [],
    };
    await expect(database.query(large, { signal: never() })).rejects.toMatchObject({ reason: 'TOO_LARGE' });
    expect(await database.query(one, { signal: never() })).toEqual([{ one: 1 }]);
    expect(database.state()).toBe('UP');
  });

  test('refuses whoever would be one too many in the queue', async () => {
    const database = open({ maxConnections: 1, queueLimit: 1, statementTimeoutMs: 20_000 });
    await database.query(one, { signal: never() });
    const stop = new AbortController();
    const asked = [1, 2, 3].map(() =>
      database.query({ sql: 'select sleep(20) as s', parameters: [] }, { signal: stop.signal }),
    );
    await expect(asked[2]).rejects.toMatchObject({ cause: { code: 'QUEUE_FULL' } });
    stop.abort();
    await Promise.allSettled(asked);
  });

  test('is answered where it has ended every idle connection, and nobody has noticed yet', async () => {
    const database = open({ maxConnections: 2 });
    const both = () => Promise.all([1, 2].map(() => database.query(one, { signal: never() })));
    await both();
    const [rows] = await maria.admin.query('select id from information_schema.processlist where user = ?', [
      maria.name,
    ]);
    for (const { id } of rows as { id: number }[]) await maria.admin.query(`kill ${id}`);
    expect(await both()).toEqual([[{ one: 1 }], [{ one: 1 }]]);
    expect(database.state()).toBe('UP');
  });

  test.each([
    [
      'its database refuses the login or the password',
      (url: URL) => Object.assign(url, { password: 'wrong' }),
    ],
    [
      'the login may not use a database of this name, or there is none',
      (url: URL) => Object.assign(url, { pathname: '/nowhere' }),
    ],
    ['nothing listens at its address', (url: URL) => Object.assign(url, { port: '9' })],
  ])('that cannot be reached is down, and why is said: %s', async (words, change) => {
    const database = open({}, change(new URL(maria.url)).href);
    await eventually(() => expect([database.state(), database.why()]).toEqual(['DOWN', words]));
  });

  test.each([
    ['the login may not read what the adapter reads', 'select * from SECRET'],
    ['a column that the adapter reads is not there', 'select NOBODY from CLIENT'],
    ['a table that the adapter reads is not there; its address names the database', 'select 1 from CLIENTS'],
  ])('that refuses a statement is up, and why is said: %s', async (words, text) => {
    await maria.admin.query('create table if not exists SECRET (X int)');
    if (text.includes('CLIENTS'))
      await maria.admin.query(`grant select on \`${maria.name}\`.* to \`${maria.name}\`@'%'`);
    const database = open({ failuresUntilDown: 1 });
    const asked = database.query({ sql: text, parameters: [] }, { signal: never() });
    await expect(asked).rejects.toMatchObject({ reason: 'FAILED', why: words });
    expect(database.state()).toBe('UP');
    await maria.admin
      .query(`revoke select on \`${maria.name}\`.* from \`${maria.name}\`@'%'`)
      .catch(() => {});
  });

  test('is asked in sessions that are ours, whatever it makes of them', async () => {
    const connection = createConnection({
      ...{ uri: maria.url, charset: 'latin1_swedish_ci', dateStrings: true },
      ...{ supportBigNumbers: true, bigNumberStrings: true },
    });
    plain.push(connection);
    const say = (text: string) =>
      new Promise<Record<string, unknown>[]>((resolve, reject) =>
        connection.query(text, (error, rows) => (error ? reject(error) : resolve(rows as never))),
      );
    await say(HOSTILE);
    await say('set names latin1');
    await makeOurs(connection, 5_000);
    const names = [
      'sql_mode',
      'time_zone',
      'sql_select_limit',
      'max_sort_length',
      'autocommit',
      'tx_read_only',
      'max_statement_time',
    ];
    const [read] = await say(`select ${names.map((name) => `@@session.${name} as ${name}`).join(', ')}`);
    expect(Object.values(read ?? {}).map(String)).toEqual([
      'STRICT_ALL_TABLES',
      '+00:00',
      '18446744073709551615',
      '1024',
      '1',
      '1',
      '5',
    ]);
    expect(await say(`select "NAME" as name, 'é' as e, 'a' = 'A' as alike from CLIENT`)).toHaveLength(7);
    expect(await say('select year(now()) > 2020 as now')).toEqual([{ now: 1 }]);
    await expect(say('insert into CLIENT values (1, 1, 1)')).rejects.toThrow();
  });

  test('whose sessions somebody shares is refused, and which settings are not kept is said', async () => {
    const connection = createConnection(maria.url);
    plain.push(connection);
    // As behind a pooler that lends a connection for one statement: every question meets a session of its own.
    const shared = Object.create(connection, {
      query: {
        value: (asked: never, done: never) =>
          connection.query("set session time_zone = '-05:00'", () => connection.query(asked, done)),
      },
    });
    await expect(makeOurs(shared, 1_000)).rejects.toMatchObject({
      code: 'SESSION_REFUSED',
      message: expect.stringMatching(/does not keep time_zone .*pooler/),
    });
  });
});
