import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import { createAdmission, type RequestSubjectsInput } from '../admission.ts';
import { currentMatcher } from '../current-matcher.ts';
import type { Verdict } from '../gate.ts';
import { type Pair, pairKey, pairOf } from '../human-decisions.ts';
import { createSealedIds, type SealedIds } from '../sealed-ids.ts';
import { referenceText, type Standing } from '../standing.ts';
import type { PersonId } from '../types.ts';
import { type FoundTask, findTasks, linkedTasks, pairTask } from './found-tasks.ts';
import { makeDecision } from './make-decision.ts';
import {
  mayReview,
  type Standpoint,
  shownDecisions,
  shownExplanation,
  shownSides,
  shownState,
} from './shown-task.ts';
import type { TaskScope } from './task-rows.ts';
import type { RequestReview, ReviewTask, SeenPerson } from './types.ts';
import { type Sight, seenOf } from './visible-side.ts';

/** More tasks than this of one reference are not looked at: what is decided makes room. */
const MOST_TASKS = 500;
const NOBODYS: Pair = [
  { agency: '', record: 'none' },
  { agency: '', record: 'nobody' },
];

/**
 * The reviews of one request. People in them pass the gate of every look-up: the reference ties them, or they are
 * claimed, ten to a reference; the protected and those kept from the caller are not there. Whether the caller may
 * review at all has been decided before, by role and purpose.
 */
