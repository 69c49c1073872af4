import pg from 'pg';

/**
 * Every session with a PostgreSQL is set up as we need it, whatever its server, database, login or pooler would have:
 * each setting that changes which bytes come back, how a text is read or compared, which rows are there, how long
 * anything may take, or what a commit is worth. Set when a connection is made, checked at once, and watched.
 */
export interface SessionWords {
  /** Where tables are found that a statement names without their schema. */
  schema: string;
  /** Refuses to write. */
  readOnly: boolean;
  /** Milliseconds that the server gives a statement; 0 for no limit. */
  statementMs: number;
}

/** A connection that cannot be as we need it is not used. Names settings, and nothing of anybody. */
export class SessionRefusedError extends Error {
  override readonly name = 'SessionRefusedError';
  readonly code = 'SESSION_REFUSED';
}

/** What says to a server which of its sessions is meant. */
export interface SessionKey {
  processId: number;
  secret: number;
}

/** The driver's connection, with what the server says of the session while it lasts. */
export class OurClient extends pg.Client {
  #key: SessionKey | null = null;
  #settings: ReadonlyMap<string, string> = new Map();

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.connection.on('backendKeyData', ({ processID, secretKey }: BackendKeyData) => {
      this.#key = { processId: processID, secret: secretKey };
    });
    this.connection.on('parameterStatus', (status: ParameterStatus) => this.#hear(status));
  }

  /** By which the server can be asked to stop what runs here; null before the session has begun. */
  get key(): SessionKey | null {
    return this.#key;
  }

  /** Ends the session should the server change one of these settings: nothing that comes after that is taken. */
  keep(settings: ReadonlyMap<string, string>): void {
    this.#settings = settings;
  }

  /** Ends it without a goodbye. */
  cut(): void {
    this.connection.stream.destroy();
  }

  #hear({ parameterName, parameterValue }: ParameterStatus): void {
    const ours = this.#settings.get(parameterName.toLowerCase());
    if (ours === undefined || ours === parameterValue) return;
    const changed = new SessionRefusedError(`The server has changed ${parameterName} of the session`);
    // As the server's own error would: the statement under way fails at once, whatever of its answer is read already.
    this.connection.emit('errorMessage', changed);
    this.cut();
  }
}

interface BackendKeyData {
  processID: number;
  secretKey: number;
}
interface ParameterStatus {
  parameterName: string;
  parameterValue: string;
}

/** What a pool needs for its connections to be ours. */
export const oursInPool = (words: SessionWords): Pick<pg.PoolConfig, 'Client' | 'types' | 'onConnect'> => ({
  Client: OurClient,
  types: TYPES,
  onConnect: (client) => makeOurs(client as OurClient, words),
});

/** Of PostgreSQL 13 to 18; one that a server does not know is not asked of it. */
const SETTINGS: Readonly<Record<string, string>> = {
  // What comes back, and how what is sent is read.
  client_encoding: 'UTF8',
  datestyle: 'ISO, DMY',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  timezone_abbreviations: 'Default',
  extra_float_digits: '1',
  bytea_output: 'hex',
  xmlbinary: 'base64',
  xmloption: 'content',
  lc_monetary: 'C',
  lc_numeric: 'C',
  lc_time: 'C',
  array_nulls: 'on',
  standard_conforming_strings: 'on',
  backslash_quote: 'safe_encoding',
  quote_all_identifiers: 'off',
  // Which rows are there.
  transform_null_equals: 'off',
  row_security: 'on',
  gin_fuzzy_search_limit: '0',
  synchronize_seqscans: 'off',
  restrict_nonsystem_relation_kind: '',
  // How long anything may take; requests and feeds have limits of their own.
  lock_timeout: '0',
  transaction_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  // What a transaction is, and what its end is worth.
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  exit_on_error: 'off',
  synchronous_commit: 'on',
};

/** Names are looked up in the system's own schema: whose comes first is what is being set. */
const SET = `
  select w.name, pg_catalog.set_config(w.name,
    case pg_catalog.current_setting(w.name) when 'remote_apply' then 'remote_apply' else w.value end, false) as value
  from rows from (
    pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[])) as w (name, value)
  where pg_catalog.current_setting(w.name, true) is not null`;

const READ = `
  select w.name, pg_catalog.current_setting(w.name, true) as value
  from pg_catalog.unnest($1::pg_catalog.text[]) as w (name)`;

