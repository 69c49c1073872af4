import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { connectionLost } from '../session.ts';
import { isServersAnswer, StoreUnreachableError, storeError } from './outage.ts';
import { nameOfPrepared } from './prepared.ts';

/**
 * What is prepared on the connection is of no use any more, and nothing has been done: somebody has changed a column
 * that it gives, or the server has forgotten it.
 */
const STALE_PLAN = new Set<unknown>(['0A000', '26000']);

/**
 * The pool as Kysely sees it. A client whose statement failed other than by the server's own answer is closed,
 * not handed to the next: after a time limit the old statement still holds the connection. One that was lost while it
 * was idle is replaced, where nothing can have been written by it. Throws the server's own errors, and
 * StoreUnreachableError for those of the driver and the network.
 */
export function guardedPool(pool: pg.Pool): PostgresPool {
  const used = new WeakSet<pg.PoolClient>();
  return {
    connect: async () => guardedClient(pool, used, await connected(pool)),
    end: () => pool.end(),
  };
}

async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw storeError(error);
  }
}

function guardedClient(
  pool: pg.Pool,
  used: WeakSet<pg.PoolClient>,
  first: pg.PoolClient,
): PostgresPoolClient {
  let client: pg.PoolClient | null = first;
  let broken = false;
  let begun = false;
  async function query(statement: string, parameters: readonly unknown[]) {
    let name = nameOfPrepared(statement);
    for (;;) {
      if (client === null) throw new StoreUnreachableError(new Error('the connection was lost'));
      try {
        const result = await client.query({
          text: statement,
          values: parameters as unknown[],
          ...(name !== undefined && { name }),
        });
        begun = true;
        used.add(client);
        return result;
      } catch (error) {
        if (name !== undefined && !begun && STALE_PLAN.has((error as { code?: unknown }).code)) {
          broken = true;
          name = undefined;
          continue;
        }
        const lost = connectionLost(error);
        broken ||= lost || !isServersAnswer(error);
        if (!lost || begun || !used.has(client) || !onlyReads(statement)) throw storeError(error);
        client.release(true);
        client = null;
        client = await connected(pool);
        broken = false;
      }
    }
  }
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client?.release(broken),
  };
}

/** Whether a statement may be sent again on another connection: it writes nothing, or nothing yet. */
const onlyReads = (statement: string): boolean =>
  /^\s*(select|begin|start transaction)\b/i.test(statement) ||
  (/^\s*with\b/i.test(statement) && !/\b(insert|update|delete|merge)\b/i.test(statement));
