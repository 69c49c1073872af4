import type { AgencyId } from '../../../adapters/contract.ts';
import type { Verdict } from '../gate.ts';
import type { HumanDecision } from '../human-decisions.ts';
import type { Explanation, Matcher } from '../matcher.ts';
import type { FoundTask } from './found-tasks.ts';
import type { TaskRecord } from './task-rows.ts';
import type { EarlierDecision, ReviewSide, ReviewState } from './types.ts';
import { comparable, isVisible, type Sight, visibleSide } from './visible-side.ts';

/** A task as one caller stands to it. */
export interface Standpoint {
  organisation: AgencyId;
  matcher: Matcher;
  /** Agencies that may not appear are several, so that "another agency" names none of them. */
  nameless: boolean;
  verdict(person: string): Verdict | undefined;
  sight(verdict: Verdict): Sight;
}

/** Whether the caller may see a task at all, from the gate: both people pass it, or wait for this very second pair of eyes. */
export function mayReview(task: FoundTask, { organisation, verdict }: Standpoint): boolean {
  return task.people.every((person) => {
    const one = verdict(person);
    if (one?.admitted) return true;
    const owners = one?.known.protections.get('PROTECTED') ?? [];
    const second = task.state === 'AWAITING_SECOND' && owners.includes(organisation);
    return second && one?.related === true && !one.excluded;
  });
}

/** Both sides as the caller may see them, or null where one of them must not be there at all. */
export function shownSides(task: FoundTask, standpoint: Standpoint): [ReviewSide, ReviewSide] | null {
  const [one, other] = task.people.map((person, at) => {
    const verdict = standpoint.verdict(person);
    const records =
      verdict && visibleSide(task.sides[at] ?? [], standpoint.sight(verdict), standpoint.nameless);
    return records ? { relationship: verdict.relationship, records } : null;
  });
  return one && other ? [one, other] : null;
}

/** Why the two are or are not one, from what the caller may know of each. Null where a side has nothing to compare. */
export function shownExplanation(task: FoundTask, standpoint: Standpoint): Explanation | null {
  const [one, other] = task.people.map((person, at) => {
    const verdict = standpoint.verdict(person);
    if (!verdict) return null;
    const sight = standpoint.sight(verdict);
    const row = firstVisible(task.pair[at], task.sides[at] ?? [], sight);
    return row && comparable(row, sight);
  });
  return one && other ? standpoint.matcher.explain(one, other) : null;
}

/** The record of the pair itself if it may be seen, else the first of its side that may. */
function firstVisible(
  pointer: FoundTask['pair'][number] | undefined,
  side: readonly TaskRecord[],
  sight: Sight,
): TaskRecord | null {
  const visible = side.filter((row) => isVisible(sight, row));
  const own = visible.find((row) => row.agency === pointer?.agency && row.record === pointer.record);
  return own ?? visible[0] ?? null;
}

/** That a decision waits tells of a protection: only an agency whose flag it is is told. */
export function shownState(task: FoundTask, { organisation, verdict }: Standpoint): ReviewState {
  if (task.state !== 'AWAITING_SECOND') return task.state;
  const owners = task.people.flatMap((person) =>
    [...(verdict(person)?.known.protections.values() ?? [])].flat(),
  );
  return owners.includes(organisation) ? 'AWAITING_SECOND' : 'DECIDED';
}

export function shownDecisions(
  task: FoundTask,
  organisation: AgencyId,
  appear: ReadonlySet<AgencyId>,
): EarlierDecision[] {
  return task.history.map((row: HumanDecision) => {
    const own = row.organisation === organisation;
    return {
      verdict: row.verdict,
      at: row.at,
      organisation: own || appear.has(row.organisation) ? row.organisation : null,
      role: row.role,
      name: own ? row.name : null,
      why: own ? row.why : null,
    };
  });
}
