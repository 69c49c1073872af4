import pg from 'pg';
import { HIGHEST_WITHDRAWN, WITHDRAWN_CHANNEL } from './withdrawals.ts';

export interface WithdrawalListener {
  /** Stops listening; no call comes after it resolves. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Milliseconds before a lost connection is tried again. */
  retryMs?: number;
  /** Milliseconds between readings that nobody asked for: they find a connection that died without a word. */
  rereadMs?: number;
}

/**
 * Keeps the withdrawals known, over one connection of its own that is made again whenever it is lost.
 * `onChange` gets agreement id → highest version withdrawn: at once when connected, when a withdrawal is announced,
 * and after every reconnection. `onProblem` is told when the connection is lost, once for each time. Throws nothing.
 */
export function listenForWithdrawals(
  connectionString: string,
  onChange: (withdrawals: ReadonlyMap<string, number>) => void,
  onProblem: (error: unknown) => void,
  { retryMs = 500, rereadMs = 5_000 }: ListenOptions = {},
): WithdrawalListener {
  let closed = false;
  let stop = () => {};
  const closing = new Promise<void>((resolve) => {
    stop = () => {
      closed = true;
      resolve();
    };
  });

  const report = (withdrawals: ReadonlyMap<string, number>) => {
    if (!closed) onChange(withdrawals);
  };
  const run = async () => {
    while (!closed) {
      try {
        await listenOnce(connectionString, report, closing, rereadMs);
      } catch (error) {
        if (!closed) onProblem(error);
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
async function listenOnce(
  connectionString: string,
  onChange: (withdrawals: ReadonlyMap<string, number>) => void,
  closing: Promise<void>,
  rereadMs: number,
): Promise<void> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
    application_name: 'sightline withdrawals',
  });
  const lost = new Promise<never>((_, reject) => {
    client.on('error', reject);
    client.on('end', () => reject(new Error('The connection for withdrawals was closed')));
  });
  lost.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  try {
    await client.connect();
    const failed = new Promise<never>((_, reject) => {
      const read = () => readAll(client).then(onChange).catch(reject);
      client.on('notification', read);
      timer = setInterval(read, rereadMs);
    });
    failed.catch(() => {});
    // Listening begins before the first reading, so that nothing is missed between the two.
    await client.query(`listen ${WITHDRAWN_CHANNEL}`);
    onChange(await readAll(client));
    await Promise.race([lost, failed, closing]);
  } finally {
    clearInterval(timer);
    await client.end().catch(() => {});
  }
}

async function readAll(client: pg.Client): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ agreement: string; version: number }>(HIGHEST_WITHDRAWN);
  return new Map(rows.map(({ agreement, version }) => [agreement, version]));
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
