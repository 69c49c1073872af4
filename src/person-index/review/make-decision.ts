import { sql } from 'kysely';
import type { AgencyId } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { currentModel } from '../match/current-model.ts';
import {
  decisionsOn,
  type HumanDecision,
  insertDecision,
  type LinkVerdict,
  loadHistory,
  type NewDecision,
  type Pair,
} from '../match/human-decisions.ts';
import { type Matched, matchRecords } from '../match/match-part.ts';
import { lockIndex } from '../match/match-pending.ts';
import type { Explanation } from '../records/matcher.ts';
import type { PersonId } from '../records/types.ts';
import { awaitedFrom, hidingOf, linksMore, openedBy } from './second-word.ts';

/** Gateways listen on this channel, and stop what is under way when it speaks; it carries no content. */
export const DECIDED_CHANNEL = 'person_index_decided';

/** Who decides. */
export type DecidingCaller = Pick<
  HumanDecision,
  'sub' | 'name' | 'organisation' | 'role' | 'purpose' | 'reference'
>;
export interface DecisionWanted {
  pair: Pair;
  /** UNDO puts back what stood before the last decision, by a new one. */
  verdict: LinkVerdict | 'UNDO';
  /** It is to confirm the decision that waits, of this very verdict, or it is nothing. */
  confirms?: boolean;
  why: string;
  by: DecidingCaller;
  /** What the person saw when they decided. */
  shown: Explanation;
}
export interface Decision {
  pair: Pair;
  verdict: LinkVerdict;
  /** False while it waits for a second person. */
  effective: boolean;
  /** The second word on a decision that waited. */
  confirming: boolean;
  /** Agencies of which one must confirm it; empty once it is effective. */
  awaits: readonly AgencyId[];
  /** Whose records the two are before it takes effect. */
  people: readonly PersonId[];
}
export interface DecisionInput {
  store: StoreDatabase;
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
 * Makes a human decision on two records, in one transaction under the index's lock: it is written, the two and all that
 * hangs together with them are matched anew, and only once it stands in the register does anybody see it. What links
 * more, or opens a person who is protected, place-shielded or kept from somebody, waits until a second person of an
 * agency that `awaitedFrom` names confirms it. That what seemed to part people linked or opened some after all shows only
 * when it is done: then it is taken back, and waits.
 * Null where one of the records is not known, or nothing is there to undo or confirm. Rejects where it cannot be registered.
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
    const { version } = await currentModel(within);
    const insert = (made: Row) => insertDecision(within, { ...made, model: version, at: now });
    await sql`savepoint before_decision`.execute(within);
    let made = row;
    if (row.effective) {
      const before = await hidingOf(within);
      await insert(row);
      const opened = openedBy(await takeEffect(within, wanted.pair), before, await hidingOf(within));
      if (row.confirms === null && (opened.more || opened.flags.length > 0)) {
        await sql`rollback to savepoint before_decision`.execute(within);
        const flags = [...new Set([...flagsOf(holders), ...opened.flags])];
        made = {
          ...row,
          effective: false,
          awaits: awaitedFrom({ ...secondWordFrom(wanted, holders), ...opened, flags }),
        };
      }
    }
    const decision: Decision = {
      pair: wanted.pair,
      verdict: made.verdict,
      effective: made.effective,
      confirming: made.confirms !== null,
      awaits: made.awaits,
      people: [...new Set(holders.map(({ person }) => person))],
    };
    if (input.dryRun) {
      await sql`rollback to savepoint before_decision`.execute(within);
      return decision;
    }
    await input.register(decision);
    if (!made.effective) await insert(made);
    return decision;
  });
}

async function takeEffect(store: StoreDatabase, pair: Pair): Promise<Matched> {
  const { rows } = await sql<{ id: string }>`
    select r.id from index_record r
    join jsonb_to_recordset(${JSON.stringify(pair)}::jsonb) as a (agency text, record text) using (agency, record)`.execute(
    store,
  );
  const matched = await matchRecords(
    store,
    rows.map(({ id }) => id),
  );
  await sql`select pg_notify(${DECIDED_CHANNEL}, '')`.execute(store);
  return matched;
}

async function holdersOf(store: StoreDatabase, pair: Pair): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    select r.agency, r.record, r.person,
      array(select distinct unnest(p.owners) from index_protection p where p.person = r.person) as owners
    from index_record r
    join jsonb_to_recordset(${JSON.stringify(pair)}::jsonb) as a (agency text, record text) using (agency, record)
    where r.person is not null`.execute(store);
  return rows;
}

type Row = Omit<NewDecision, 'model' | 'at'>;

const flagsOf = (holders: readonly Holder[]): AgencyId[] => [
  ...new Set(holders.flatMap(({ owners }) => owners)),
];
const secondWordFrom = ({ by }: DecisionWanted, holders: readonly Holder[]) => ({
  organisation: by.organisation,
  owners: holders.map(({ agency }) => agency),
});

/** The row to add, or null where there is nothing to undo or confirm. */
function rowOf(
  wanted: DecisionWanted,
  history: readonly HumanDecision[],
  holders: readonly Holder[],
): Row | null {
  const { by, pair, why, shown } = wanted;
  const { inForce, waiting } = decisionsOn(history);
  const stands = inForce?.verdict ?? 'UNSURE';
  const second = waiting !== null && isSecond(wanted, waiting, stands, holders);
  if (wanted.confirms === true && !second) return null;
  const undone = wanted.verdict === 'UNDO' && !second ? (waiting ?? inForce) : null;
  if (wanted.verdict === 'UNDO' && !second && undone === null) return null;
  const verdict = second ? waiting.verdict : wanted.verdict === 'UNDO' ? before(history) : wanted.verdict;
  // What changes nothing needs no second person.
  const more = linksMore(stands, verdict);
  const flags = flagsOf(holders);
  const awaits =
    second || verdict === stands ? [] : awaitedFrom({ ...secondWordFrom(wanted, holders), more, flags });
  return {
    ...by,
    pair,
    why,
    verdict,
    effective: awaits.length === 0,
    confirms: second ? waiting.id : null,
    undoes: second ? waiting.undoes : (undone?.id ?? null),
    awaits,
    shown: shown.comparisons,
    weight_bits: shown.weightBits,
  };
}

/** Another login, of an agency whose word the decision waited for when it was made, and waits for still. */
function isSecond(
  { by, verdict }: DecisionWanted,
  waiting: HumanDecision,
  stands: LinkVerdict,
  holders: readonly Holder[],
): boolean {
  const owners = holders.map(({ agency }) => agency);
  const now = [linksMore(stands, waiting.verdict), true].flatMap((more) =>
    awaitedFrom({ organisation: waiting.organisation, owners, more, flags: flagsOf(holders) }),
  );
  return (
    waiting.sub !== by.sub &&
    waiting.awaits.includes(by.organisation) &&
    now.includes(by.organisation) &&
    (verdict === 'UNDO' ? waiting.undoes !== null : waiting.verdict === verdict)
  );
}

/** What stood before the newest decision: the one in force if that one only waits, else the one before it. */
function before(history: readonly HumanDecision[]): LinkVerdict {
  const effective = history.filter((one) => one.effective);
  const at = history[0]?.effective ? 1 : 0;
  return effective[at]?.verdict ?? 'UNSURE';
}
