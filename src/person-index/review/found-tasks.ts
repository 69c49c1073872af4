import type { AgencyId } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import {
  decisionsOn,
  type HumanDecision,
  loadHistory,
  type Pair,
  pairKey,
  pairOf,
  pairOfDecision,
} from '../match/human-decisions.ts';
import { recordKey } from '../records/features.ts';
import type { PersonId } from '../records/types.ts';
import {
  type DecidedRow,
  loadAwaiting,
  loadCandidateRecords,
  loadDecidedRows,
  loadNewestDecided,
  loadPairRecords,
  loadPersonPairs,
  loadTaskRecords,
  type PersonPair,
  type TaskRecord,
  type TaskScope,
} from './task-rows.ts';
import type { ReviewOrigin, ReviewState } from './types.ts';

/** Two records on which a human is asked to decide, or did, whoever may see it. */
export interface FoundTask {
  pair: Pair;
  origins: readonly ReviewOrigin[];
  /** Whose the two records are; the same twice where they are one person's. */
  people: readonly [PersonId, PersonId];
  /** Records of each side: all of the person's; where both are one person's, each record alone. */
  sides: readonly [readonly TaskRecord[], readonly TaskRecord[]];
  /** Newest first. */
  history: readonly HumanDecision[];
  state: ReviewState;
}

/** Somebody who looks, and which records they may see. */
interface Onlooker {
  sees(row: TaskRecord): boolean;
}
const OPERATOR: Onlooker = { sees: () => true };

/**
 * The tasks of a scope: five statements, whatever is found. `last` is where to go on; null at the end. Two people stand in
 * a task by records that the onlooker may see, and are candidates of each other by such records alone.
 */
export async function findTasks<O extends Onlooker>(
  store: StoreDatabase,
  scope: TaskScope,
  page: { after: readonly [string, string] | null; limit: number },
  onlookerAt: (people: readonly PersonId[]) => Promise<O>,
): Promise<{ tasks: FoundTask[]; last: readonly [PersonId, PersonId] | null; onlooker: O }> {
  const pairs = await loadPersonPairs(store, scope, page);
  const decided = await loadDecidedRows(store, scope, peopleOf(pairs));
  const people = peopleOf([...pairs, ...decided]);
  const records = await loadTaskRecords(store, people);
  const candidates = await loadCandidateRecords(store, people);
  const tasksByPair = new Map<string, { pair: Pair; origins: Set<ReviewOrigin> }>();
  const take = (pair: Pair | null, origin: ReviewOrigin | null) => {
    if (pair === null) return;
    const known = tasksByPair.get(pairKey(pair)) ?? { pair, origins: new Set() };
    if (origin !== null) known.origins.add(origin);
    tasksByPair.set(pairKey(pair), known);
  };
  for (const row of decided) take(pairOfDecision(row), null);
  const onlooker = await onlookerAt(people);
  const seen = records.filter((row) => onlooker.sees(row));
  for (const one of pairs) take(representative(one, decided, seen, candidates), one.origin);
  const history = await loadHistory(
    store,
    [...tasksByPair.values()].map(({ pair }) => pair),
  );
  const last = pairs.length < page.limit ? undefined : pairs.at(-1);
  return {
    tasks: [...tasksByPair.values()].flatMap(({ pair, origins }) =>
      taskOf(pair, [...origins].toSorted(), ofPair(history, pair), records),
    ),
    last: last ? [last.one, last.other] : null,
    onlooker,
  };
}

/** The tasks of everybody in the place, for whoever runs the gateway and sees nothing of anybody. */
export const findAllTasks = (
  store: StoreDatabase,
  page: { after: readonly [string, string] | null; limit: number },
): Promise<{ tasks: FoundTask[]; last: readonly [PersonId, PersonId] | null }> =>
  findTasks(store, { tied: null, searched: null, everybody: true }, page, async () => OPERATOR);

/** Decisions that wait for the word of this agency, the oldest first. */
export async function awaitingTasks(
  store: StoreDatabase,
  agency: AgencyId,
  limit: number,
): Promise<FoundTask[]> {
  const rows = await loadAwaiting(store, agency, limit);
  const records = await loadTaskRecords(store, peopleOf(rows));
  const history = await loadHistory(store, rows.map(pairOfDecision));
  return rows.flatMap((row) => {
    const pair = pairOfDecision(row);
    return taskOf(pair, [], ofPair(history, pair), records);
  });
}

