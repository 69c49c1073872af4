import type { CompiledQuery, DatabaseConnection, Driver } from 'kysely';
import type { ResultRow, SqlStatement } from './dialect.ts';

/** A Kysely driver whose statements all go through `run`, each on its own: agencies are read, never written. */
export function readOnlyDriver(run: (statement: SqlStatement) => Promise<ResultRow[]>): Driver {
  const connection: DatabaseConnection = {
    executeQuery: async <R>(query: CompiledQuery) => ({ rows: (await run(query)) as R[] }),
    // biome-ignore lint/correctness/useYield: refused before anything could be yielded
    streamQuery: async function* () {
      throw refused();
    },
  };
  const refuse = async () => {
    throw refused();
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

function refused(): Error {
  return new Error('Agencies are read by single statements: no transactions, no streams');
}
