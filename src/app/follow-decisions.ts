import { sql } from 'kysely';
import { DECIDED_CHANNEL } from '../person-index/review/make-decision.ts';
import { type Listener, listen } from '../store/listen.ts';
import type { Store } from '../store/store.ts';
import type { AppLog } from './options.ts';

const NEWEST = 'select coalesce(max(id), 0)::text as id from index_decision where effective';

/** Calls `onDecision` whenever a human decision on who is who has taken effect, on whichever gateway. */
export async function followDecisions(
  storeUrl: string,
  { db }: Store,
  onDecision: () => void,
  log: AppLog,
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