/** Pairs on which anybody decided, the newest first; `last` is where to go on. */
export async function decidedTasks(
  store: StoreDatabase,
  page: { before: string | null; limit: number },
): Promise<{ tasks: FoundTask[]; last: string | null }> {
  const rows = await loadNewestDecided(store, page);
  const records = await loadTaskRecords(store, peopleOf(rows));
  const history = await loadHistory(store, rows.map(pairOfDecision));
  return {
    tasks: rows.flatMap((row) => {
      const pair = pairOfDecision(row);
      return taskOf(pair, [], ofPair(history, pair), records);
    }),
    last: rows.length < page.limit ? null : (rows.at(-1)?.id ?? null),
  };
}

const peopleOf = (pairs: readonly { one: PersonId; other: PersonId }[]): PersonId[] => [
  ...new Set(pairs.flatMap(({ one, other }) => [one, other])),
];

/** The records that are linked as one person, two by two. Two statements, whoever it is; nobody's are none. */
export async function linkedTasks(store: StoreDatabase, person: PersonId | null): Promise<FoundTask[]> {
  const records = await loadTaskRecords(store, person === null ? [] : [person]);
  const pairs = records.flatMap((one, at) =>
    records.slice(at + 1).flatMap((other) => {
      const pair = pairOf(
        { agency: one.agency, record: one.record },
        { agency: other.agency, record: other.record },
      );
      return pair ? [pair] : [];
    }),
  );
  const history = await loadHistory(store, pairs);
  return pairs.flatMap((pair) => taskOf(pair, ['LINKED'], ofPair(history, pair), records));
}

/** The task of a pair, whether or not anybody asked for it: an unlink is decided on two that the machine has linked. */
export async function pairTask(store: StoreDatabase, pair: Pair): Promise<FoundTask | null> {
  const own = await loadPairRecords(store, pair);
  const records = await loadTaskRecords(
    store,
    own.map(({ person }) => person),
  );
  const history = await loadHistory(store, [pair]);
  return taskOf(pair, ['LINKED'], history, records)[0] ?? null;
}

const ofPair = (history: readonly HumanDecision[], pair: Pair) =>
  history.filter((row) => pairKey(pairOfDecision(row)) === pairKey(pair));

/** None where it was decided and taken back, and nothing else asks for it. */
function taskOf(
  pair: Pair,
  origins: readonly ReviewOrigin[],
  history: readonly HumanDecision[],
  records: readonly TaskRecord[],
): FoundTask[] {
  const [one, other] = pair.map((pointer) =>
    records.find((row) => row.agency === pointer.agency && row.record === pointer.record),
  );
  const state = stateOf(history);
  if (!one || !other || (origins.length === 0 && (state === 'OPEN' || state === 'UNSURE'))) return [];
  const apart = one.person !== other.person;
  const side = (own: TaskRecord) => (apart ? records.filter(({ person }) => person === own.person) : [own]);
  return [
    { pair, origins, people: [one.person, other.person], sides: [side(one), side(other)], history, state },
  ];
}

function stateOf(history: readonly HumanDecision[]): ReviewState {
  const { inForce, waiting } = decisionsOn(history);
  if (waiting) return 'AWAITING_CONFIRMATION';
  if (inForce === null || (inForce.verdict === 'UNSURE' && inForce.undoes !== null)) return 'OPEN';
  return inForce.verdict === 'UNSURE' ? 'UNSURE' : 'DECIDED';
}

/**
 * The two records that stand for two people: those decided on before, else those that agree, else the first of each, of
 * whom a search could not tell apart. Null where no records speak for it.
 */
function representative(
  { origin, one, other }: PersonPair,
  decided: readonly DecidedRow[],
  records: readonly TaskRecord[],
  candidates: readonly { agency: string; record: string; person: PersonId }[],
): Pair | null {
  const before = decided.find(
    (row) => (row.one === one && row.other === other) || (row.one === other && row.other === one),
  );
  if (before) return pairOfDecision(before);
  const agreeing = new Set(
    candidates.map(({ agency, record, person }) => `${recordKey(agency, record)}>${person}`),
  );
  const first = (own: PersonId, its: PersonId) => {
    const held = records.filter(({ person }) => person === own);
    const found =
      held.find(({ agency, record }) => agreeing.has(`${recordKey(agency, record)}>${its}`)) ??
      (origin === 'CANDIDATE' ? undefined : held[0]);
    return found && { agency: found.agency, record: found.record };
  };
  const [ours, theirs] = [first(one, other), first(other, one)];
  return ours && theirs ? pairOf(ours, theirs) : null;
}
