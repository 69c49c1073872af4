import { type Kysely, sql } from 'kysely';

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

/** Writes the withdrawal and tells every gateway, both or neither. `store` has the table of 020-withdrawals. */
export async function withdraw<T>(store: Kysely<T>, withdrawal: Withdrawal): Promise<void> {
  const { agreement, version, at, by, why } = withdrawal;
  await store.transaction().execute(async (transaction) => {
    await sql`insert into agreement_withdrawal (agreement, version, at, by_whom, why)
              values (${agreement}, ${version}, ${at}, ${by}, ${why})`.execute(transaction);
    await sql`select pg_notify(${WITHDRAWN_CHANNEL}, '')`.execute(transaction);
  });
}

export const HIGHEST_WITHDRAWN =
  'select agreement, max(version) as version from agreement_withdrawal group by agreement';

/** Agreement id → the highest version withdrawn. */
export async function loadWithdrawals<T>(store: Kysely<T>): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql.raw<{ agreement: string; version: number }>(HIGHEST_WITHDRAWN).execute(store);
  return new Map(rows.map(({ agreement, version }) => [agreement, version]));
}