/** Specimens of what comes back, each by the settings that it depends on. */
const SPECIMENS: readonly (readonly [settings: string, sql: string, text: string])[] = [
  [
    'TimeZone, DateStyle',
    `'2026-03-29 02:30:00.123456+01'::timestamptz::text`,
    '2026-03-29 01:30:00.123456+00',
  ],
  ['DateStyle', `'2026-03-01'::date::text`, '2026-03-01'],
  ['DateStyle', `'01/03/2026'::date::text`, '2026-03-01'],
  ['IntervalStyle', `'1 day 2 hours'::interval::text`, '1 day 02:00:00'],
  ['extra_float_digits', '(0.1::float8 + 0.2::float8)::text', '0.30000000000000004'],
  ['bytea_output', `pg_catalog.decode('00ff', 'hex')::text`, String.raw`\x00ff`],
  ['standard_conforming_strings', String.raw`pg_catalog.length('\\')::text`, '2'],
  ['array_nulls', `(('{NULL}'::text[])[1] is null)::text`, 'true'],
  ['transform_null_equals', '((1 = null) is null)::text', 'true'],
  ['client_encoding', `pg_catalog.ascii('é')::text`, '233'],
];
const SHOW = `select ${SPECIMENS.map(([, sql], at) => `${sql} as s${at}`).join(', ')}`;

/** Milliseconds for both statements together are twice this: a server that hangs must not keep the connection for good. */
const ANSWER_MS = 15_000;

/**
 * Sets a new connection up, and ends it should the server change it later.
 * @throws SessionRefusedError, or the driver's own error
 */
export async function makeOurs(client: OurClient, words: SessionWords): Promise<void> {
  const wanted = {
    ...SETTINGS,
    search_path: `${pg.escapeIdentifier(words.schema)}, pg_temp`,
    default_transaction_read_only: words.readOnly ? 'on' : 'off',
    statement_timeout: String(words.statementMs),
  };
  const ask = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    client.query<Row>({ text, values, query_timeout: ANSWER_MS } as pg.QueryConfig).then(({ rows }) => rows);
  const set = await ask<Setting>(SET, [Object.keys(wanted), Object.values(wanted)]).catch((cause) => {
    throw refused(cause);
  });
  const values = new Map(set.map(({ name, value }) => [name, value]));
  const read = await ask<Setting>(READ, [[...values.keys()]]);
  const changed = read.filter(({ name, value }) => values.get(name) !== value).map(({ name }) => name);
  if (changed.length > 0)
    throw new SessionRefusedError(
      `The server does not keep ${changed.join(', ')} as set: is there a pooler that shares its connections? Give the address of the server, or of a pooler whose sessions are whole`,
    );
  const [shown = {}] = await ask<Record<string, string>>(SHOW);
  const others = SPECIMENS.flatMap(([settings, , text], at) => (shown[`s${at}`] === text ? [] : [settings]));
  if (others.length > 0)
    throw new SessionRefusedError(
      `What comes back is not as ${[...new Set(others)].join(', ')} should have it`,
    );
  client.keep(values);
}

interface Setting {
  name: string;
  value: string;
}

/** A setting that this login may not change, or that takes no such value. What has to do with the connection is told as it is. */
function refused(cause: unknown): unknown {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  if (code !== '42501' && code !== '22023' && code !== '0A000') return cause;
  return new SessionRefusedError(`A setting of the session cannot be had: ${message}`, { cause });
}

/** The server ended a connection, or it was cut: class 08, what an administrator or a time limit for idle ones does, and the system's own codes. */
const LOST = /^(08\w{3}|57P0[125]|25P03|25P04|ECONNRESET|EPIPE|ETIMEDOUT)$/;
/** The driver's own words, which have no code. */
const LOST_WORDS = /^(Connection terminated|Client has encountered a connection error|Client was closed)/;

/** Whether the connection is gone, rather than that the statement failed or took too long. */
export function connectionLost(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? LOST.test(code) : typeof message === 'string' && LOST_WORDS.test(message);
}

/** A connection of our own for one purpose. Throws as `makeOurs`, and what the driver throws. */
export async function connectOurs(config: pg.ClientConfig, words: SessionWords): Promise<OurClient> {
  const client = new OurClient({ ...config, types: TYPES });
  client.on('error', () => {});
  try {
    await client.connect();
    await makeOurs(client, words);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

const DATES = 1182;
const TIMESTAMPS = 1115;
/** Days and local times, and arrays of them, come as text: the driver would read them in the zone of this process. */
const AS_TEXT: ReadonlySet<number> = new Set([
  pg.types.builtins.DATE,
  pg.types.builtins.TIMESTAMP,
  DATES,
  TIMESTAMPS,
]);

/** How the driver reads values, on every connection. */
export const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    AS_TEXT.has(id)
      ? (cell: string) => cell
      : pg.types.getTypeParser(id, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

/**
 * The schema that an address names as `?schema=care` (or as a search path in its `options`, as libpq has it); `public`
 * where it names none. Never the login's or the database's own.
 */
export function schemaOf(url: string): string {
  const { searchParams } = new URL(url);
  const named =
    searchParams.get('schema') ??
    /search_path\s*=\s*("?)([^",\s]+)\1/.exec(searchParams.get('options') ?? '')?.[2];
  return named || 'public';
}
