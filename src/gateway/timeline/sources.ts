import { type AnswerState, type Level, least } from '../../states.ts';
import { sectionState, worstFirst } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';
import { isUnreadable } from '../sections/hole-error.ts';
import type { ListAnswer } from './events.ts';
import type { TimelineAnswer } from './timeline.ts';
import { windowWords } from './window.ts';

/** How a timeline stands, from how its lists do; PARTIAL too where something of these days may be missing from it. */
export const timelineState = (timeline: TimelineAnswer): AnswerState => stateOf(timeline.lists, timeline);

/** One `SourceAnswer` for each agency that supplies events, in the fixed order of agencies. */
export function agencySources(timeline: TimelineAnswer, context: GatewayContext) {
  return context.agencies.ids.flatMap((agency) => {
    const lists = timeline.lists.filter(({ given }) => given.agency === agency);
    return lists.length === 0 ? [] : [sourceOf(agency, lists, timeline, context)];
  });
}

function stateOf(lists: readonly ListAnswer[], timeline: TimelineAnswer): AnswerState {
  const state = sectionState(lists.map(({ given }) => given.state));
  return state === 'DISCLOSED' && lists.some((one) => isIncomplete(one, timeline)) ? 'PARTIAL' : state;
}

/** Some rows were not looked at, or say no day that can be read. */
function isIncomplete({ given: { agency } }: ListAnswer, { cut, events }: TimelineAnswer): boolean {
  return (
    cut.some((one) => one.agency.agency === agency) ||
    events.some((one) => one.agency === agency && isUnreadable(one.item[one.list.date]))
  );
}

function sourceOf(
  agency: string,
  lists: readonly ListAnswer[],
  timeline: TimelineAnswer,
  context: GatewayContext,
) {
  const state = stateOf(lists, timeline);
  const answers = lists.map(({ given }) => given).sort(worstFirst);
  const worst = answers.find((one) => one.state !== 'DISCLOSED') ?? answers[0];
  const decision = worst?.decision;
  return {
    agency: publicAgency(agency, context),
    state,
    level: answers.map(({ level }) => level).reduce(lower, null),
    reason: state === 'DISCLOSED' ? null : (worst?.reason ?? null),
    scope: scopeOf(lists, timeline),
    message:
      distinct(answers.flatMap(({ beside, decision: { message } }) => [beside, message])).join(' ') || null,
    contact: context.agencies.contact(agency, decision?.desk ?? null, context.now),
    asOf: latest(answers.map(({ asOf }) => asOf)),
    retrievedAt: latest(answers.map(({ retrievedAt }) => retrievedAt)),
  };
}

/** Of the sections that release anything. */
const lower = (one: Level | null, other: Level | null): Level | null =>
  one === null || other === null ? (one ?? other) : least(one, other);

/** Which rows of each section were asked, from policy alone, and of which days. */
function scopeOf(lists: readonly ListAnswer[], { window }: TimelineAnswer): string | null {
  const asked = lists.filter(({ given }) => given.level !== null);
  if (asked.length === 0) return null;
  const scopes = asked.map(
    ({ answer, given }) => given.decision.scope && `${answer.section.name}: ${given.decision.scope}`,
  );
  return [windowWords(window), ...distinct(scopes)].join('; ');
}

const distinct = (texts: readonly (string | null)[]): string[] => [
  ...new Set(texts.filter((one) => one !== null)),
];

const latest = (times: readonly (string | null)[]): string | null =>
  times
    .filter((time) => time !== null)
    .sort((one, other) => Date.parse(one) - Date.parse(other))
    .at(-1) ?? null;
