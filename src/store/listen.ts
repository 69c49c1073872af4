import type pg from 'pg';
import { connectOurs, schemaOf } from '../session.ts';

export interface Listener {
  /** Stops listening; no call comes after it resolves. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Milliseconds before a lost connection is tried again. */
  retryMs?: number;
  /** Milliseconds between readings that nobody asked for: they find a connection that died without a word. */
  rereadMs?: number;
}

/** What is listened for: what the channel announces is read again by the statement, whose rows are handed on. */
export interface Subscription<Row> {
  /** Names the connection at the server: `sightline withdrawals`. */
  name: string;
  channel: string;
  statement: string;
  onRows(rows: readonly Row[]): void;
  /** Told when the connection is lost, once for each time. */
  onProblem(error: unknown): void;
}

/**
 * Keeps something of the store known, over one connection of its own that is made again whenever it is lost. It is
 * read at once when connected, when the channel speaks, and after every reconnection. Throws nothing.
 */
export function listen<Row extends pg.QueryResultRow>(
  connectionString: string,
  subject: Subscription<Row>,
  { retryMs = 500, rereadMs = 5_000 }: ListenOptions = {},
): Listener {
  let closed = false;
  let stop = () => {};
  const closing = new Promise<void>((resolve) => {
    stop = () => {
      closed = true;
      resolve();
    };
  });

  const onRows = (rows: readonly Row[]) => {
    if (!closed) subject.onRows(rows);
  };
  const run = async () => {
    while (!closed) {
      try {
        await listenOnce(connectionString, { ...subject, onRows }, closing, rereadMs);
      } catch (error) {
        if (!closed) subject.onProblem(error);
        await Promise.race([pause(retryMs), closing]);
      }
    }
  };
  const running = run();
  return {
    async close() {
      stop();
      await running;
    },
  };
}

/** Resolves when told to close; throws when the connection is lost. */
async function listenOnce<Row extends pg.QueryResultRow>(
  connectionString: string,
  { name, channel, statement, onRows }: Subscription<Row>,
  closing: Promise<void>,
  rereadMs: number,
): Promise<void> {
  const client = await connectOurs(
    {
      connectionString,
      connectionTimeoutMillis: 5_000,
      // A slow machine is not a lost connection: it is warned of, and everything is read anew.
      query_timeout: 15_000,
      keepAlive: true,
      application_name: name,
    },
    { schema: schemaOf(connectionString), readOnly: true, statementMs: 15_000 },
  );
  const lost = new Promise<never>((_, reject) => {
    client.on('error', reject);
    client.on('end', () => reject(new Error(`The connection ${name} was closed`)));
  });
  lost.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  try {
    const failed = new Promise<never>((_, reject) => {
      const read = () =>
        client
          .query<Row>(statement)
          .then(({ rows }) => onRows(rows))
          .catch(reject);
      client.on('notification', read);
      timer = setInterval(read, rereadMs);
    });
    failed.catch(() => {});
    // Listening begins before the first reading, so that nothing is missed between the two.
    await client.query(`listen ${channel}`);
    onRows((await client.query<Row>(statement)).rows);
    await Promise.race([lost, failed, closing]);
  } finally {
    clearInterval(timer);
    await client.end().catch(() => {});
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