export function createRequestReview(input: RequestSubjectsInput): RequestReview {
  const { store, caller, reference, now } = input;
  const admission = createAdmission(input);
  const asked = reference && referenceText(reference);
  const sealed = createSealedIds(input.keys, caller.organisation, asked);

  /** The people of these tasks as the caller stands to them, in one statement. */
  async function standpointOf(tasks: readonly FoundTask[], standing: Standing): Promise<Standpoint> {
    const verdicts = await admission.judge([...new Set(tasks.flatMap(({ people }) => people))]);
    const { agencies } = admission.appearance(standing.relationship, standing);
    return {
      organisation: caller.organisation,
      matcher: await currentMatcher(store),
      nameless: input.catalogue.agencies.size - agencies.size > 1,
      verdict: (person) => verdicts.get(person as PersonId),
      sight: ({ relationship, known }): Sight => ({
        decisions: () => admission.decisions(relationship, standing),
        appear: admission.appearance(relationship, standing).agencies,
        placeShield: known.protections.has('PLACE_SHIELD'),
        token: (agency, record) => sealed.seal('record', JSON.stringify([agency, record])),
      }),
    };
  }

  /** Claims whom the reference does not tie, and says whose claim stands. */
  async function claim(
    people: readonly PersonId[],
    standpoint: Standpoint,
    lookUp: { missed: boolean; alerts: Verdict['alerts'] },
  ): Promise<(person: PersonId) => boolean> {
    const claimed = people.filter((person) => standpoint.verdict(person)?.relationship === 'CLAIMED');
    const granted = await admission.settle({
      claims: [...new Set(claimed)],
      missesCount: true,
      review: null,
      ...lookUp,
    });
    return (person) => !claimed.includes(person) || granted.has(person);
  }

  /** Whose id it is, if they pass the gate; an id that was merged away leads to whoever survives. */
  async function holderOf(person: PersonId | null, standing: Standing): Promise<PersonId | null> {
    const verdicts = await admission.judge([person]);
    const verdict = person === null ? undefined : verdicts.get(person);
    return verdict?.admitted && standing.relationship === 'VERIFIED' ? verdict.known.person : null;
  }

  return {
    async tasks({ first, after, state, person }) {
      const { standing } = await admission.facts();
      const found =
        person === null
          ? (await findTasks(store, scopeOf(input, standing), { after: null, limit: MOST_TASKS })).tasks
          : await linkedTasks(store, await holderOf(sealed.open('person', person), standing));
      const standpoint = await standpointOf(found, standing);
      const visible = found
        .filter((task) => mayReview(task, standpoint) && shownState(task, standpoint) === state)
        .flatMap((task) => {
          const sides = shownSides(task, standpoint);
          // Who is linked and may not be seen is nobody's question.
          const hidden = task.origins.includes('LINKED') && shownExplanation(task, standpoint) === null;
          return sides && !hidden ? [{ task, sides, id: sealed.seal('task', pairKey(task.pair)) }] : [];
        })
        // By ids that mean nothing, so that no order tells of what is not shown.
        .toSorted((one, other) => (one.id < other.id ? -1 : 1))
        .filter(({ id }) => after === null || id > after);
      const page = visible.slice(0, first);
      const stands = await claim(
        page.flatMap(({ task }) => task.people),
        standpoint,
        { missed: false, alerts: [] },
      );
      const shown = page.filter(({ task }) => task.people.every(stands));
      const { agencies } = admission.appearance(standing.relationship, standing);
      return {
        tasks: shown.map(({ task, sides, id }): ReviewTask => {
          const explanation = shownExplanation(task, standpoint);
          return {
            id,
            state,
            origins: task.origins,
            sides,
            comparisons: explanation?.comparisons ?? [],
            weightBits: explanation?.weightBits ?? null,
            heldBack: explanation?.heldBack ?? null,
            decisions: shownDecisions(task, caller.organisation, agencies),
          };
        }),
        next: visible.length > page.length ? (page.at(-1)?.id ?? null) : null,
        seen: seenIn(
          shown.map(({ task }) => task),
          standpoint,
        ),
      };
    },

    async decide(token, wanted, register) {
      const { standing } = await admission.facts();
      const pair = openTask(sealed, token);
      const task = await pairTask(store, pair ?? NOBODYS);
      const standpoint = await standpointOf(task ? [task] : [], standing);
      const explanation = task && mayReview(task, standpoint) ? shownExplanation(task, standpoint) : null;
      const live = standing.relationship === 'VERIFIED';
      const allowed = task !== null && explanation !== null && live;
      const alerts = task?.people.flatMap((person) => standpoint.verdict(person)?.alerts ?? []) ?? [];
      const people = allowed ? task.people : [];
      const stands = await claim(people, standpoint, { missed: !allowed, alerts: allowed ? [] : alerts });
      if (!allowed || !task.people.every(stands)) return null;
      const { sub, name, organisation, role } = caller;
      const by = { sub, name, organisation, role, purpose: input.purpose, reference: asked };
      const relationship = standpoint.verdict(task.people[0])?.relationship ?? 'NONE';
      return makeDecision({
        store,
        now,
        wanted: { pair: task.pair, ...wanted, by, shown: explanation },
        register: (decision) => register(decision, relationship),
      });
    },
  };
}

function scopeOf({ caller, reference }: RequestSubjectsInput, standing: Standing): TaskScope {
  const live = reference !== null && standing.relationship === 'VERIFIED';
  return {
    tied: live ? { agency: reference.agency, records: [...standing.people] } : null,
    searched: live ? { organisation: caller.organisation, reference: referenceText(reference) } : null,
    everybody: false,
  };
}

/** Null for what was not sealed for this organisation and reference. */
function openTask(sealed: SealedIds, token: string): Pair | null {
  const text = sealed.open('task', token);
  if (text === null) return null;
  const [agency, record, otherAgency, otherRecord] = JSON.parse(text) as [
    AgencyId,
    RecordId,
    AgencyId,
    RecordId,
  ];
  return pairOf({ agency, record }, { agency: otherAgency, record: otherRecord });
}

function seenIn(tasks: readonly FoundTask[], standpoint: Standpoint): SeenPerson[] {
  const seen = new Map<PersonId, FoundTask['sides'][number]>();
  for (const { people, sides } of tasks)
    for (const [at, person] of people.entries())
      seen.set(person, [...(seen.get(person) ?? []), ...(sides[at] ?? [])]);
  return [...seen].flatMap(([person, records]) => {
    const verdict = standpoint.verdict(person);
    return verdict ? [seenOf(verdict, records, standpoint.sight(verdict))] : [];
  });
}
