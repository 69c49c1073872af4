import driver, { type Pool, type PoolConnection, type PoolOptions, type SslOptions } from 'mysql2';
import {
  type AgencyConnection,
  AnswerTooLargeError,
  ATTEMPTS_TO_STOP,
  bytesOf,
  CONNECT_MS,
  FEED_CONNECTIONS,
  FEED_LONGEST_MS,
  GRACE_MS,
  ignore,
  MOST_BYTES,
  type PoolUse,
  pause,
  QueueFullError,
  type ResultRow,
  type SqlStatement,
  type StatementPool,
  unlessAborted,
} from '../dialect.ts';
import { makeOurs } from './session.ts';

/** The server ended a connection, or it was cut. */
const LOST =
  /^(PROTOCOL_CONNECTION_LOST|ECONNRESET|EPIPE|ETIMEDOUT|ER_CONNECTION_KILLED|ER_SERVER_SHUTDOWN|ER_NORMAL_SHUTDOWN|ER_CLIENT_INTERACTION_TIMEOUT)$/;

/** More than this on one connection, and the server would keep plans of documents that nobody sends any more. */
const PREPARED_PER_CONNECTION = 200;

/** Milliseconds for the connection by which the server is asked to stop a statement of another. */
const STOP_MS = 2_000;

/**
 * Connections of mysql2. Statements are prepared and their values sent beside them: nothing that is bound is ever part of
 * a text. The driver sends one statement at a time on a connection, so what is asked together goes by several.
 */
export class MysqlPool implements StatementPool {
  readonly #pool: Pool;
  readonly #options: PoolOptions;
  /** Statements that may have a connection or wait for one. */
  readonly #most: number;
  readonly #statementMs: number;
  #asked = 0;
  readonly #ready = new WeakSet<PoolConnection>();
  readonly #busy = new WeakSet<PoolConnection>();

  constructor(agency: AgencyConnection, { of, queueLimit, lost }: PoolUse) {
    const connections = of === 'FEED' ? FEED_CONNECTIONS : agency.maxConnections;
    this.#statementMs = of === 'FEED' ? FEED_LONGEST_MS : agency.statementTimeoutMs;
    this.#most = connections + queueLimit;
    this.#options = connectionOptions(agency);
    this.#pool = driver.createPool({
      ...this.#options,
      connectionLimit: connections,
      maxPreparedStatements: PREPARED_PER_CONNECTION,
    });
    this.#pool.on('connection', (connection) => {
      // Without a listener a connection that is lost would end the process; its statement is told anyway.
      connection.on('error', (error) => {
        if (!this.#busy.has(connection)) lost(error);
      });
    });
  }

  /**
   * Statements only read and nothing is taken of one that fails, so it is sent again, while there is time, where only its
   * connection was to blame: a lost one that had been idle.
   */
  async run(statement: SqlStatement, signal: AbortSignal): Promise<ResultRow[]> {
    if (this.#asked >= this.#most) throw new QueueFullError();
    this.#asked += 1;
    try {
      for (;;) {
        signal.throwIfAborted();
        const { connection, usedBefore } = await this.#acquire(signal);
        try {
          return await this.#ask(connection, statement, signal);
        } catch (error) {
          if (signal.aborted || !usedBefore || !isLost(error)) throw error;
        }
      }
    } finally {
      this.#asked -= 1;
    }
  }

  runTogether(statements: readonly SqlStatement[], signal: AbortSignal): Promise<ResultRow[]>[] {
    return statements.map((statement) => this.run(statement, signal));
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#pool.end(() => resolve()));
  }

  async #acquire(signal: AbortSignal): Promise<{ connection: PoolConnection; usedBefore: boolean }> {
    const connecting = new Promise<PoolConnection>((resolve, reject) =>
      this.#pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection))),
    ).then(async (connection) => {
      this.#busy.add(connection);
      const usedBefore = this.#ready.has(connection);
      if (usedBefore) return { connection, usedBefore };
      try {
        await makeOurs(connection, this.#statementMs);
      } catch (error) {
        connection.destroy();
        throw error;
      }
      this.#ready.add(connection);
      return { connection, usedBefore };
    });
    try {
      return await unlessAborted(connecting, signal);
    } catch (error) {
      // A connection that comes after its statement has given up goes back unused.
      connecting.then(({ connection }) => this.#release(connection), ignore);
      throw error;
    }
  }

  async #ask(connection: PoolConnection, statement: SqlStatement, signal: AbortSignal): Promise<ResultRow[]> {
    const { rows, ended } = rowsOf(connection, statement);
    try {
      const read = await unlessAborted(rows, signal);
      this.#release(connection);
      return read;
    } catch (error) {
      if (signal.aborted || error instanceof AnswerTooLargeError) void this.#stop(connection, ended);
      else if (isLost(error)) connection.destroy();
      else this.#release(connection);
      throw error;
    }
  }

  #release(connection: PoolConnection): void {
    this.#busy.delete(connection);
    connection.release();
  }

  /** The connection is not used again: a request to stop that comes late would hit its next statement. */
  async #stop(connection: PoolConnection, ended: Promise<void>): Promise<void> {
    let over = false;
    void ended.then(() => {
      over = true;
    });
    for (let attempts = ATTEMPTS_TO_STOP; attempts > 0 && !over; attempts -= 1) {
      await this.#kill(connection.threadId);
      await Promise.race([ended, pause(GRACE_MS)]);
    }
    connection.destroy();
  }

  /** Resolves when the server has taken the request, or cannot be reached: then its own limit of time ends the statement. */
  #kill(threadId: number): Promise<void> {
    const other = driver.createConnection({ ...this.#options, connectTimeout: STOP_MS });
    other.on('error', ignore);
    const taken = new Promise<void>((resolve) =>
      other.query(`kill query ${Math.trunc(threadId)}`, () => resolve()),
    );
    return Promise.race([taken, pause(STOP_MS)]).finally(() => other.destroy());
  }
}

