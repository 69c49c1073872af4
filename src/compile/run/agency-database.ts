import { Kysely } from 'kysely';
import type { AnyAgencyDatabase, AnyTables } from '../../../adapters/contract.ts';
import type { Logger } from '../../logger.ts';
import {
  type AgencyConnection,
  CONNECT_MS,
  type Dialect,
  type ResultRow,
  type SqlStatement,
  type StatementPool,
} from '../dialects/dialect.ts';
import { codeOf, failureOf, failureWords } from '../dialects/failure.ts';
import { dialectOf } from '../dialects/of-url.ts';
import { type AgencyState, Breaker } from './breaker.ts';
import { AgencyUnavailableError } from './errors.ts';
import { withinLimits } from './limited-statements.ts';

export interface AgencyDatabaseOptions extends AgencyConnection {
  agency: string;
  /** So many statements may wait for a connection; the next is refused at once. */
  queueLimit: number;
  log: Logger;
  /** So many failures one after the other make the agency down; 3 if not given. */
  failuresUntilDown?: number;
  /** How often an agency that is down is tried; 2,000 if not given. */
  probeEveryMs?: number;
}

/** One agency's database, read-only, within its limits. Every failure is an AgencyUnavailableError. */
export interface AgencyDatabase {
  /** How its statements are written. */
  dialect: Dialect;
  /**
   * Runs one statement. Stops it at the server when the signal aborts or its time is up. Those that are asked in one tick
   * under one signal are sent together where the agency is quick, and share their time.
   */
  query(statement: SqlStatement, options: { signal: AbortSignal }): Promise<ResultRow[]>;
  /** For an adapter's own statements, under the same limits. */
  kysely: AnyAgencyDatabase;
  /** The same, each statement stopped when the signal aborts. */
  kyselyFor(signal: AbortSignal): AnyAgencyDatabase;
  /**
   * For the agency's feed to the person index: connections of its own, and a time limit of its own for each statement,
   * so that neither requests nor their failures hold it up, nor it them. Rejects with AgencyUnavailableError where the
   * agency cannot be reached in time, else with the database's own error.
   */
  feed(limits: { statementMs: number; signal: AbortSignal }): AnyAgencyDatabase;
  state(): AgencyState;
  /** Why it is down, in words for whoever runs the gateway; null while it is not. */
  why(): string | null;
  close(): Promise<void>;
}

/** A gateway that fills its index on a slow machine has answered late by half a minute; a refused connection is known at once. */
const FIRST_PROBE_MS = 60_000;

/** Opens at once, whether the server is there or not: it is looked for in the background. */
export function openAgencyDatabase(options: AgencyDatabaseOptions): AgencyDatabase {
  const { agency, statementTimeoutMs, log } = options;
  const dialect = dialectOf(options.url);
  const lost = (error: unknown) => log.warn({ agency, code: codeOf(error) }, 'idle agency connection lost');
  const { queueLimit } = options;
  const pool = dialect.connect(options, { of: 'REQUESTS', queueLimit, lost });
  const feedPool = dialect.connect(options, { of: 'FEED', queueLimit, lost });
  const breaker = new Breaker({
    failures: options.failuresUntilDown ?? 3,
    probeEveryMs: options.probeEveryMs ?? 2_000,
    probeMs: statementTimeoutMs,
    firstProbeMs: Math.max(FIRST_PROBE_MS, statementTimeoutMs),
    probe: (limitMs) => probe(pool, limitMs),
    changed: (state, cause) => {
      if (state !== 'DOWN') log.info({ agency, state }, 'agency state changed');
      else log.warn({ agency, state, why: failureWords(cause), code: codeOf(cause) }, 'agency is down');
    },
  });
  const query = withinLimits(options, pool, breaker);
  const kyselyWith = (signalOf: () => AbortSignal) =>
    new Kysely<AnyTables>({ dialect: dialect.kysely((one) => query(one, { signal: signalOf() })) });
  return {
    dialect,
    query,
    kysely: kyselyWith(() => new AbortController().signal),
    kyselyFor: (signal) => kyselyWith(() => signal),
    feed: ({ statementMs, signal }) =>
      new Kysely<AnyTables>({
        dialect: dialect.kysely((one) => fed(agency, feedPool, one, signal, statementMs)),
      }),
    state: () => breaker.state,
    why: () => (breaker.state === 'DOWN' ? failureWords(breaker.cause) : null),
    close: async () => {
      breaker.close();
      await Promise.all([pool.close(), feedPool.close()]);
    },
  };
}

/** Asks for something cheap. A connection that does not come about is given up before a long limit is over, and is tried again. */
async function probe(pool: StatementPool, limitMs: number): Promise<void> {
  const signal = AbortSignal.timeout(limitMs);
  for (;;) {
    const began = performance.now();
    try {
      await pool.run({ sql: 'select 1', parameters: [] }, signal);
      return;
    } catch (error) {
      if (signal.aborted || performance.now() - began < CONNECT_MS) throw error;
    }
  }
}

async function fed(
  agency: string,
  pool: StatementPool,
  statement: SqlStatement,
  signal: AbortSignal,
  statementMs: number,
): Promise<ResultRow[]> {
  const timeout = AbortSignal.timeout(statementMs);
  try {
    return await pool.run(statement, AbortSignal.any([signal, timeout]));
  } catch (error) {
    const failure = failureOf(error);
    if (!signal.aborted && !failure.server) throw error;
    throw new AgencyUnavailableError(agency, failure.reason, error);
  }
}
