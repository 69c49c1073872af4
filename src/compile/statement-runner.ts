import type { Pool, PoolClient } from 'pg';
import { cancelStatement } from './cancel-statement.ts';
import { codeOf } from './failure.ts';
import { StatementNames } from './statement-names.ts';

export interface SqlStatement {
  sql: string;
  parameters: readonly unknown[];
}
export type ResultRow = Record<string, unknown>;

/** So long a cancelled statement may take to end before its connection is cut. */
const GRACE_MS = 500;

/** The agency changed a column's type: what is prepared on this connection is of no use any more. */
const STALE_PLAN = '0A000';

/** No connection is free and enough statements wait for one already. */
export class QueueFullError extends Error {
  readonly code = 'QUEUE_FULL';
  constructor() {
    super('Too many statements wait for a connection');
    this.name = 'QueueFullError';
  }
}

/** Runs statements on a pool's connections, each until its signal aborts. */
export class StatementRunner {
  readonly #pool: Pool;
  readonly #queueLimit: number;
  readonly #names = new StatementNames();

  constructor(pool: Pool, queueLimit: number) {
    this.#pool = pool;
    this.#queueLimit = queueLimit;
  }

  /** Rejects with the signal's reason, a QueueFullError, or what the driver says. */
  async run(statement: SqlStatement, signal: AbortSignal): Promise<ResultRow[]> {
    signal.throwIfAborted();
    const client = await this.#acquire(signal);
    // Without a listener a connection that is lost while it works would end the process; its statement is told anyway.
    client.on('error', ignore);
    const name = this.#names.nameFor(statement.sql, client);
    const running = client.query({
      text: statement.sql,
      values: [...statement.parameters],
      ...(name !== undefined && { name }),
    });
    try {
      const result = await unlessAborted(running, signal);
      this.#release(client, this.#names.isFull(client));
      return result.rows;
    } catch (error) {
      if (signal.aborted) void this.#stop(client, running);
      else this.#release(client, codeOf(error) === STALE_PLAN);
      throw error;
    }
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
  async #stop(client: PoolClient, running: Promise<unknown>): Promise<void> {
    const ended = running.then(ignore, ignore);
    await cancelStatement(client, GRACE_MS);
    await Promise.race([ended, pause(GRACE_MS)]);
    this.#release(client, true);
  }

  #release(client: PoolClient, destroy: boolean): void {
    client.release(destroy);
    client.off('error', ignore);
  }
}

function ignore(): void {}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** The promise's outcome, or a rejection with the signal's reason as soon as it aborts. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
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
