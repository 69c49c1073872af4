import { sql } from 'kysely';
import type { Logger } from '../logger.ts';
import { DECIDED_CHANNEL } from '../person-index/review/make-decision.ts';
import type { SignedTexts } from '../sharing/files/signed.ts';
import type { Withdrawals } from '../sharing/rules/agreement.ts';
import { type Listener, listen } from '../store/listen.ts';
import { type AcceptedText, acceptedTexts, listenForSignatures } from '../store/policy-signatures.ts';
import type { Store } from '../store/store.ts';
import { listenForWithdrawals, loadWithdrawals } from '../store/withdrawals.ts';

// What is done on any gateway or at the terminal and holds on all of them at once.

export interface FollowedWithdrawals {
  known(): Withdrawals;
  close(): Promise<void>;
}

/**
 * Knows the withdrawn agreements from the start, and calls `onWithdrawn` whenever one more is, on whichever gateway.
 * What is under way when one is taken back finishes as it was decided.
 */
export async function followWithdrawals(
  storeUrl: string,
  store: Store,
  onWithdrawn: () => void,
  log: Logger,
): Promise<FollowedWithdrawals> {
  let known: Withdrawals = await loadWithdrawals(store.db);
  const listener = listenForWithdrawals(
    storeUrl,
    (withdrawals) => {
      const before = known;
      known = withdrawals;
      const more = [...withdrawals].filter(([agreement, version]) => version > (before.get(agreement) ?? 0));
      const back = [...before].filter(([agreement, version]) => version > (withdrawals.get(agreement) ?? 0));
      for (const [agreement, version] of more) log.warn({ agreement, version }, 'an agreement was withdrawn');
      for (const [agreement, version] of back)
        log.warn({ agreement, version }, 'the withdrawal of an agreement was taken back');
      if (more.length > 0) onWithdrawn();
    },
    () => log.warn({}, 'the connection that tells of withdrawn agreements was lost; it is being made again'),
  );
  return { known: () => known, close: () => listener.close() };
}

const NEWEST = 'select coalesce(max(id), 0)::text as id from index_decision where effective';

/** Calls `onDecision` whenever a human decision on who is who has taken effect, on whichever gateway. */
export async function followDecisions(
  storeUrl: string,
  { db }: Store,
  onDecision: () => void,
  log: Logger,
): Promise<Listener> {
  const first = await sql.raw<{ id: string }>(NEWEST).execute(db);
  let known = first.rows[0]?.id;
  return listen<{ id: string }>(storeUrl, {
    name: 'sightline decisions',
    channel: DECIDED_CHANNEL,
    statement: NEWEST,
    onRows([newest]) {
      const changed = newest?.id !== known;
      known = newest?.id;
      if (changed) onDecision();
    },
    onProblem: () =>
      log.warn({}, 'the connection that tells of decisions on links was lost; it is being made again'),
  });
}

export interface FollowedSignatures {
  known(): SignedTexts;
  close(): Promise<void>;
}

/** Knows which texts of policies were signed, from the start on, and whenever one more is. Rejects while the store is away. */
export async function followSignatures(
  storeUrl: string,
  { db }: Store,
  log: Logger,
): Promise<FollowedSignatures> {
  const signed = (rows: readonly AcceptedText[]): SignedTexts => ({
    key: rows.map(({ agency, id }) => `${agency} ${id}`).join(),
    texts: new Map(rows.map(({ agency, text }) => [agency, text])),
  });
  let known = signed(await acceptedTexts(db));
  const listener = listenForSignatures(
    storeUrl,
    (rows) => {
      known = signed(rows);
    },
    () => log.warn({}, 'the connection that tells of signed policies was lost; it is being made again'),
  );
  return { known: () => known, close: () => listener.close() };
}
