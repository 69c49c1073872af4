import { setMaxListeners } from 'node:events';
import {
  type AnyAgencyApi,
  ApiFailure,
  type ExecutorAuthority,
  isApiFailure,
  type Question,
  type RecordId,
  type RowReader,
} from '../../../adapters/contract.ts';
import type { Logger } from '../../logger.ts';
import type { AgencyConnection } from '../dialects/dialect.ts';
import { codeOf, failureOf, failureWords, isTimeout } from '../dialects/failure.ts';
import { type AgencyState, Breaker } from '../run/breaker.ts';
import { AgencyUnavailableError } from '../run/errors.ts';
import { type CheckedParts, checkedParts } from './checked-parts.ts';
import { ownFetch } from './own-fetch.ts';
import type { AskRows } from './read-parts.ts';
import { Turns } from './turns.ts';

export interface AgencyApiOptions extends AgencyConnection {
  agency: string;
  api: AnyAgencyApi;
  /** So many requests may wait for their turn; the next is refused at once. */
  queueLimit: number;
  log: Logger;
  /** So many failures one after the other make the agency down; 3 if not given. */
  failuresUntilDown?: number;
  /** How often an agency that is down is tried, in milliseconds; 2,000 if not given. */
  probeEveryMs?: number;
}

/** For whom an executor is asked. */
export interface AskingApi {
  signal: AbortSignal;
  now: Date;
  /** Null for the gateway itself. */
  requestId: string | null;
  note?: (problem: string) => void;
}

/** One agency's API within its limits of time and of requests at once. Every failure is an AgencyUnavailableError. */
export interface AgencyApiAccess {
  /** One question of a request, or of a part of it. */
  asking(asking: AskingApi): AskRows;
  /** The same as a database's stand-in, for references and caseloads. */
  reader(signal: AbortSignal): RowReader;
  /** For the feed to the person index: a turn and a time of its own for each question. */
  feed(limits: { statementMs: number; signal: AbortSignal }): RowReader;
  state(): AgencyState;
  /** Why it is down, in words for whoever runs the gateway; null while it is not. */
  why(): string | null;
  close(): Promise<void>;
}

/** Requests of a feed at once. */
const FEED_AT_ONCE = 2;
/** Bytes that one question of a request, and one of the feed, may have in answer. */
const MOST_BYTES = { request: 32 * 1024 * 1024, feed: 512 * 1024 * 1024 };
/** As of an agency's database: one that is slow while everything starts is not down. */
const FIRST_PROBE_MS = 60_000;