/** The statement's rows, counted as they come, and when the server has ended it. */
function rowsOf(
  connection: PoolConnection,
  { sql, parameters }: SqlStatement,
): { rows: Promise<ResultRow[]>; ended: Promise<void> } {
  let end = ignore;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const rows = new Promise<ResultRow[]>((resolve, reject) => {
    const taken: ResultRow[] = [];
    let bytes = 0;
    const failed = (error: unknown) => {
      connection.off('error', failed);
      end();
      reject(named(error));
    };
    // What breaks the connection is told of the connection alone.
    connection.on('error', failed);
    connection
      .execute({ sql, values: [...parameters] })
      .on('result', (row) => {
        bytes += bytesOf(row as ResultRow);
        if (bytes <= MOST_BYTES) taken.push(row as ResultRow);
        else reject(new AnswerTooLargeError());
      })
      .on('error', failed)
      .on('end', () => {
        connection.off('error', failed);
        end();
        resolve(taken);
      });
  });
  rows.catch(ignore);
  return { rows, ended };
}

/** MariaDB's own, which the driver has no names for. */
const NAMES: Readonly<Record<number, string>> = {
  1927: 'ER_CONNECTION_KILLED',
  1969: 'ER_STATEMENT_TIMEOUT',
  4031: 'ER_CLIENT_INTERACTION_TIMEOUT',
};

/** What a server answers has its name as a code, whichever server it is. */
function named(error: unknown): unknown {
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  if (typeof errno !== 'number' || errno <= 0 || (typeof code === 'string' && !/^UNKNOWN/.test(code)))
    return error;
  return Object.assign(error as Error, { code: NAMES[errno] ?? `ER_${errno}` });
}

const isLost = (error: unknown): boolean =>
  LOST.test(String((error as { code?: unknown } | null)?.code ?? ''));

function connectionOptions({ url, tls, schema }: AgencyConnection): PoolOptions {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const ssl = tls === null || tls === undefined ? tlsOf(searchParams) : tls;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: schema ?? searchParams.get('schema') ?? decodeURIComponent(pathname.slice(1)),
    ...(ssl !== false && {
      ssl: { ...ssl, verifyIdentity: ssl.rejectUnauthorized !== false } as SslOptions,
    }),
    connectTimeout: CONNECT_MS,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    // Numbers and dates as the server writes them: none is rounded, none is read in the zone of this process.
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    // A server may not ask for files of this machine.
    flags: ['-LOCAL_FILES'],
  };
}

/** As an address of PostgreSQL says it: `?sslmode=verify-full`; anything but `disable` is verified. */
function tlsOf(words: URLSearchParams): NonNullable<AgencyConnection['tls']> {
  const mode = words.get('sslmode') ?? words.get('ssl-mode') ?? 'disable';
  return /^(disable|disabled)$/i.test(mode) ? false : { rejectUnauthorized: true };
}
