import { createHash } from 'node:crypto';
import { requestError } from '../../errors.ts';
import type { Subject } from '../../person-index/records/types.ts';
import type { GatewayContext } from '../request/context.ts';
import type { Window } from './window.ts';

/**
 * A place in a timeline: that of an event, whether or not it is still there. Nothing in it depends on another event.
 */
export interface TimelinePlace {
  /** Milliseconds; null for an event without a date that can be read, all of which come last. */
  time: number | null;
  /** Places of section and agency in their fixed orders. */
  section: number;
  agency: number;
  /** Of the agency's row. */
  row: string;
  /** Of several events that are alike in all of that. */
  nth: number;
}

/** Newest first; on equal dates in the order of sections, of agencies, and then in one that says nothing. */
export function comparePlaces(one: TimelinePlace, other: TimelinePlace): number {
  return (
    (other.time ?? Number.NEGATIVE_INFINITY) - (one.time ?? Number.NEGATIVE_INFINITY) ||
    one.section - other.section ||
    one.agency - other.agency ||
    (one.row < other.row ? -1 : one.row > other.row ? 1 : 0) ||
    one.nth - other.nth
  );
}

/** A text of 32 hexadecimal digits in place of others of any length. */
export const digestOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** The arguments that a cursor is bound to, as they were given. */
export interface TimelinePeriod {
  since: string | null;
  until: string | null;
}

/** Whoever may use a cursor, and for what: as one text of fixed length. */
const boundTo = (
  { since, until }: TimelinePeriod,
  { person }: Subject,
  { caller, purpose }: GatewayContext,
): string =>
  digestOf([
    caller.issuer,
    caller.sub,
    caller.organisation,
    caller.role,
    caller.site,
    purpose,
    person,
    since,
    until,
  ]);

/**
 * A cursor: sealed as ids are, for the caller's organisation and reference, and always of one length, whatever it stands for.
 */
export function sealPlace(
  place: TimelinePlace,
  window: Window,
  period: TimelinePeriod,
  subject: Subject,
  context: GatewayContext,
): string {
  const { time, section, agency, row, nth } = place;
  const numbers = [time === null ? 0 : time + EPOCH, section, agency, nth];
  const digits = numbers.map((number, at) => number.toString(16).padStart(at === 0 ? 16 : 4, '0'));
  return context.subjects.sealCursor(
    [boundTo(period, subject, context), window.since, window.until, ...digits, row].join(' '),
  );
}
/** Larger than any date is before 1970, so that what is written is never negative, and never 0 for a date. */
const EPOCH = 2 ** 47;

/**
 * The place of a cursor, with the window that it was made for. Throws BAD_USER_INPUT in the same words for everything that is not
 * a cursor of this caller, person, purpose, reference and window.
 */
export function openPlace(
  cursor: string,
  period: TimelinePeriod,
  subject: Subject,
  context: GatewayContext,
): { place: TimelinePlace; window: Window } {
  const opened = context.subjects.openCursor(cursor)?.split(' ') ?? [];
  const [bound, since = '', until = '', time = '', section = '', agency = '', nth = '', row = ''] = opened;
  if (bound !== boundTo(period, subject, context)) throw notACursor();
  const number = (digits: string) => Number.parseInt(digits, 16);
  const place = {
    time: number(time) === 0 ? null : number(time) - EPOCH,
    ...{ section: number(section), agency: number(agency), nth: number(nth), row },
  };
  return { place, window: { since, until } };
}

const notACursor = () =>
  requestError(
    'BAD_USER_INPUT',
    'after is not a place in this timeline: take `next` of a page of it, and ask with the same since and until. Else begin anew, without after.',
  );
