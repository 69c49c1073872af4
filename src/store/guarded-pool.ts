import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

/**
 * The pool as Kysely sees it. A client whose statement failed other than by the server's own answer is closed,
 * not handed to the next: after a time limit the old statement still holds the connection.
 */
export function guardedPool(pool: pg.Pool): PostgresPool {
  return {
    connect: async () => guardedClient(await pool.connect()),
    end: () => pool.end(),
  };
}

function guardedClient(client: pg.PoolClient): PostgresPoolClient {
  let broken = false;
  async function query(statement: string, parameters: readonly unknown[]) {
    try {
      return await client.query(statement, parameters as unknown[]);
    } catch (error) {
      broken ||= !isServersAnswer(error);
      throw error;
    }
  }
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(broken),
  };
}

/** The server's own errors carry a severity; those of the driver and the network do not. */
function isServersAnswer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}
