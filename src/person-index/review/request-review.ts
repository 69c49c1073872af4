import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import { createAdmission, type RequestSubjectsInput } from '../admit/admission.ts';
import type { GateVerdict } from '../admit/gate.ts';
import { type ReferenceWorth, referenceText } from '../admit/standing.ts';
import { decisionsOn, type Pair, pairKey, pairOf } from '../match/human-decisions.ts';
import { currentMatcher } from '../match/linkage-matcher.ts';
import { type Explanation, UNEXPLAINED } from '../records/matcher.ts';
import { createSealedIds, type SealedIds } from '../records/sealed-ids.ts';
import type { PersonId } from '../records/types.ts';
import { awaitingTasks, type FoundTask, findTasks, linkedTasks, pairTask } from './found-tasks.ts';
import { makeDecision } from './make-decision.ts';
import {
  awaitsWordOf,
  mayConfirm,
  mayReview,
  ownSides,
  type Standpoint,
  shownDecisions,
  shownExplanation,
  shownSides,
  shownState,
  showsCandidates,
} from './shown-task.ts';
import type { TaskScope } from './task-rows.ts';
import type { RequestReview, ReviewState, ReviewTaskPage, SeenPerson } from './types.ts';
import { isVisible, numbersAt, type Sight, seenOf } from './visible-side.ts';

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
  const referenceGiven = reference && referenceText(reference);
  const sealed = createSealedIds(input.keys, caller.organisation, referenceGiven);

  /** These people as the caller stands to them, in one statement. */
  async function standpointOf(people: readonly PersonId[], standing: ReferenceWorth): Promise<Standpoint> {
    const verdicts = await admission.judge([...new Set(people)]);
    const token: Sight['token'] = (agency, record) => sealed.seal('record', JSON.stringify([agency, record]));
    const sight = ({ relationship, known }: GateVerdict): Sight => ({
      decisions: () => admission.decisions(relationship, standing),
      appear: admission.appearance(relationship, standing).agencies,
      placeShield: known.protections.has('PLACE_SHIELD'),
      token,
    });
    return {
      sub: caller.sub,
      organisation: caller.organisation,
      matcher: await currentMatcher(store),
      token,
      verdict: (person) => verdicts.get(person as PersonId),
      sight,
      sees(row) {
        const verdict = verdicts.get(row.person);
        return verdict !== undefined && isVisible(sight(verdict), row);
      },
    };
  }

  /** Claims whom the reference does not tie, and says whose claim stands. */
  async function claim(
    people: readonly PersonId[],
    standpoint: Standpoint,
    lookUp: { missed: boolean; alerts: GateVerdict['alerts'] },
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
  async function holderOf(person: PersonId | null, standing: ReferenceWorth): Promise<PersonId | null> {
    const verdicts = await admission.judge([person]);
    const verdict = person === null ? undefined : verdicts.get(person);
    return verdict?.admitted && standing.relationship === 'VERIFIED' ? verdict.known.person : null;
  }

  /** The tasks of the reference, and the caller's standpoint to the people in them. */
  async function ofReference(standing: ReferenceWorth): Promise<[readonly FoundTask[], Standpoint]> {
    const page = { after: null, limit: MOST_TASKS };
    const { tasks, onlooker } = await findTasks(store, scopeOf(input, standing), page, (people) =>
      standpointOf(people, standing),
    );
    return [tasks, onlooker];
  }

  /** A page of what the caller may see of these tasks, in an order that means nothing. */
  async function pageOf(
    [found, standpoint]: [readonly FoundTask[], Standpoint],
    state: ReviewState,
    { first, after }: { first: number; after: string | null },
    standing: ReferenceWorth,
  ): Promise<ReviewTaskPage> {
    const visible = found
      .filter((task) => mayReview(task, standpoint) && shownState(task, standpoint) === state)
      .flatMap((task) => asSeen(task, standpoint))
      .flatMap((task) => {
        const sides = shownSides(task, standpoint);
        return sides ? [{ task, sides, id: sealed.seal('task', pairKey(task.pair)) }] : [];
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
      tasks: shown.map(({ task, sides, id }) => ({
        id,
        state,
        origins: task.origins,
        sides,
        ...explained(shownExplanation(task, standpoint)),
        decisions: shownDecisions(task, standpoint, agencies),
      })),
      next: visible.length > page.length ? (page.at(-1)?.id ?? null) : null,
      seen: [
        ...seenIn(
          shown.map(({ task }) => task).filter((task) => shownExplanation(task, standpoint) !== null),
          standpoint,
        ),
        ...shown
          .filter(({ task }) => shownExplanation(task, standpoint) === null)
          .flatMap(({ task }) => ownSeen(task, caller.organisation)),
      ],
    };
  }

  /** The caller made the decision that would be undone, or confirmed it. */
  function madeIt({ history }: FoundTask): boolean {
    const { inForce, waiting } = decisionsOn(history);
    const undone = waiting ?? inForce;
    const makers = history.filter(({ id }) => id === undone?.id || id === undone?.confirms);
    return makers.some(({ sub, organisation }) => sub === caller.sub && organisation === caller.organisation);
  }

  return {
    async tasks({ state, person, ...page }) {
      const { standing } = await admission.facts();
      if (person === null) return pageOf(await ofReference(standing), state, page, standing);
      const found = await linkedTasks(store, await holderOf(sealed.open('person', person), standing));
      const standpoint = await standpointOf(peopleOf(found), standing);
      return pageOf([found, standpoint], state, page, standing);
    },

    async toConfirm({ officer, ...page }) {
      const { standing } = await admission.facts();
      if (!officer) return pageOf(await ofReference(standing), 'AWAITING_CONFIRMATION', page, standing);
      const found = await awaitingTasks(store, caller.organisation, MOST_TASKS);
      const standpoint = await standpointOf(peopleOf(found), standing);
      const visible = found
        .filter((task) => mayConfirm(task, standpoint))
        .map((task) => ({ task, id: sealed.seal('task', pairKey(task.pair)) }))
        .toSorted((one, other) => (one.id < other.id ? -1 : 1))
        .filter(({ id }) => page.after === null || id > page.after);
      const shown = visible.slice(0, page.first);
      return {
        tasks: shown.map(({ task, id }) => ({
          id,
          state: 'AWAITING_CONFIRMATION',
          origins: task.origins,
          sides: ownSides(task, standpoint),
          ...explained(null),
          decisions: shownDecisions(task, standpoint, new Set()),
        })),
        next: visible.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
        seen: shown.flatMap(({ task }) => ownSeen(task, caller.organisation)),
      };
    },

    async decide(token, { officer, ...wanted }, register) {
      const { standing } = await admission.facts();
      const pair = openTask(sealed, token);
      const task = await pairTask(store, pair ?? NOBODYS);
      const standpoint = await standpointOf(task ? task.people : [], standing);
      const explanation = task && mayReview(task, standpoint) ? shownExplanation(task, standpoint) : null;
      const isOwnDecision = task !== null && wanted.verdict === 'UNDO' && madeIt(task);
      const awaited = task !== null && wanted.confirms && awaitsWordOf(task, standpoint);
      const reviews =
        !officer &&
        standing.relationship === 'VERIFIED' &&
        task !== null &&
        (explanation !== null || (awaited && mayReview(task, standpoint)));
      const confirms = officer && awaited && mayConfirm(task, standpoint);
      const allowed = isOwnDecision || reviews || confirms;
      const alerts = task?.people.flatMap((person) => standpoint.verdict(person)?.alerts ?? []) ?? [];
      const people = reviews && !isOwnDecision ? task.people : [];
      const stands = await claim(people, standpoint, { missed: !allowed, alerts: allowed ? [] : alerts });
      if (!task || !allowed || !people.every(stands)) return null;
      const { sub, name, organisation, role } = caller;
      const by = { sub, name, organisation, role, purpose: input.purpose, reference: referenceGiven };
      const relationship = standpoint.verdict(task.people[0])?.relationship ?? 'NONE';
      return makeDecision({
        store,
        now,
        wanted: { pair: task.pair, ...wanted, by, shown: (reviews && explanation) || UNEXPLAINED },
        register: (decision) => register(decision, relationship),
      });
    },
  };
}

const peopleOf = (tasks: readonly FoundTask[]): PersonId[] => tasks.flatMap(({ people }) => people);

/** Without the origin that what the caller may see does not bear out; nothing where no other is left to ask for it. */
function asSeen(task: FoundTask, standpoint: Standpoint): FoundTask[] {
  const origins = task.origins.filter(
    (origin) => origin !== 'CANDIDATE' || showsCandidates(task, standpoint),
  );
  const asked = origins.length > 0 || (task.state !== 'OPEN' && task.state !== 'UNSURE');
  return asked ? [{ ...task, origins }] : [];
}

const explained = (explanation: Explanation | null) => ({
  comparisons: explanation?.comparisons ?? [],
  weightBits: explanation?.weightBits ?? null,
  heldBack: explanation?.heldBack ?? null,
});

/** What an agency's own officer saw of a task: its records, by no grant of a sharing policy. */
function ownSeen({ people, sides }: FoundTask, agency: AgencyId): SeenPerson[] {
  const of = (at: number) => sides[at]?.some((row) => row.agency === agency) === true;
  return people.flatMap((person, at) => {
    if (!of(at)) return [];
    const records = numbersAt(agency, sides[at] ?? []);
    return [
      { person, relationship: 'NONE' as const, agencies: [{ agency, level: null, rule: null, records }] },
    ];
  });
}

function scopeOf({ caller, reference }: RequestSubjectsInput, standing: ReferenceWorth): TaskScope {
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
