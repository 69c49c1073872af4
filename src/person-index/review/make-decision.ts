import { sql } from 'kysely';
import type { AgencyId } from '../../../adapters/contract.ts';
import { currentModel } from '../current-model.ts';
import {
  type HumanDecision,
  insertDecision,
  type LinkVerdict,
  loadHistory,
  type NewDecision,
  type Pair,
  standingOf,
} from '../human-decisions.ts';
import { matchRecords } from '../match-part.ts';
import { lockIndex } from '../match-pending.ts';
import type { Explanation } from '../matcher.ts';
import type { Store } from '../tables.ts';
import type { PersonId } from '../types.ts';

/** Gateways listen on this channel, and stop what is under way when it speaks; it carries no content. */
export const DECIDED_CHANNEL = 'person_index_decided';

/** Who decides. */
export type Decider = Pick<HumanDecision, 'sub' | 'name' | 'organisation' | 'role' | 'purpose' | 'reference'>;
export interface DecisionWanted {
  pair: Pair;
  /** UNDO puts back what stood before the last decision, by a new one. */
  verdict: LinkVerdict | 'UNDO';
  why: string;
  by: Decider;
  /** What the person saw when they decided. */
  shown: Explanation;
}
export interface Decision {
  pair: Pair;
  verdict: LinkVerdict;
  /** False while it waits for a second person. */
  effective: boolean;
  /** Whose records the two are before it takes effect. */
  people: readonly PersonId[];
}
export interface DecisionInput {
  store: Store;
  now: Date;
  wanted: DecisionWanted;
  /** Writes the decision into the disclosure register; where it cannot, the decision is not made. */
  register(decision: Decision): Promise<void>;
  /** Says what would come of it, and changes nothing. */
  dryRun?: boolean;
}

interface Holder {
  agency: AgencyId;
  record: string;
  person: PersonId;
  /** Agencies whose flags protect or place-shield the person. */
  owners: AgencyId[];
}

/**
 * Makes a human decision on two records: registered first, then written, then the two and all that hangs together
 * with them are matched anew, in one transaction under the index's lock. A decision that changes something of a
 * protected or place-shielded person waits until a second person, of an agency whose flag it is, makes the same.
 * Null where one of the records is not known, or nothing is there to undo. Rejects where it cannot be registered.
 */
export function makeDecision(input: DecisionInput): Promise<Decision | null> {
  const { store, wanted, now } = input;
  return store.transaction().execute(async (within) => {
    // The lock of the feeds: nothing is matched between the reading and the writing.
    await lockIndex(within);
    const holders = await holdersOf(within, wanted.pair);
    const history = await loadHistory(within, [wanted.pair]);
    const row = holders.length === 2 ? rowOf(wanted, history, holders) : null;
    if (row === null) return null;
    const decision: Decision = {
      pair: wanted.pair,
      verdict: row.verdict,
      effective: row.effective,
      people: [...new Set(holders.map(({ person }) => person))],
    };
    if (input.dryRun) return decision;
    await input.register(decision);
    const { version } = await currentModel(within);
    await insertDecision(within, { ...row, model: version, at: now });
    if (row.effective) await takeEffect(within, wanted.pair);
    return decision;
  });
}

async function takeEffect(store: Store, pair: Pair): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select r.id from index_record r
    join jsonb_to_recordset(${JSON.stringify(pair)}::jsonb) as a (agency text, record text) using (agency, record)`.execute(
    store,
  );
  await matchRecords(
    store,
    rows.map(({ id }) => id),
  );
  await sql`select pg_notify(${DECIDED_CHANNEL}, '')`.execute(store);
}

async function holdersOf(store: Store, pair: Pair): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    select r.agency, r.record, r.person,
      array(select distinct unnest(p.owners) from index_protection p where p.person = r.person) as owners
    from index_record r
    join jsonb_to_recordset(${JSON.stringify(pair)}::jsonb) as a (agency text, record text) using (agency, record)
    where r.person is not null`.execute(store);
  return rows;
}

/** The row to add, or null where there is nothing to undo. */
function rowOf(
  wanted: DecisionWanted,
  history: readonly HumanDecision[],
  holders: readonly Holder[],
): Omit<NewDecision, 'model' | 'at'> | null {
  const { by, pair, why, shown } = wanted;
  const { inForce, waiting } = standingOf(history);
  const owners = new Set(holders.flatMap((holder) => holder.owners));
  const second =
    waiting !== null &&
    owners.has(by.organisation) &&
    (waiting.sub !== by.sub || waiting.organisation !== by.organisation) &&
    (wanted.verdict === 'UNDO' ? waiting.undoes !== null : waiting.verdict === wanted.verdict);
  const undone = wanted.verdict === 'UNDO' && !second ? (waiting ?? inForce) : null;
  if (wanted.verdict === 'UNDO' && !second && undone === null) return null;
  const stands = inForce?.verdict ?? 'UNSURE';
  const verdict = second ? waiting.verdict : wanted.verdict === 'UNDO' ? before(history) : wanted.verdict;
  return {
    ...by,
    pair,
    why,
    verdict,
    // What changes nothing needs no second person.
    effective: second || owners.size === 0 || verdict === stands,
    confirms: second ? waiting.id : null,
    undoes: second ? waiting.undoes : (undone?.id ?? null),
    shown: shown.comparisons,
    weight_bits: shown.weightBits,
  };
}

/** What stood before the newest decision: the one in force if that one only waits, else the one before it. */
function before(history: readonly HumanDecision[]): LinkVerdict {
  const effective = history.filter((one) => one.effective);
  const at = history[0]?.effective ? 1 : 0;
  return effective[at]?.verdict ?? 'UNSURE';
}
