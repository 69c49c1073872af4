import { sql } from 'kysely';
import { type Listener, type ListenOptions, listen } from './listen.ts';
import type { StoreDatabase } from './tables.ts';

/** Gateways listen on this channel and read the withdrawals again when it speaks; it carries no content. */
export const WITHDRAWN_CHANNEL = 'agreement_withdrawn';

export interface Withdrawal {
  agreement: string;
  /** It holds for this version and every one before it. */
  version: number;
  at: Date;
  by: string;
  why: string;
}

/** Writes the withdrawal and tells every gateway, both or neither, with whatever else is done by `also`, given its id. */
export async function withdraw(
  store: StoreDatabase,
  withdrawal: Withdrawal,
  also: (transaction: StoreDatabase, id: string) => Promise<void> = async () => {},
): Promise<void> {
  await store.transaction().execute(async (transaction) => {
    await also(transaction, await writeWithdrawal(transaction, withdrawal));
  });
}

/** The same within a transaction that somebody else has begun. Gives its id. */
export async function writeWithdrawal(
  transaction: StoreDatabase,
  { agreement, version, at, by, why }: Withdrawal,
): Promise<string> {
  const { id } = await transaction
    .insertInto('agreement_withdrawal')
    .values({ agreement, version, at, by_whom: by, why })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`select pg_notify(${WITHDRAWN_CHANNEL}, '')`.execute(transaction);
  return id;
}

/** Milliseconds in which a withdrawal can be taken back as a mistake. */
const TAKE_BACK_MS = 3_600_000;

/** A withdrawal cannot be taken back; the message says why. */
export class TakeBackError extends Error {
  override readonly name = 'TakeBackError';
  readonly code = 'CANNOT_TAKE_BACK';
}

/**
 * Takes the newest withdrawal of an agreement back, within an hour of it, and tells every gateway: what was withdrawn
 * before it stays withdrawn. `record` is awaited before anything takes effect; if it fails, nothing has changed.
 * @throws TakeBackError where nothing is withdrawn, or not within the hour before `at`; whatever `record` throws
 */
export async function takeBack(
  store: StoreDatabase,
  { agreement, at, by, why }: Omit<Withdrawal, 'version'>,
  record: (withdrawal: Withdrawal) => Promise<void>,
): Promise<Withdrawal> {
  return store.transaction().execute(async (transaction) => {
    const newest = await standingWithdrawals(transaction)
      .select('id')
      .where('agreement', '=', agreement)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    if (newest === undefined) throw new TakeBackError(`${agreement} is not withdrawn`);
    if (at.getTime() - newest.at.getTime() > TAKE_BACK_MS) {
      const since = newest.at.toISOString();
      throw new TakeBackError(
        `${agreement} was withdrawn at ${since}, more than an hour ago: that is no slip any more. To share again, sign a higher version in the agency’s file`,
      );
    }
    await transaction
      .insertInto('agreement_withdrawal_taken_back')
      .values({ withdrawal: newest.id, at, by_whom: by, why })
      .execute();
    await record(newest);
    await sql`select pg_notify(${WITHDRAWN_CHANNEL}, '')`.execute(transaction);
    return newest;
  });
}

/** Those that nobody took back. */
const standingWithdrawals = (store: StoreDatabase) =>
  store
    .selectFrom('agreement_withdrawal as w')
    .select(['agreement', 'version', 'at', 'by_whom as by', 'why'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('agreement_withdrawal_taken_back as b')
            .select('b.at')
            .whereRef('b.withdrawal', '=', 'w.id'),
        ),
      ),
    );

/** As text, for the connection that listens. */
const HIGHEST_WITHDRAWN = `
  select agreement, max(version) as version from agreement_withdrawal w
  where not exists (select from agreement_withdrawal_taken_back b where b.withdrawal = w.id) group by agreement`;

/** Agreement id → the highest version withdrawn. */
export async function loadWithdrawals(store: StoreDatabase): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql.raw<{ agreement: string; version: number }>(HIGHEST_WITHDRAWN).execute(store);
  return new Map(rows.map(({ agreement, version }) => [agreement, version]));
}

/** Every withdrawal that nobody took back, by agreement, oldest first. */
export async function listWithdrawals(store: StoreDatabase): Promise<readonly Withdrawal[]> {
  return standingWithdrawals(store).orderBy('agreement').orderBy('at').orderBy('id').execute();
}

/** Keeps the withdrawals known: `onChange` gets agreement id → highest version withdrawn. As `listen` does. */
export function listenForWithdrawals(
  connectionString: string,
  onChange: (withdrawals: ReadonlyMap<string, number>) => void,
  onProblem: (error: unknown) => void,
  options: ListenOptions = {},
): Listener {
  return listen<{ agreement: string; version: number }>(
    connectionString,
    {
      name: 'sightline withdrawals',
      channel: WITHDRAWN_CHANNEL,
      statement: HIGHEST_WITHDRAWN,
      onRows: (rows) => onChange(new Map(rows.map(({ agreement, version }) => [agreement, version]))),
      onProblem,
    },
    options,
  );
}
