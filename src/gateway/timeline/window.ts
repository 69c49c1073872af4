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
  const end = until === null ? `today, ${last}` : last;
  throw requestError(
    'BAD_USER_INPUT',
    `since must not be later than until: since is ${since} and until is ${end}`,
  );
}

/** The same day of the year before, as a section that goes back twelve months has it; of 29 February the 28th. */
function twelveMonthsBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(0);
  last.setUTCFullYear(year - 1, month, 0);
  const start = Math.min(date, last.getUTCDate());
  return [
    String(Math.max(year - 1, 0)).padStart(4, '0'),
    day.slice(5, 7),
    String(start).padStart(2, '0'),
  ].join('-');
}

/** The day in London of a date as sections give it: a day, or a moment. */
export const dayOfDate = (date: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : localText(new Date(date)).slice(0, 10);

export const isWithin = ({ since, until }: Window, day: string): boolean => since <= day && day <= until;

/** For `scope`. */
export const windowWords = ({ since, until }: Window): string => `events from ${since} to ${until}`;
