import pg, { type Pool, type PoolClient, type QueryConfig } from 'pg';
import { connectionLost, OurClient } from '../../../session.ts';
import {
  AnswerTooLargeError,
  ATTEMPTS_TO_STOP,
  bytesOf,
  GRACE_MS,
  ignore,
  MOST_BYTES,
  pause,
  QueueFullError,
  type ResultRow,
  type SqlStatement,
  type StatementPool,
  unlessAborted,
} from '../dialect.ts';
import { codeOf } from '../failure.ts';
import { cancelStatement } from './cancel-statement.ts';
import { StatementNames } from './statement-names.ts';

/**
 * What is prepared on a connection is of no use any more: the agency has changed a column (0A000, or whatever of class 42
 * a statement then fails by that was typed before), or a pooler has forgotten it or gave us another's session.
 */
const STALE_PLAN = /^(0A000|26000|42P05|42(?!501)\w{3})$/;

/** A statement that has been sent, by the name that it is prepared under. */
interface Running {
  name: string | undefined;
  rows: Promise<ResultRow[]>;
  /** Resolves when it is over, however it went. */
  ended: Promise<void>;
  over: boolean;
}

/** Runs statements on a pool's connections, each until its signal aborts. */
export class StatementRunner implements StatementPool {
  readonly #pool: Pool;
  readonly #queueLimit: number;
  readonly #names = new StatementNames();
  /** Connections that have answered before, and may have been lost since without a word. */
  readonly #used = new WeakSet<PoolClient>();

  constructor(pool: Pool, queueLimit: number) {
    this.#pool = pool;
    this.#queueLimit = queueLimit;
  }

  run(statement: SqlStatement, signal: AbortSignal): Promise<ResultRow[]> {
    return this.#send([statement], signal, true)[0] as Promise<ResultRow[]>;
  }

  /**
   * Sends all of them at once on one connection, which answers them one after the other: the server is woken once. Each
   * has an outcome of its own.
   * Statements only read and nothing is taken of one that fails, so it is sent again, while there is time, where only
   * this connection was to blame: a lost one that had been idle, or one whose prepared statements are stale.
   * Rejects with the signal's reason, a QueueFullError, an AnswerTooLargeError, or what the driver says.
   */
  runTogether(statements: readonly SqlStatement[], signal: AbortSignal): Promise<ResultRow[]>[] {
    return this.#send(statements, signal, true);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #send(statements: readonly SqlStatement[], signal: AbortSignal, named: boolean): Promise<ResultRow[]>[] {
    const sending = this.#sendAll(statements, signal, named);
    return statements.map(async (statement, at) => {
      const { usedBefore, running } = await sending;
      const { rows, name } = running[at] as Running;
      try {
        return await unlessAborted(rows, signal);
      } catch (error) {
        const stale = isStale(error, name);
        if (signal.aborted || !(stale || (usedBefore && connectionLost(error)))) throw error;
        return this.#send([statement], signal, named && !stale)[0] as Promise<ResultRow[]>;
      }
    });
  }

  async #sendAll(statements: readonly SqlStatement[], signal: AbortSignal, named: boolean) {
    signal.throwIfAborted();
    const client = await this.#acquire(signal);
    const usedBefore = this.#used.has(client);
    // Without a listener a connection that is lost while it works would end the process; its statements are told anyway.
    client.on('error', ignore);
    const { stream } = client.connection;
    stream.cork();
    const running = statements.map(({ sql, parameters }): Running => {
      const name = named ? this.#names.nameFor(sql, client) : undefined;
      const rows = rowsOf(client, {
        text: sql,
        values: [...parameters],
        ...(name !== undefined && { name }),
      });
      const one: Running = { name, rows, ended: rows.then(ignore, ignore), over: false };
      void one.ended.then(() => {
        one.over = true;
      });
      return one;
    });
    stream.uncork();
    void this.#finish(client, running, signal);
    return { usedBefore, running };
  }

  /** Gives the connection back when all have been answered, or stops what still runs on it. */
  async #finish(client: PoolClient, running: readonly Running[], signal: AbortSignal): Promise<void> {
    let lost = false;
    const answered = running.map(({ name, rows }) =>
      rows.catch((error) => {
        if (error instanceof AnswerTooLargeError) throw error;
        if (isStale(error, name)) this.#names.forget(client);
        lost ||= connectionLost(error);
      }),
    );
    try {
      await unlessAborted(Promise.all(answered), signal);
    } catch {
      await this.#stop(client, running);
      return;
    }
    if (!lost) this.#used.add(client);
    this.#release(client, lost || this.#names.isFull(client));
  }

  async #acquire(signal: AbortSignal): Promise<PoolClient> {
    if (this.#pool.waitingCount >= this.#queueLimit) throw new QueueFullError();
    const connecting = this.#pool.connect();
    try {
      return await unlessAborted(connecting, signal);
    } catch (error) {
      // A connection that comes after its statement has given up goes back unused.
      connecting.then((client) => client.release(), ignore);
      throw error;
    }
  }

  /** The connection is not used again: a cancellation that comes late would hit its next statement. */
  async #stop(client: PoolClient, running: readonly Running[]): Promise<void> {
    // As soon as one of them has ended the server begins the next; a request to stop that comes between two stops neither.
    let attempts = ATTEMPTS_TO_STOP;
    for (let one = nextOf(running); one && attempts > 0; one = nextOf(running)) {
      await cancelStatement(client, GRACE_MS);
      await Promise.race([one.ended, pause(GRACE_MS)]);
      attempts = one.over ? ATTEMPTS_TO_STOP : attempts - 1;
    }
    this.#release(client, true);
    // The driver would wait for whatever is left to be answered.
    if (client instanceof OurClient) client.cut();
  }

  #release(client: PoolClient, destroy: boolean): void {
    client.release(destroy);
    client.off('error', ignore);
  }
}

/** The one that the server is at, or is about to begin. */
const nextOf = (running: readonly Running[]): Running | undefined => running.find(({ over }) => !over);

/** The statement's rows, counted as they come. */
function rowsOf(client: PoolClient, config: QueryConfig): Promise<ResultRow[]> {
  const query = new pg.Query<ResultRow>(config);
  return new Promise((resolve, reject) => {
    const rows: ResultRow[] = [];
    let bytes = 0;
    query.on('row', (row: ResultRow) => {
      bytes += bytesOf(row);
      if (bytes <= MOST_BYTES) rows.push(row);
      else reject(new AnswerTooLargeError());
    });
    query.on('end', () => resolve(rows));
    query.on('error', reject);
    client.query(query);
  });
}

/** What is prepared is to blame, and not the statement. */
function isStale(error: unknown, name: string | undefined): boolean {
  return name !== undefined && STALE_PLAN.test(codeOf(error) ?? '');
}
