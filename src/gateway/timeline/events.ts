import type { GraphQLSchema } from 'graphql';
import { londonInstant } from '../../../adapters/contract.ts';
import { LIMITS } from '../limits/limits.ts';
import {
  type AgencyAnswer,
  isKnown,
  type RecordPart,
  type SectionAnswer,
  withheldField,
} from '../request/answers.ts';
import { HELPERS } from '../request/prune.ts';
import { recordsInOrder } from '../sections/combine.ts';
import { isUnreadable } from '../sections/hole-error.ts';
import { itemSource } from '../sections/standing-fields.ts';
import { comparePlaces, digestOf, type TimelinePlace } from './cursor.ts';
import { type EventList, eventSections, pathsOf } from './event-sections.ts';
import { dayOfDate } from './window.ts';

/** One event that the caller may see, as its section's agency gave it. */
export interface Event {
  answer: SectionAnswer;
  agency: string;
  list: EventList;
  item: Readonly<Record<string, unknown>>;
  /** The day in London; null where it has none, or none that could be read. */
  day: string | null;
  place: TimelinePlace;
}

/** A list of one agency of which not everything was, or could be, looked at. */
export interface CutList {
  answer: SectionAnswer;
  agency: AgencyAnswer;
  list: EventList;
  why: 'TOO_MANY_ROWS' | 'UNREADABLE';
}

/** How one agency's answer stands for the events of one list. */
export interface ListAnswer {
  answer: SectionAnswer;
  list: EventList;
  given: AgencyAnswer;
}

/** For each list of events and each agency that says when they were: what came back, decided by the date. */
export function listAnswers(answers: readonly SectionAnswer[], schema: GraphQLSchema): ListAnswer[] {
  const sections = new Map(eventSections(schema).map((one) => [one.section, one.lists]));
  return answers.flatMap((answer) =>
    (sections.get(answer.section.name) ?? []).flatMap((list) => {
      const { date } = pathsOf(list);
      const suppliers = answer.section.fields.get(date)?.suppliers ?? [];
      return suppliers.flatMap((agency): ListAnswer[] => {
        const given = withheldField(answer, agency, date);
        return given ? [{ answer, list, given }] : [];
      });
    }),
  );
}

/** Every event that was released, newest first, whatever the window; and what stayed unlooked at of the lists. */
export function eventsOf(
  lists: readonly ListAnswer[],
  answers: readonly SectionAnswer[],
): { events: readonly Event[]; cut: readonly CutList[] } {
  const events: Event[] = [];
  const cut: CutList[] = [];
  for (const { answer, list, given } of lists) {
    if (!isKnown(given)) continue;
    const items = itemsOf(list, given, answer);
    const missed = missedOf(list, given, items);
    if (missed) cut.push({ answer, agency: given, list, why: missed });
    const places = { section: answers.indexOf(answer), agency: agencyPlace(answer, given.agency) };
    for (const item of items.filter(isItem)) events.push(eventOf(item, list, answer, given.agency, places));
  }
  events.sort((one, other) => comparePlaces(one.place, other.place));
  numberThoseAlike(events);
  return { events, cut };
}

const isItem = (item: unknown): item is Readonly<Record<string, unknown>> =>
  typeof item === 'object' && item !== null && !isUnreadable(item);

/** Of a single value, the one that the section shows, from the record that counts. */
function itemsOf({ list, many }: EventList, given: AgencyAnswer, answer: SectionAnswer): unknown[] {
  if (many) return given.parts.flatMap((part: RecordPart) => part[list] ?? []);
  return recordsInOrder(given, list, answer)
    .slice(0, 1)
    .map((part) => part[list]);
}

function missedOf(
  { list, cut }: EventList,
  { parts }: AgencyAnswer,
  items: readonly unknown[],
): CutList['why'] | null {
  const capped = parts.some((part) => (part[HELPERS.capped] as unknown[] | undefined)?.includes(list));
  if (capped || (cut && parts.some((part) => Array.isArray(part[list]) && part[list].length > LIMITS.first)))
    return 'TOO_MANY_ROWS';
  return items.some(isUnreadable) ? 'UNREADABLE' : null;
}

const agencyPlace = (answer: SectionAnswer, agency: string): number =>
  answer.section.suppliers.indexOf(agency);

function eventOf(
  item: Readonly<Record<string, unknown>>,
  eventList: EventList,
  answer: SectionAnswer,
  agency: string,
  places: Pick<TimelinePlace, 'section' | 'agency'>,
): Event {
  const date = item[eventList.date];
  const day = typeof date === 'string' ? dayOfDate(date) : null;
  const row = digestOf([eventList.list, itemSource(item).record, typeof date === 'string' ? date : null]);
  const time = typeof date === 'string' ? (momentOf(date)?.getTime() ?? null) : null;
  return { answer, agency, list: eventList, item, day, place: { ...places, time, row, nth: 0 } };
}

/** Of a day alone, its first moment in London. */
export function momentOf(date: string): Date | null {
  if (date.length > 'YYYY-MM-DD'.length) return new Date(date);
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return londonInstant({ year, month, day, hour: 0, minute: 0, second: 0 });
}

function numberThoseAlike(events: readonly Event[]): void {
  for (const [at, { place }] of events.entries()) {
    const previous = events[at - 1]?.place;
    if (previous && comparePlaces({ ...previous, nth: 0 }, { ...place, nth: 0 }) === 0)
      place.nth = previous.nth + 1;
  }
}
