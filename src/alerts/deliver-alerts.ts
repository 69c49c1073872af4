import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import PgBoss from 'pg-boss';
import type { Logger } from '../logger.ts';
import { schemaOf } from '../session.ts';
import { listen } from '../store/listen.ts';
import { openStore } from '../store/store.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { urgencyOf } from './event.ts';
import { markDelivered, markGivenUp, queueWaiting, type WaitingAlert } from './outbox.ts';
import type { Receivers } from './receivers.ts';

export interface DeliverOptions {
  /** The own store, as a login that owns its tables and may make a schema for the queue. */
  storeUrl: string;
  receivers: Receivers;
  /** Organisations that may have alerts: each of which `receivers` has nowhere to send is warned of. */
  organisations: readonly string[];
  log: Logger;
  /** Seconds until a failed delivery is tried again, doubled each time (5). */
  retrySeconds?: number;
  /** How often it is tried again before it is given up (14: the last of them some 23 hours after the first). */
  retries?: number;
  /** Seconds in which it is looked for what a gateway was sending when it was killed (15). */
  maintenanceSeconds?: number;
  /** Milliseconds in which the queue is looked at if nothing says that there is an alert: what is to be sent again (5,000). */
  turnMs?: number;
}

export interface AlertDelivery {
  /** Finishes what is being sent; what is not sent stays in the queue. */
  close(): Promise<void>;
}

const DELIVER = 'alerts';
const GIVEN_UP = 'alerts-given-up';
/** Milliseconds before the queue is opened again, where the store was away or refused. */
const REOPEN_MS = 10_000;

/**
 * Delivers the alerts of the outbox, by a queue in the own store (pg-boss), until closed. At least once, and always
 * with the same id: nothing is lost where a gateway is killed between two steps, and what is sent again can be told by it.
 * Starts without the store, and throws nothing: what goes wrong stands in the log.
 */
export function deliverAlerts(options: DeliverOptions): AlertDelivery {
  const { organisations, receivers, log } = options;
  const absent = organisations.filter((organisation) => !receivers.has(organisation));
  if (absent.length > 0) log.warn({ organisations: absent }, 'alerts to these have no address, and wait');
  const closing = new AbortController();
  const running = keepDelivering(options, closing.signal);
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}

async function keepDelivering(options: DeliverOptions, signal: AbortSignal): Promise<void> {
  const { storeUrl, log } = options;
  const onConnectionError = () => log.warn({}, 'a connection to the own store was lost');
  const store = openStore(storeUrl, { ...UNHURRIED, onConnectionError });
  const { db } = store;
  while (!signal.aborted) {
    const queue = await openQueue(options, db).catch((error: Error) => {
      log.warn({ problem: error.message }, 'the queue of alerts cannot be opened; it is tried again');
      return null;
    });
    if (queue) await runQueue(queue, db, options, signal);
    else await sleep(REOPEN_MS, undefined, { signal }).catch(() => {});
  }
  await store.close();
}
/** Nobody waits for it: a slow machine, or a first start that makes the queue's tables, is no fault to warn of. */
const UNHURRIED = { connections: 2, connectTimeoutMs: 60_000, statementTimeoutMs: 60_000 };

/** The queue lies in a schema of its own beside the store's. */
export const queueSchema = (storeUrl: string): string => {
  const schema = schemaOf(storeUrl).replaceAll(/\W/g, '_');
  return schema === 'public' ? 'sightline_alerts' : `${schema}_alerts`;
};

async function openQueue(
  { storeUrl, log, maintenanceSeconds = 15 }: DeliverOptions,
  db: StoreDatabase,
): Promise<PgBoss> {
  const boss = new PgBoss({
    ...{ db: executor(db), schema: queueSchema(storeUrl), schedule: false },
    maintenanceIntervalSeconds: maintenanceSeconds,
  });
  boss.on('error', (error) => log.warn({ problem: error.message }, 'the queue of alerts has a fault'));
  await boss.start();
  await boss.createQueue(GIVEN_UP);
  await boss.createQueue(DELIVER);
  return boss;
}

/**
 * The store's own connections, for the queue: with our session, and never left within a transaction that failed, for the
 * queue sends several statements with one text.
 */
const executor = (db: StoreDatabase): PgBoss.Db => ({
  executeSql: (text, values) =>
    db.connection().execute(async (connection) => {
      try {
        return await connection.executeQuery(CompiledQuery.raw(text, values ?? []));
      } catch (error) {
        await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => {});
        throw error;
      }
    }) as Promise<{ rows: unknown[] }>,
});

