import { setMaxListeners } from 'node:events';
import type { Logger } from '../../logger.ts';
import {
  QueueFullError,
  type ResultRow,
  type SqlStatement,
  type StatementPool,
} from '../dialects/dialect.ts';
import { codeOf, failureOf, failureWords, isTimeout } from '../dialects/failure.ts';
import type { Breaker } from './breaker.ts';
import { AgencyUnavailableError } from './errors.ts';

export interface StatementLimits {
  agency: string;
  /** Milliseconds for what is asked together, waiting for a connection included. */
  statementTimeoutMs: number;
  log: Pick<Logger, 'warn'>;
}

/**
 * Runs statements behind the breaker, each request's within its time, and tells their failures apart: each rejects with an
 * AgencyUnavailableError. What is asked in one tick under one signal is sent together where the agency is quick.
 */
export function withinLimits(
  { agency, statementTimeoutMs, log }: StatementLimits,
  runner: StatementPool,
  breaker: Breaker,
): (statement: SqlStatement, options: { signal: AbortSignal }) => Promise<ResultRow[]> {
  const pace = new Pace();
  const failed = (error: unknown, signal: AbortSignal, limit: TimeLimit): AgencyUnavailableError => {
    // The asker's own change of mind says nothing of the agency.
    if (signal.aborted && !limit.over())
      return new AgencyUnavailableError(agency, isTimeout(signal.reason) ? 'TIMED_OUT' : 'FAILED', error);
    const failure = failureOf(error);
    if (failure.server && !(error instanceof QueueFullError)) breaker.failed(failure.reason, error);
    else if (!failure.server) breaker.answered();
    const why = failureWords(error);
    log.warn({ agency, reason: failure.reason, code: codeOf(error), why }, 'agency statement failed');
    return new AgencyUnavailableError(agency, failure.reason, error);
  };
  const send = async (group: readonly Asked[], signal: AbortSignal): Promise<void> => {
    const refusal = await breaker.refusal();
    if (refusal !== null) {
      for (const { reject } of group) reject(new AgencyUnavailableError(agency, refusal));
      return;
    }
    const limit = timeLimit(signal, statementTimeoutMs);
    const began = performance.now();
    const statements = group.map(({ statement }) => statement);
    const running = pace.isQuick()
      ? runner.runTogether(statements, limit.signal)
      : statements.map((statement) => runner.run(statement, limit.signal));
    let faults = 0;
    const settled = group.map(({ resolve, reject }, at) =>
      (running[at] as Promise<ResultRow[]>).then(
        (rows) => {
          breaker.answered();
          resolve(rows);
        },
        (error) => {
          // Those that were sent with it fail by what stopped it: that is one failure, and told once.
          faults += 1;
          if (faults > 1 && limit.signal.aborted)
            reject(new AgencyUnavailableError(agency, failureOf(error).reason, error));
          else reject(failed(error, signal, limit));
        },
      ),
    );
    await Promise.all(settled);
    limit.done();
    if (faults === 0) pace.answered(performance.now() - began);
  };
  return gathered(send);
}

interface Asked {
  statement: SqlStatement;
  resolve(rows: ResultRow[]): void;
  reject(error: unknown): void;
}

/** Gathers what is asked in one tick under one signal: the statements of one request. */
function gathered(send: (group: readonly Asked[], signal: AbortSignal) => Promise<void>) {
  const groups = new WeakMap<AbortSignal, Asked[]>();
  return (statement: SqlStatement, { signal }: { signal: AbortSignal }): Promise<ResultRow[]> =>
    new Promise((resolve, reject) => {
      const group = groups.get(signal);
      if (group) {
        group.push({ statement, resolve, reject });
        return;
      }
      const begun: Asked[] = [{ statement, resolve, reject }];
      groups.set(signal, begun);
      // After all promises that are settled by now, and before anything new is heard.
      Promise.resolve().then(() =>
        process.nextTick(() => {
          groups.delete(signal);
          void send(begun, signal);
        }),
      );
    });
}

/** Milliseconds: one that answers in less is asked several things at once on one connection, one that takes longer on several. */
const QUICK_MS = 25;
const LAST_ANSWERS = 64;
/** Fewer say nothing yet. */
const ENOUGH_ANSWERS = 16;

/** How quickly an agency has answered of late, by its best: a busy gateway makes any agency look slow. */
class Pace {
  readonly #took: number[] = [];

  answered(ms: number): void {
    this.#took.push(ms);
    if (this.#took.length > LAST_ANSWERS) this.#took.shift();
  }

  isQuick(): boolean {
    return this.#took.length >= ENOUGH_ANSWERS && Math.min(...this.#took) <= QUICK_MS;
  }
}

/** A signal that aborts with another, or when its time is up. */
interface TimeLimit {
  signal: AbortSignal;
  /** Whether it was the time that ended it. */
  over(): boolean;
  /** To be called when the work has ended. */
  done(): void;
}

/**
 * As `AbortSignal.any` of a signal and `AbortSignal.timeout` would: each statement has one, and those cost more than it
 * takes to send it.
 */
function timeLimit(outer: AbortSignal, ms: number): TimeLimit {
  const controller = new AbortController();
  // A request has as many statements as it needs.
  setMaxListeners(0, outer, controller.signal);
  let over = false;
  const stop = () => controller.abort(outer.reason);
  const timer = setTimeout(() => {
    over = !controller.signal.aborted;
    controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  }, ms).unref();
  if (outer.aborted) stop();
  else outer.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    over: () => over,
    done() {
      clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}
