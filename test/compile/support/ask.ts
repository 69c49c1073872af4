import type { ExecutionResult } from '@graphql-tools/utils';
import { type GraphQLSchema, parse } from 'graphql';
import type { AnyAdapter } from '../../../adapters/contract.ts';
import type { SqlStatement } from '../../../src/compile/dialects/dialect.ts';
import { postgres } from '../../../src/compile/dialects/postgres/postgres.ts';
import { createExecutor } from '../../../src/compile/executor.ts';
import type { Authority, RecordAuthority } from '../../../src/compile/plan/authority.ts';
import type { AgencyDatabase } from '../../../src/compile/run/agency-database.ts';
import { releasing } from '../../../src/conformance/releasing.ts';
import { clinic, clinicSchema } from './clinic.ts';

export const NOW = new Date('2026-03-01T12:00:00Z');
const everything = releasing({ profile: {}, plan: {}, visits: {}, homes: {}, numbers: {} });

export interface Asking {
  variables?: Record<string, unknown>;
  /** Who may be asked for; everybody with everything if not given. */
  of?: (record: string) => RecordAuthority | null;
  signal?: AbortSignal;
  /** The clinic if not given. */
  adapter?: AnyAdapter;
  /** Of that adapter. */
  schema?: GraphQLSchema;
}
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  data: any;
  statements: SqlStatement[];
  notes: string[];
}

/** Asks the clinic as the gateway would, and keeps what was sent to the database. */
export async function ask(
  database: Pick<AgencyDatabase, 'query'> & Partial<Pick<AgencyDatabase, 'dialect'>>,
  document: string,
  asking: Asking = {},
): Promise<Answer> {
  const statements: SqlStatement[] = [];
  const notes: string[] = [];
  const authority: Authority = {
    now: NOW,
    signal: asking.signal ?? new AbortController().signal,
    requestId: 'test',
    of: (_agency, record) => (asking.of ?? (() => open))(record),
    hidden: () => [],
    note: (_agency, problem) => notes.push(problem),
  };
  const executor = createExecutor({
    adapter: asking.adapter ?? clinic,
    schema: asking.schema ?? clinicSchema,
    database: {
      dialect: database.dialect ?? postgres,
      query: (statement, options) => {
        statements.push(statement);
        return database.query(statement, options);
      },
    },
  });
  const result = (await executor({
    document: parse(document),
    variables: asking.variables ?? {},
    context: { authority },
  })) as ExecutionResult;
  return { data: result.data, statements, notes };
}

export const open: RecordAuthority = { decisions: everything, placeShield: false };
export const shielded: RecordAuthority = { decisions: everything, placeShield: true };
