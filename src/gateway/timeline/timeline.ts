import { type GraphQLFieldResolver, type GraphQLResolveInfo, getNamedType, isCompositeType } from 'graphql';
import { requestError } from '../../errors.ts';
import type { Subject } from '../../person-index/records/types.ts';
import { LIMITS } from '../limits/limits.ts';
import { type AgencyAnswer, isKnown, type SectionAnswer, worstFirst } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { pathKeys } from '../request/ledger.ts';
import { holeError, notCoveredError } from '../sections/hole-error.ts';
import { askAgency } from '../sections/section.ts';
import { comparePlaces, openPlace, sealPlace, type TimelinePeriod, type TimelinePlace } from './cursor.ts';
import { pathsOf } from './event-sections.ts';
import { type CutList, type Event, eventsOf, type ListAnswer, listAnswers } from './events.ts';
import { type AskedTimeline, askedTimeline, type TimelineQuestion, timelineQuestions } from './questions.ts';
import { agencySources, timelineState } from './sources.ts';
import { isWithin, type Window, windowOf } from './window.ts';

interface TimelineArguments {
  since?: string | null;
  until?: string | null;
  first: number;
  after?: string | null;
}

/** What `Person.timeline` is resolved to. */
export interface TimelineAnswer {
  subject: Subject;
  period: TimelinePeriod;
  window: Window;
  /** One for each section in which events stand. */
  answers: readonly SectionAnswer[];
  lists: readonly ListAnswer[];
  cut: readonly CutList[];
  /** Those of the window, and those without a date. */
  events: readonly Event[];
  /** Of this page, and how many events come after it. */
  page: readonly Event[];
  left: number;
  /** A page after another one, which may be empty. */
  continued: boolean;
  names: AskedTimeline['names'];
}

/**
 * Resolves `Person.timeline`: asks each section in which events stand as if it were asked itself, for no more than what events are told
 * by, and puts what comes back in one line. Throws BAD_USER_INPUT before anybody is asked.
 */
export const resolveTimeline: GraphQLFieldResolver<Subject, GatewayContext, TimelineArguments> = async (
  subject,
  args,
  context,
  info,
): Promise<TimelineAnswer> => {
  const period: TimelinePeriod = { since: args.since ?? null, until: args.until ?? null };
  const { window, place } = pageAsked(args, period, subject, context);
  const { names, questions } = questionsOnce(info, context);
  const answers = await Promise.all(questions.map((one) => askSection(one, subject, context, info)));
  context.ledger.addTimeline(info.path, answers);
  const lists = listAnswers(answers, info.schema);
  const { events, cut } = eventsOf(lists, answers);
  await context.turns.take(events.length + 1);
  // Of an event without a date nobody can tell that it is not of these days.
  const inWindow = events.filter(({ day }) => day === null || isWithin(window, day));
  const after = place === null ? inWindow : inWindow.filter((event) => comparePlaces(event.place, place) > 0);
  return {
    ...{ subject, period, window, answers, lists, cut, names },
    events: inWindow,
    page: after.slice(0, args.first),
    left: Math.max(0, after.length - args.first),
    continued: place !== null,
  };
};

function pageAsked(
  { first, after = null }: TimelineArguments,
  period: TimelinePeriod,
  subject: Subject,
  context: GatewayContext,
): { window: Window; place: TimelinePlace | null } {
  if (first < 1 || first > LIMITS.first)
    throw requestError('BAD_USER_INPUT', `first must be from 1 to ${LIMITS.first}; ${first} was given`);
  if (after !== null) return openPlace(after, period, subject, context);
  return { window: windowOf(period.since, period.until, context.now), place: null };
}

async function askSection(
  question: TimelineQuestion,
  subject: Subject,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<SectionAnswer> {
  const { catalogued, suppliers, selection } = question;
  const answers = await Promise.all(
    suppliers.map((agency) => askAgency(agency, subject, question, context, info)),
  );
  const agencies = new Map(answers.map((answer) => [answer.agency, answer]));
  return { subject, section: catalogued, path: pathKeys(info.path), selection, agencies };
}

interface Questions {
  names: AskedTimeline['names'];
  questions: readonly TimelineQuestion[];
}
/** As with sections: one array of nodes stands for all people of a list within one execution, and loaders gather by the question. */
const questionsByNodes = new WeakMap<readonly unknown[], { variables: unknown; made: Questions }>();
function questionsOnce(info: GraphQLResolveInfo, { catalogue }: GatewayContext): Questions {
  const known = questionsByNodes.get(info.fieldNodes);
  if (known?.variables === info.variableValues) return known.made;
  const type = getNamedType(info.returnType);
  if (!isCompositeType(type)) throw new Error('A timeline has fields');
  const asked = askedTimeline(info.fieldNodes, type, info);
  const made = { names: asked.names, questions: timelineQuestions(asked, info, catalogue) };
  questionsByNodes.set(info.fieldNodes, { variables: info.variableValues, made });
  return made;
}

type Resolver = GraphQLFieldResolver<TimelineAnswer, GatewayContext>;

export const resolveTimelineState: Resolver = (timeline) => timelineState(timeline);

export const resolveTimelineSources: Resolver = (timeline, _args, context) =>
  agencySources(timeline, context);

/** Resolves `Timeline.items`. As in a list of a section: nothing to show, and not everything known, is no empty list. */
export const resolveTimelineItems: Resolver = (timeline, _args, context, info) => {
  const { page, cut, continued, names } = timeline;
  const errors = cut.map(({ answer, agency, why }) => {
    const open: AgencyAnswer = { ...agency, state: 'UNAVAILABLE', reason: why, parts: [] };
    context.ledger.addUnreadable(info.path, { section: answer, answer: open });
    return holeError(open, answer.section.name, context, info);
  });
  if (page.length === 0 && !continued) {
    const open = openLists(timeline)[0];
    if (errors[0]) throw errors[0];
    if (open) throw holeError(open.given, open.answer.section.name, context, info);
    if (timeline.lists.length === 0) throw notCoveredError('timeline', info);
  }
  context.ledger.addEvents(
    info.path,
    page.map(({ answer, agency, list }) => {
      const paths = pathsOf(list);
      const fieldAt = (response: string): string | null => {
        const field = names.get(response)?.split('.')[1];
        if (field === 'date') return paths.date;
        if (field === 'title') return paths.title;
        if (field === 'detail') return paths.detail ?? paths.list;
        return field === 'section' ? paths.list : null;
      };
      return { answer, agency, fieldAt };
    }),
  );
  return page;
};

export const resolveNext: Resolver = ({ page, left, window, period, subject }, _args, context) => {
  const last = page.at(-1);
  return left > 0 && last ? sealPlace(last.place, window, period, subject, context) : null;
};

/** Agencies' lists that are not known, worst first. */
const openLists = ({ lists }: TimelineAnswer): ListAnswer[] =>
  lists.filter(({ given }) => !isKnown(given)).sort((one, other) => worstFirst(one.given, other.given));
