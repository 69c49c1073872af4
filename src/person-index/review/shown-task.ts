import type { AgencyId } from '../../../adapters/contract.ts';
import type { GateVerdict } from '../admit/gate.ts';
import type { HumanDecision } from '../match/human-decisions.ts';
import type { Explanation, Matcher, MatchRecord } from '../records/matcher.ts';
import type { FoundTask } from './found-tasks.ts';
import type { TaskRecord } from './task-rows.ts';
import type { EarlierDecision, ReviewSide, ReviewState } from './types.ts';
import { comparable, isVisible, ownSide, type Sight, visibleSide } from './visible-side.ts';

/** A task as one caller stands to it. */
export interface Standpoint {
  sub: string;
  organisation: AgencyId;
  matcher: Matcher;
  verdict(person: string): GateVerdict | undefined;
  sight(verdict: GateVerdict): Sight;
  token: Sight['token'];
  /** Whether the caller may see anything of a record. */
  sees(row: TaskRecord): boolean;
}

/** Whether a decision waits for the word of this very caller: of their agency, and not their own. */
export function awaitsWordOf(
  { state, history }: FoundTask,
  { sub, organisation }: Pick<Standpoint, 'sub' | 'organisation'>,
): boolean {
  const [waiting] = history;
  if (state !== 'AWAITING_CONFIRMATION' || !waiting) return false;
  return waiting.awaits.includes(organisation) && waiting.sub !== sub;
}

/** Whether the caller may see a task at all, from the gate: both people pass it, or wait for this very second pair of eyes. */
export function mayReview(task: FoundTask, standpoint: Standpoint): boolean {
  return task.people.every((person) => {
    const one = standpoint.verdict(person);
    if (one?.admitted) return true;
    return awaitsWordOf(task, standpoint) && one?.related === true && !one.excluded;
  });
}

/** Whether an agency's own officer may confirm what waits: they may, unless somebody keeps them from one of the people. */
export function mayConfirm(task: FoundTask, standpoint: Standpoint): boolean {
  return (
    awaitsWordOf(task, standpoint) &&
    task.people.every((person) => standpoint.verdict(person)?.excluded === false)
  );
}

/**
 * Both sides as the caller may see them; where one of them may not be seen, the own records of an agency whose word is
 * awaited, and nothing at all for anybody else.
 */
export function shownSides(task: FoundTask, standpoint: Standpoint): [ReviewSide, ReviewSide] | null {
  const [one, other] = task.people.map((person, at) => {
    const verdict = standpoint.verdict(person);
    const side = task.sides[at] ?? [];
    const sight = verdict && standpoint.sight(verdict);
    // The very record that is decided on, and not only another of the same person's.
    const seen = sight && side.some((row) => isPointer(task, at, row) && isVisible(sight, row));
    const records = seen ? visibleSide(side, sight) : null;
    return verdict && records ? { relationship: verdict.relationship, records } : null;
  });
  if (one && other) return [one, other];
  return awaitsWordOf(task, standpoint) ? ownSides(task, standpoint) : null;
}

/** The sides as an agency's own officer sees them, who stands in no relationship to anybody. */
export function ownSides(
  { people, sides }: FoundTask,
  { organisation, verdict, token }: Standpoint,
): [ReviewSide, ReviewSide] {
  const [one, other] = [0, 1].map((at) => ({
    relationship: verdict(people[at] ?? '')?.relationship ?? 'NONE',
    records: ownSide(sides[at] ?? [], organisation, token),
  }));
  return [one, other] as [ReviewSide, ReviewSide];
}

/** Why the two are or are not one, from what the caller may know of each. Null where one of the two may not be seen. */
export function shownExplanation(task: FoundTask, standpoint: Standpoint): Explanation | null {
  const two = comparableTwo(task, standpoint);
  return two && standpoint.matcher.explain(...two);
}

/** What the caller may see makes the two candidates of each other; the index may know more, and must not tell so. */
export function showsCandidates(task: FoundTask, standpoint: Standpoint): boolean {
  const two = comparableTwo(task, standpoint);
  return two !== null && standpoint.matcher.near(...two);
}

function comparableTwo(task: FoundTask, standpoint: Standpoint): [MatchRecord, MatchRecord] | null {
  const [one, other] = task.people.map((person, at) => {
    const verdict = standpoint.verdict(person);
    if (!verdict) return null;
    const sight = standpoint.sight(verdict);
    const row = task.sides[at]?.find((each) => isPointer(task, at, each));
    return row && isVisible(sight, row) ? comparable(row, sight) : null;
  });
  return one && other ? [one, other] : null;
}

const isPointer = ({ pair }: FoundTask, at: number, { agency, record }: TaskRecord): boolean =>
  pair[at]?.agency === agency && pair[at]?.record === record;

/** Whom a decision waits for may tell of a protection: only an agency whose word is awaited is told that it does. */
export function shownState(task: FoundTask, standpoint: Standpoint): ReviewState {
  if (task.state !== 'AWAITING_CONFIRMATION') return task.state;
  return awaitsWordOf(task, standpoint) ? 'AWAITING_CONFIRMATION' : 'DECIDED';
}

/** Who decided before. Whoever is asked for the second word sees whose the first is, so that they can ask. */
export function shownDecisions(
  task: FoundTask,
  standpoint: Standpoint,
  appear: ReadonlySet<AgencyId>,
): EarlierDecision[] {
  const awaited = awaitsWordOf(task, standpoint) ? task.history[0] : null;
  return task.history.map((row: HumanDecision) => {
    const isOwnOrganisation = row.organisation === standpoint.organisation;
    const named = isOwnOrganisation || row === awaited || appear.has(row.organisation);
    return {
      verdict: row.verdict,
      at: row.at,
      organisation: named ? row.organisation : null,
      // A nurse's role would name the trust.
      role: named ? row.role : null,
      name: isOwnOrganisation ? row.name : null,
      why: isOwnOrganisation ? row.why : null,
    };
  });
}
