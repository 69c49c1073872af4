import { localText } from '../../../adapters/contract.ts';
import { requestError } from '../../errors.ts';

/** Days of Europe/London, both inclusive. */
export interface Window {
  since: string;
  until: string;
}

/**
 * The days that a timeline is of: as asked, else the twelve months up to `until`, which is today unless asked otherwise.
 * Throws BAD_USER_INPUT where they run backwards.
 */
export function windowOf(since: string | null, until: string | null, now: Date): Window {
  const last = until ?? localText(now).slice(0, 10);
  const window = { since: since ?? twelveMonthsBefore(last), until: last };
  if (window.since <= window.until) return window;
  const asked = until === null ? `until is today, ${last},` : `until is ${last}`;
  throw requestError(
    'BAD_USER_INPUT',
    `since must not be later than until: since is ${since} and ${asked}`.replace(/,$/, ''),
  );
}

/** The day after the same day of the year before: so that a day is in one year's timeline alone. */
function twelveMonthsBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new Date(0);
  start.setUTCFullYear(year - 1, month - 1, date + 1);
  return start.toISOString().slice(0, 10);
}

/** The day in London of a date as sections give it: a day, or a moment. */
export const dayOfDate = (date: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : localText(new Date(date)).slice(0, 10);

export const isWithin = ({ since, until }: Window, day: string): boolean => since <= day && day <= until;

/** For `scope`. */
export const windowWords = ({ since, until }: Window): string => `events from ${since} to ${until}`;