/** Opens at once, whether the API is there or not: it is looked for in the background. */
export function openAgencyApi(options: AgencyApiOptions): AgencyApiAccess {
  const { agency, api, log, statementTimeoutMs, maxConnections, queueLimit } = options;
  const url = new URL(options.url);
  const turns = new Turns(maxConnections, queueLimit);
  const feedTurns = new Turns(FEED_AT_ONCE, queueLimit);
  const breaker = new Breaker({
    failures: options.failuresUntilDown ?? 3,
    probeEveryMs: options.probeEveryMs ?? 2_000,
    probeMs: statementTimeoutMs,
    firstProbeMs: Math.max(FIRST_PROBE_MS, statementTimeoutMs),
    probe: (limitMs) =>
      withinTime(
        gatewayItself(new AbortController().signal),
        limitMs,
        turns,
        MOST_BYTES.request,
        (authority) => api.probe(authority),
      ),
    changed: (state, cause) => {
      if (state !== 'DOWN') log.info({ agency, state }, 'agency state changed');
      else log.warn({ agency, state, why: failureWords(cause), code: codeOf(cause) }, 'agency is down');
    },
  });

  async function withinTime<T>(
    { signal, now, requestId, note = () => {} }: AskingApi,
    ms: number,
    own: Turns,
    bytes: number,
    work: (authority: ExecutorAuthority) => Promise<T>,
  ): Promise<T> {
    const stop = new AbortController();
    setMaxListeners(0, signal, stop.signal);
    const stopToo = () => stop.abort(signal.reason);
    if (signal.aborted) stopToo();
    else signal.addEventListener('abort', stopToo, { once: true });
    const timer = setTimeout(
      () => stop.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
      ms,
    ).unref();
    const limits = {
      ...{ url, token: options.token ?? null, signal: stop.signal, budget: { bytes } },
      turn: (until: AbortSignal) => own.take(until),
      endsAt: performance.now() + ms,
    };
    const authority: ExecutorAuthority = {
      ...{ now, signal: stop.signal, note },
      fetch: (path, init = {}) => ownFetch(path, init, limits),
      fault: (problem) => log.error({ requestId, agency, problem }, 'agency answer refused'),
    };
    try {
      // An executor that heeds no signal is left alone with its work.
      return await Promise.race([work(authority), aborted(stop.signal)]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stopToo);
      // Whatever is still under way for a question that is over ends with it.
      stop.abort();
    }
  }

  const fault = (problem: string, requestId: string | null) =>
    log.error({ requestId, agency, problem }, 'agency answer refused');

  /** What the error says of the agency is told to the breaker and to the log. */
  function unavailable(error: unknown, { signal, requestId }: AskingApi): AgencyUnavailableError {
    if (error instanceof AgencyUnavailableError) return error;
    // The asker's own change of mind says nothing of the agency.
    if (signal.aborted)
      return new AgencyUnavailableError(agency, isTimeout(signal.reason) ? 'TIMED_OUT' : 'FAILED', error);
    if (codeOf(error) === 'QUEUE_FULL') return new AgencyUnavailableError(agency, 'FAILED', error);
    if (!isApiFailure(error) && !isTimeout(error)) {
      fault(`the executor failed: ${error instanceof Error ? error.name : typeof error}`, requestId);
      return new AgencyUnavailableError(
        agency,
        'FAILED',
        new ApiFailure('API_NOT_UNDERSTOOD', { cause: error }),
      );
    }
    const { reason, server } = failureOf(error);
    if (server) breaker.failed(reason, error);
    else breaker.answered();
    log.warn({ agency, reason, code: codeOf(error), why: failureWords(error) }, 'agency question failed');
    return new AgencyUnavailableError(agency, reason, error);
  }

  async function asked<T>(
    asking: AskingApi,
    ms: number,
    own: Turns,
    bytes: number,
    work: (authority: ExecutorAuthority) => Promise<T>,
  ): Promise<T> {
    try {
      return await withinTime(asking, ms, own, bytes, work);
    } catch (error) {
      throw unavailable(error, asking);
    }
  }

  const checked = async (question: Question, authority: ExecutorAuthority): Promise<CheckedParts> => {
    if (question.tables.length === 0) await api.probe(authority);
    return checkedParts(question, await api.executor(question, authority), authority.fault);
  };

  const ask =
    (asking: AskingApi): AskRows =>
    async (question) => {
      const refusal = await breaker.refusal();
      if (refusal !== null) throw new AgencyUnavailableError(agency, refusal);
      const parts = await asked(asking, statementTimeoutMs, turns, MOST_BYTES.request, (authority) =>
        checked(question, authority),
      );
      const failed = [...parts].filter(([, part]) => 'failed' in part);
      if (failed.length < parts.size || parts.size === 0) breaker.answered();
      return new Map(
        [...parts].map(
          ([of, part]) => [of, 'failed' in part ? unavailable(part.failed, asking) : part] as const,
        ),
      );
    };

  /** `run` is how a question is asked: by a request's limits or the feed's. */
  function readerBy(run: <T>(work: (authority: ExecutorAuthority) => Promise<T>) => Promise<T>): RowReader {
    let listed: readonly RecordId[] = [];
    const changes = () => {
      if (!api.changes) throw new TypeError(`${agency} tells no changes`);
      return api.changes;
    };
    return {
      readsRows: true,
      rows: (one) =>
        run(async (authority) => {
          if (one.keys.length === 0) return [];
          const part = (await checked({ tables: [one] }, authority)).get(one);
          if (part === undefined || 'failed' in part) throw part?.failed;
          return part;
        }),
      async records(after, limit) {
        if (after === null || listed.length === 0)
          listed = [...new Set(await run((authority) => api.records(authority)))].sort();
        const from = after === null ? 0 : listed.findIndex((id) => id > after);
        const page = from < 0 ? [] : listed.slice(from, from + limit);
        if (page.length === 0) listed = [];
        return page;
      },
      mark: () => run((authority) => changes().mark(authority)),
      since: (mark) => run((authority) => changes().since(mark, authority)),
    };
  }

  return {
    asking: ask,
    reader: (signal) =>
      readerBy(async (work) => {
        const refusal = await breaker.refusal();
        if (refusal !== null) throw new AgencyUnavailableError(agency, refusal);
        return asked(gatewayItself(signal), statementTimeoutMs, turns, MOST_BYTES.request, work);
      }),
    feed: ({ statementMs, signal }) =>
      readerBy((work) =>
        fed(agency, signal, () =>
          withinTime(gatewayItself(signal), statementMs, feedTurns, MOST_BYTES.feed, work),
        ),
      ),
    state: () => breaker.state,
    why: () => (breaker.state === 'DOWN' ? failureWords(breaker.cause) : null),
    async close() {
      breaker.close();
    },
  };
}

const gatewayItself = (signal: AbortSignal): AskingApi => ({ signal, now: new Date(), requestId: null });

/** Neither requests nor their failures hold a feed up, nor it them. */
async function fed<T>(agency: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!signal.aborted && !isApiFailure(error) && !isTimeout(error)) throw error;
    throw new AgencyUnavailableError(agency, failureOf(error).reason, error);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
