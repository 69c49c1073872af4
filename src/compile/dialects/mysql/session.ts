import type { Connection } from 'mysql2';
import { SessionRefusedError } from '../../../session.ts';

/**
 * Every session with a MariaDB or MySQL is set up as we need it, whatever its server, database or login would have: each
 * setting that changes which bytes come back, how a text is read or compared, which rows are there, how long anything may
 * take, and that nothing is written. Set when a connection is made, and checked at once.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  // How a statement is read: quotes, `||`, blanks, division; no mode but that no value is bent to fit.
  sql_mode: 'STRICT_ALL_TABLES',
  sql_auto_is_null: '0',
  div_precision_increment: '4',
  default_week_format: '0',
  lc_time_names: 'en_US',
  // What comes back.
  time_zone: '+00:00',
  group_concat_max_len: '1048576',
  // Which rows are there, and in which order.
  sql_select_limit: '18446744073709551615',
  max_join_size: '18446744073709551615',
  sql_big_selects: '1',
  max_sort_length: '1024',
  // Each statement by itself.
  autocommit: '1',
  wait_timeout: '28800',
};
/** Beside these, in milliseconds and seconds. */
const MYSQL_TIME = 'max_execution_time';
const MARIADB_TIME = 'max_statement_time';
const MARIADB: Readonly<Record<string, string>> = { old_mode: '', idle_transaction_timeout: '0' };
/** What rows were at another time, and what the clock would say, are nobody's to set. */
const AS_USUAL = ['timestamp'];
const MARIADB_AS_USUAL = ['system_versioning_asof'];

const CHARACTERS: Readonly<Record<string, string>> = {
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  character_set_results: 'utf8mb4',
  collation_connection: 'utf8mb4_bin',
};

/** Specimens of what comes back, each by the settings that it depends on. */
const SPECIMENS: readonly (readonly [settings: string, sql: string, text: string])[] = [
  ['time_zone', `cast(from_unixtime(0) as char)`, '1970-01-01 00:00:00'],
  ['character_set_client', `hex('é')`, 'C3A9'],
  ['collation_connection', `cast('a' = 'A' as char)`, '0'],
  ['sql_mode', `"a"`, 'a'],
  ['sql_mode', `cast('2' || '0' as char)`, '1'],
  ['timestamp', `cast(abs(timestampdiff(second, now(), sysdate())) < 60 as char)`, '1'],
];

/** Milliseconds for each step: a server that hangs must not keep the connection for good. */
const ANSWER_MS = 15_000;

/**
 * Sets a new connection up.
 * @throws SessionRefusedError, or the driver's own error
 */
export async function makeOurs(connection: Connection, statementMs: number): Promise<void> {
  const [about] = await ask(connection, 'select version() as version');
  const isMariaDb = /mariadb/i.test(String(about?.version));
  const wanted: Record<string, string> = {
    ...SETTINGS,
    ...(isMariaDb ? MARIADB : {}),
    ...(isMariaDb ? { [MARIADB_TIME]: String(statementMs / 1000) } : { [MYSQL_TIME]: String(statementMs) }),
  };
  const usual = [...AS_USUAL, ...(isMariaDb ? MARIADB_AS_USUAL : [])];
  const set = [
    ...Object.entries(wanted).map(([name, value]) => `session ${name} = ${literal(value)}`),
    ...usual.map((name) => `session ${name} = default`),
  ];
  try {
    await ask(connection, 'set names utf8mb4 collate utf8mb4_bin');
    await ask(connection, `set ${set.join(', ')}`);
    await ask(connection, 'set session transaction isolation level read committed, read only');
  } catch (cause) {
    throw refused(cause);
  }
  const expected: Record<string, string> = { ...wanted, ...CHARACTERS };
  const names = Object.keys(expected);
  const [read = {}] = await ask(
    connection,
    `select ${names.map((name) => `@@session.${name} as ${name}`).join(', ')}`,
  );
  const changed = names.filter((name) => !isAlike(read[name], expected[name] ?? ''));
  if (changed.length > 0)
    throw new SessionRefusedError(
      `The server does not keep ${changed.join(', ')} as set: is there a pooler that shares its connections? Give the address of the server, or of a pooler whose sessions are whole`,
    );
  const [shown = {}] = await ask(
    connection,
    `select ${SPECIMENS.map(([, sql], at) => `${sql} as s${at}`).join(', ')}`,
  );
  const others = SPECIMENS.flatMap(([settings, , text], at) =>
    String(shown[`s${at}`]) === text ? [] : [settings],
  );
  if (others.length > 0)
    throw new SessionRefusedError(
      `What comes back is not as ${[...new Set(others)].join(', ')} should have it`,
    );
}

const literal = (value: string): string => (/^\d+(\.\d+)?$/.test(value) ? value : `'${value}'`);

const isAlike = (read: unknown, expected: string): boolean =>
  String(read) === expected || (expected !== '' && Number(read) === Number(expected));

function ask(connection: Connection, sql: string): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) =>
    connection.query({ sql, timeout: ANSWER_MS }, (error, rows) =>
      error ? reject(error) : resolve(rows as Record<string, unknown>[]),
    ),
  );
}

/** A setting that this login may not change, or that takes no such value. What has to do with the connection is told as it is. */
function refused(cause: unknown): unknown {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const settings =
    /^ER_(UNKNOWN_SYSTEM_VARIABLE|WRONG_VALUE_FOR_VAR|WRONG_TYPE_FOR_VAR|SPECIFIC_ACCESS_DENIED_ERROR)$/;
  if (typeof code !== 'string' || !settings.test(code)) return cause;
  return new SessionRefusedError(`A setting of the session cannot be had: ${message}`, { cause });
}
