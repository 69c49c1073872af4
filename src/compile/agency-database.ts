// biome-ignore-all lint/suspicious/noExplicitAny: adapters know their own tables
import { Kysely } from 'kysely';
import pg from 'pg';
import { type AgencyState, Breaker } from './breaker.ts';
import { AgencyUnavailableError } from './errors.ts';
import { codeOf, failureOf, isTimeout } from './failure.ts';
import { poolOptions } from './pool-options.ts';
import { readOnlyDialect } from './read-only-dialect.ts';
import { QueueFullError, type ResultRow, type SqlStatement, StatementRunner } from './statement-runner.ts';

export interface AgencyDatabaseOptions {
  agency: string;
  url: string;
  maxConnections: number;
  /** For one statement, waiting for a connection included. */
  statementTimeoutMs: number;
  /** So many statements may wait for a connection; the next is refused at once. */
  queueLimit: number;
  log: AgencyLog;
  /** So many failures one after the other make the agency down; 3 if not given. */
  failuresUntilDown?: number;
  /** How often an agency that is down is tried; 2,000 if not given. */
  probeEveryMs?: number;
}
export interface AgencyLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** One agency's database, read-only, within its limits. Every failure is an AgencyUnavailableError. */
export interface AgencyDatabase {
  /** Runs one statement. Stops it at the server when the signal aborts or its time is up. */
  query(statement: SqlStatement, options: { signal: AbortSignal }): Promise<ResultRow[]>;
  /** For an adapter's own statements, under the same limits. */
  kysely: Kysely<any>;
  /** The same, each statement stopped when the signal aborts. */
  kyselyFor(signal: AbortSignal): Kysely<any>;
  state(): AgencyState;
  close(): Promise<void>;
}

/** Opens at once, whether the server is there or not: it is looked for in the background. */
export function openAgencyDatabase(options: AgencyDatabaseOptions): AgencyDatabase {
  const { agency, statementTimeoutMs, log } = options;
  const pool = new pg.Pool(poolOptions(options));
  pool.on('error', (error) => {
    // A goodbye that the server did not wait for is no loss.
    if (!pool.ending) log.warn({ agency, code: codeOf(error) }, 'idle agency connection lost');
  });
  const runner = new StatementRunner(pool, options.queueLimit);
  const breaker = new Breaker({
    failures: options.failuresUntilDown ?? 3,
    probeEveryMs: options.probeEveryMs ?? 2_000,
    probe: () => runner.run({ sql: 'select 1', parameters: [] }, AbortSignal.timeout(statementTimeoutMs)),
    changed: (state) => log.info({ agency, state }, 'agency state changed'),
  });
  const query = guarded(options, runner, breaker);
  const kyselyWith = (signalOf: () => AbortSignal) =>
    new Kysely<any>({ dialect: readOnlyDialect((one) => query(one, { signal: signalOf() })) });
  return {
    query,
    kysely: kyselyWith(() => new AbortController().signal),
    kyselyFor: (signal) => kyselyWith(() => signal),
    state: () => breaker.state,
    close: async () => {
      breaker.close();
      await pool.end();
    },
  };
}

/** Statements behind the breaker, their failures told apart. */
function guarded(
  { agency, statementTimeoutMs, log }: AgencyDatabaseOptions,
  runner: StatementRunner,
  breaker: Breaker,
) {
  return async (statement: SqlStatement, { signal }: { signal: AbortSignal }): Promise<ResultRow[]> => {
    const refusal = await breaker.refusal();
    if (refusal !== null) throw new AgencyUnavailableError(agency, refusal);
    const timeout = AbortSignal.timeout(statementTimeoutMs);
    try {
      const rows = await runner.run(statement, AbortSignal.any([signal, timeout]));
      breaker.answered();
      return rows;
    } catch (error) {
      // The asker's own change of mind says nothing of the agency.
      if (signal.aborted && !timeout.aborted)
        throw new AgencyUnavailableError(agency, isTimeout(signal.reason) ? 'TIMED_OUT' : 'FAILED', error);
      const failure = failureOf(error);
      if (failure.server && !(error instanceof QueueFullError)) breaker.failed(failure.reason);
      else if (!failure.server) breaker.answered();
      log.warn({ agency, reason: failure.reason, code: codeOf(error) }, 'agency statement failed');
      throw new AgencyUnavailableError(agency, failure.reason, error);
    }
  };
}
