import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { ResultRow, SqlStatement } from './statement-runner.ts';

/** A Kysely dialect whose statements all go through `run`, each on its own: agencies are read, never written. */
export function readOnlyDialect(run: (statement: SqlStatement) => Promise<ResultRow[]>): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver(run),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function driver(run: (statement: SqlStatement) => Promise<ResultRow[]>): Driver {
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