/** Within a transaction of ours. */
const executorIn = (transaction: StoreDatabase): PgBoss.Db => ({
  executeSql: (text, values) =>
    transaction.executeQuery(CompiledQuery.raw(text, values)) as Promise<{ rows: unknown[] }>,
});

async function runQueue(
  boss: PgBoss,
  db: StoreDatabase,
  { turnMs = 5_000, ...options }: DeliverOptions,
  signal: AbortSignal,
): Promise<void> {
  const { storeUrl, log } = options;
  const bell = new Bell(signal);
  const listener = listen<{ waiting: boolean }>(storeUrl, {
    name: 'sightline alerts',
    channel: 'sightline_alerts',
    statement: 'select exists (select from index_outbox where queued_at is null) as waiting',
    onRows: ([row]) => row?.waiting && bell.ring(),
    onProblem: () => log.warn({}, 'the connection that tells of alerts was lost; it is being made again'),
  });
  while (!signal.aborted) {
    try {
      const sent = await takeTurn(boss, db, options);
      if (sent === 0) await bell.rings(turnMs);
    } catch (error) {
      log.warn({ problem: (error as Error).message }, 'alerts could not be taken from the queue; they wait');
      await bell.rings(turnMs);
    }
  }
  await listener.close();
  await boss.stop({ graceful: false });
}

/** Queues what waits, sends what is due, and marks what was given up. Gives how many alerts it had to do with. */
async function takeTurn(
  boss: PgBoss,
  db: StoreDatabase,
  { receivers, organisations, log, retrySeconds = 5, retries = 14 }: DeliverOptions,
): Promise<number> {
  const jobOf = ({ alert, organisation, kind }: WaitingAlert): PgBoss.JobInsert<WaitingAlert> => ({
    ...{ name: DELIVER, data: { alert, organisation, kind }, deadLetter: GIVEN_UP },
    ...{
      retryLimit: retries,
      retryDelay: retrySeconds,
      retryBackoff: true,
      expireInSeconds: SENDING_SECONDS,
    },
    keepUntil: new Date(Date.now() + KEPT_MS),
  });
  const reachable = organisations.filter((organisation) => receivers.has(organisation));
  const queued = await queueWaiting(db, reachable, async (transaction, alerts) => {
    // The package's types leave out that its jobs can be added within somebody else's transaction.
    const within = { db: executorIn(transaction) } as Parameters<PgBoss['insert']>[1];
    await boss.insert(alerts.map(jobOf), within);
  });
  const due = (await boss.fetch<WaitingAlert>(DELIVER, { batchSize: BATCH })) ?? [];
  await Promise.all(due.map((job) => deliver(job)));
  const lost = (await boss.fetch<WaitingAlert>(GIVEN_UP, { batchSize: BATCH })) ?? [];
  for (const { id, data } of lost) {
    await markGivenUp(db, data.alert);
    await boss.complete(GIVEN_UP, id);
    const { alert, organisation } = data;
    log.error({ alert, organisation }, 'an alert could not be delivered, and is given up');
  }
  return queued + due.length + lost.length;

  async function deliver({ id, data: { alert, organisation, kind } }: PgBoss.Job<WaitingAlert>) {
    try {
      await receivers.send(organisation, { id: alert, urgency: urgencyOf(kind) });
    } catch (error) {
      const { message: problem } = error as Error;
      log.warn({ alert, organisation, problem }, 'an alert was not taken; it is sent again');
      await boss.fail(DELIVER, id, { problem });
      return;
    }
    await markDelivered(db, alert);
    await boss.complete(DELIVER, id);
  }
}

/** Alerts that are sent at one time: a receiver that does not answer keeps the others waiting ten seconds at most. */
const BATCH = 20;
/** Longer than a receiver may take: what is not done by then was being sent by a gateway that was killed. */
const SENDING_SECONDS = 30;
/** A year: long after it was given up. */
const KEPT_MS = 365 * 24 * 60 * 60 * 1_000;

/** Ends a pause early, also one that has not begun. */
class Bell {
  readonly #signal: AbortSignal;
  #rung = false;
  #wake = () => {};

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.ring(), { once: true });
  }

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Resolves when rung since the last time, or after so many milliseconds. */
  async rings(ms: number): Promise<void> {
    const pause = new AbortController();
    this.#wake = () => pause.abort();
    if (!this.#rung && !this.#signal.aborted)
      await sleep(ms, undefined, { signal: pause.signal }).catch(() => {});
    this.#rung = false;
  }
}
