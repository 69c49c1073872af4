import type { ConnectionOptions } from 'node:tls';
import type { Kysely, Dialect as KyselyDialect, RawBuilder } from 'kysely';
import type { AnyTables, DialectName } from '../../../adapters/contract.ts';

/**
 * All that differs between the databases that agencies keep. What is asked is the same for each: one statement for each
 * table, and its rows by the same names. A dialect writes the words that databases disagree on, and runs what was written.
 *
 * Nothing here selects a condition as a value that the outer statement then takes for a column of a boolean type: a flag
 * comes as true, 1 or '1' (`isTrue`), so that a database without booleans can say it by `case`; and nothing cuts rows by
 * `limit`: ranks are counted, and compared.
 */
export interface Dialect {
  readonly name: DialectName;
  /** Builds statements and runs none. */
  readonly builder: Kysely<AnyTables>;
  /** Whether its planner finds rows by their keys only where these stand in `where`, and not in a flag that `where` names. */
  readonly keysInWhere: boolean;
  /**
   * Which of two keys that look alike a row is of: the column knows (`placesIn`), or they are told apart to the byte, in
   * the statement and again in our own code, whatever the column takes for one.
   */
  readonly keys: 'AS_COLUMN_TELLS' | 'TO_THE_BYTE';
  /** What an adapter's own statements are written and run with, each by `run`, on its own: agencies are read, never written. */
  kysely(run: (statement: SqlStatement) => Promise<ResultRow[]>): KyselyDialect;
  /** How many places a list of values takes in a statement's text; null where any list is one parameter. */
  slots(values: readonly unknown[]): number | null;
  isOneOf(value: RawBuilder<unknown>, values: readonly unknown[]): RawBuilder<boolean>;
  /** As in SQL, an empty cell is in no list and outside no list: it does not pass. */
  isNoneOf(value: RawBuilder<unknown>, values: readonly unknown[]): RawBuilder<boolean>;
  /** Two columns hold the same key. */
  same(one: RawBuilder<unknown>, other: RawBuilder<unknown>): RawBuilder<boolean>;
  /** The value in a form in which no two that differ are one: to sort and to part rows by. */
  apart(value: RawBuilder<unknown>): RawBuilder<unknown>;
  /**
   * A column as `bareCode` reads it: without padding, letters of ASCII in capitals, an empty text for null. Never cast
   * where the database knows better: a column that is no text any more has to fail, and not to read as codes that nobody
   * knows, which would be "none".
   */
  asCode(column: string): RawBuilder<string>;
  /** By a column of date or timestamp type. What decoders read as no date comes last: fillers, infinity, years of no record. */
  newestFirst(column: string): RawBuilder<unknown>;
  /**
   * A guess at the newest first, where days are text: most begin with the year, those of DD/MM/YYYY end with it. By its
   * bytes, so that what is no day has the same place whichever database it is in.
   */
  likelyNewestFirst(column: string, dayFirst: boolean): RawBuilder<unknown>;
  /** The places of a list, from 1, at which the value stands, compared as the value's own type compares; else the value apart. */
  placesIn(values: readonly unknown[], value: RawBuilder<unknown>): RawBuilder<unknown>;
  /**
   * A pool of read-only sessions that are set up as we need them, whatever their server would have. Opens at once, whether
   * the server is there or not.
   */
  connect(agency: AgencyConnection, options: PoolUse): StatementPool;
  /**
   * SQL that lets a login read these columns and no other, to be run as the owner of the tables. Whatever the login had
   * before is taken away first.
   * @param schema of tables that name none; null for `public`, or of MariaDB and MySQL for the database of the session
   */
  grants(login: string, columns: ReadonlyMap<string, ReadonlySet<string>>, schema: string | null): string[];
}

/** How one agency's database is asked. */
export interface AgencyConnection {
  url: string;
  /** Of an agency with an API: sent as a bearer token. */
  token?: string | null;
  /** How the server's certificate is verified, false for no TLS; as the address says where it is null or not given. */
  tls?: false | Pick<ConnectionOptions, 'ca' | 'rejectUnauthorized'> | null;
  /** Where its tables are; as the address says where it is null or not given. */
  schema?: string | null;
  /** For what a request asks at once, waiting for a connection included. */
  statementTimeoutMs: number;
  /** For requests; the feed to the person index has two of its own. */
  maxConnections: number;
}

export interface PoolUse {
  /** A feed reads page after page, and what is about the records of a page side by side; its statements have time. */
  of: 'REQUESTS' | 'FEED';
  /** So many statements may wait for a connection; the next is refused at once. */
  queueLimit: number;
  /** Told of an idle connection that was lost. */
  lost(error: unknown): void;
}

/** Runs statements on connections of its own, each until its signal aborts: then the server is asked to stop it too. */
export interface StatementPool {
  /** Rejects with the signal's reason, a QueueFullError, an AnswerTooLargeError, or what the driver says. */
  run(statement: SqlStatement, signal: AbortSignal): Promise<ResultRow[]>;
  /** All of them on one connection, in order; each has an outcome of its own. */
  runTogether(statements: readonly SqlStatement[], signal: AbortSignal): Promise<ResultRow[]>[];
  close(): Promise<void>;
}

export interface SqlStatement {
  sql: string;
  parameters: readonly unknown[];
}
export type ResultRow = Record<string, unknown>;

/** Stands in a text's parameters for the value, or the list, that a request gives there, or for one of a list. */
export class Place {
  readonly at: number;
  /** Which of a list; null where the value is taken as it is. */
  readonly item: number | null;
  /** The value is text. */
  readonly text: boolean;
  constructor(at: number, item: number | null, text: boolean) {
    this.at = at;
    this.item = item;
    this.text = text;
  }
}

/** Whether a flag of a result is set, however the database writes that. */
export const isTrue = (cell: unknown): boolean => cell === true || cell === 1 || cell === '1';

/** Milliseconds after which a connection that does not come about is given up. */
export const CONNECT_MS = 15_000;
/** Connections for a feed. */
export const FEED_CONNECTIONS = 2;
/** Milliseconds that no feed gives a statement; the server ends it even where the gateway is gone. */
export const FEED_LONGEST_MS = 600_000;
/** So long a cancelled statement may take to end before its connection is cut. */
export const GRACE_MS = 500;
/** How often the server is asked to stop the same statement. */
export const ATTEMPTS_TO_STOP = 3;
/** More than this of one statement, in bytes, is not taken in: it would cost everybody else memory and time. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** No connection is free and enough statements wait for one already. */
export class QueueFullError extends Error {
  readonly code = 'QUEUE_FULL';
  constructor() {
    super('Too many statements wait for a connection');
    this.name = 'QueueFullError';
  }
}

/** An agency's answer to one statement is larger than is taken in; the rest of it was not read. */
export class AnswerTooLargeError extends Error {
  readonly code = 'ANSWER_TOO_LARGE';
  constructor() {
    super('The answer to a statement is larger than is taken in');
    this.name = 'AnswerTooLargeError';
  }
}

/** About so many bytes: text by its letters, anything else by what it takes at most. */
export function bytesOf(row: ResultRow): number {
  let bytes = 0;
  for (const cell of Object.values(row)) bytes += typeof cell === 'string' ? cell.length : 8;
  return bytes;
}

export const ignore = (): void => {};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** The promise's outcome, or a rejection with the signal's reason as soon as it aborts. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = ignore;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    promise.catch(ignore);
  }
}
