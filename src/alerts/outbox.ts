import { sql } from 'kysely';
import type { StoreDatabase } from '../store/tables.ts';

/** An alert on its way from the outbox. */
export interface WaitingAlert {
  readonly alert: string;
  readonly organisation: string;
  readonly kind: string;
}

/** Kept in one transaction with the job that `enqueue` makes of them: an alert is in the queue or waits, and never neither. */
export async function queueWaiting(
  db: StoreDatabase,
  organisations: readonly string[],
  enqueue: (transaction: StoreDatabase, alerts: readonly WaitingAlert[]) => Promise<void>,
): Promise<number> {
  if (organisations.length === 0) return 0;
  return db.transaction().execute(async (transaction) => {
    const alerts = await transaction
      .updateTable('index_outbox')
      .set({ queued_at: sql`now()` })
      .where('id', 'in', (oldest) =>
        oldest
          .selectFrom('index_outbox')
          .select('id')
          .where('queued_at', 'is', null)
          .where('organisation', 'in', organisations)
          .orderBy('id')
          .limit(MOST_AT_ONCE)
          .forUpdate()
          .skipLocked(),
      )
      .returning(['alert', 'organisation', 'kind'])
      .execute();
    if (alerts.length > 0) await enqueue(transaction, alerts);
    return alerts.length;
  });
}
const MOST_AT_ONCE = 100;

export const markDelivered = (db: StoreDatabase, alert: string) =>
  db
    .updateTable('index_outbox')
    .set({ delivered_at: sql`coalesce(delivered_at, now())`, given_up_at: null })
    .where('alert', '=', alert)
    .execute();

export const markGivenUp = (db: StoreDatabase, alert: string) =>
  db
    .updateTable('index_outbox')
    .set({ given_up_at: sql`now()` })
    .where('alert', '=', alert)
    .where('delivered_at', 'is', null)
    .execute();

/** Puts alerts that were given up back into the outbox; null for all of them. Gives how many. */
/** Agencies of which an alert was given up, or this one was; none where there is none to send again. */
export async function givenUpOf(db: StoreDatabase, alert: string | null): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('index_outbox')
    .select('organisation')
    .distinct()
    .where('given_up_at', 'is not', null)
    .where('delivered_at', 'is', null)
    .$if(alert !== null, (one) => one.where('alert', '=', alert ?? ''))
    .orderBy('organisation')
    .execute();
  return rows.map(({ organisation }) => organisation);
}

export async function sendAgain(db: StoreDatabase, alert: string | null): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('index_outbox')
    .set({ queued_at: null, given_up_at: null })
    .where('given_up_at', 'is not', null)
    .where('delivered_at', 'is', null)
    .$if(alert !== null, (one) => one.where('alert', '=', alert ?? ''))
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

export type AlertState = 'WAITING' | 'SENDING' | 'DELIVERED' | 'GIVEN_UP';
export const ALERT_STATES: readonly AlertState[] = ['WAITING', 'SENDING', 'DELIVERED', 'GIVEN_UP'];

const stateOf = sql<AlertState>`case when delivered_at is not null then 'DELIVERED' when given_up_at is not null then 'GIVEN_UP'
  when queued_at is not null then 'SENDING' else 'WAITING' end`;

export interface ListedAlert extends WaitingAlert {
  readonly at: Date;
  readonly state: AlertState;
  readonly deliveredAt: Date | null;
}

/** The newest first. Nothing of what an alert is about is read. */
export async function listAlerts(
  db: StoreDatabase,
  { organisation, state, first }: { organisation: string | null; state: AlertState | null; first: number },
): Promise<readonly ListedAlert[]> {
  return db
    .selectFrom('index_outbox')
    .select(['alert', 'organisation', 'kind', 'at', 'delivered_at as deliveredAt', stateOf.as('state')])
    .$if(organisation !== null, (some) => some.where('organisation', '=', organisation ?? ''))
    .$if(state !== null, (some) => some.where(stateOf, '=', state ?? 'WAITING'))
    .orderBy('id', 'desc')
    .limit(first)
    .execute();
}

/** How many are in each state, and since when the oldest that has not arrived waits; null where none does. */
export async function countAlerts(
  db: StoreDatabase,
): Promise<{ counts: ReadonlyMap<AlertState, number>; oldest: Date | null }> {
  const rows = await db
    .selectFrom('index_outbox')
    .select([stateOf.as('state'), sql<number>`count(*)::int`.as('count'), sql<Date>`min(at)`.as('oldest')])
    .groupBy(stateOf)
    .execute();
  const waiting = rows.filter(({ state }) => state !== 'DELIVERED').map(({ oldest }) => oldest.getTime());
  return {
    counts: new Map(
      ALERT_STATES.map((state) => [state, rows.find((row) => row.state === state)?.count ?? 0]),
    ),
    oldest: waiting.length > 0 ? new Date(Math.min(...waiting)) : null,
  };
}
