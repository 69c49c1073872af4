import type { Decoder } from './decoding.ts';
import { londonTime } from './london.ts';
import { text } from './text.ts';

/** A desk that people can call. `Contact.staffedNow` follows from its hours, in Europe/London time. */
export interface Desk {
  desk: string;
  phone?: string;
  email?: string;
  /** In words, for people, by the clocks of London: "24 hours", "Mon–Fri 08:30–17:00", over midnight "Mon–Sun 17:00–09:00". */
  hours?: string;
  /** Where `hours` are in other words. Days of the week, 0 for Sunday; times `HH:MM`, over midnight where `to` is before `from`. */
  open?: 'always' | { days: readonly number[]; from: string; to: string };
  advice?: string;
}

/** A desk as GraphQL's `Contact` shows it. */
export interface Contact {
  desk: string;
  phone: string | null;
  email: string | null;
  hours: string | null;
  staffedNow: boolean | null;
  advice: string | null;
}

/** Of the columns code, name and telephone: GraphQL's `Organisation`, under its code where it has no name. */
export const organisationOf: Decoder<unknown> = (cells, context) => {
  const [code, name, phone] = (cells as readonly unknown[]).map((cell) => text(cell, context));
  return code ? { code, name: name ?? code, phone: phone ?? null } : null;
};

/** A desk as it is shown at this moment. */
export const contactOf = (desk: Desk, now: Date): Contact => ({
  desk: desk.desk,
  phone: desk.phone ?? null,
  email: desk.email ?? null,
  hours: desk.hours ?? null,
  staffedNow: staffed(desk, now),
  advice: desk.advice ?? null,
});

/** Whether somebody is at the desk at this moment; null if its hours are not known. */
export function staffed({ hours, open = hoursOf(hours) }: Desk, now: Date): boolean | null {
  if (open === undefined || open === 'always') return open === undefined ? null : true;
  const { year, month, day, hour, minute } = londonTime(now);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (open.from <= open.to) return open.days.includes(weekday) && open.from <= time && time < open.to;
  const evening = open.days.includes(weekday) && time >= open.from;
  return evening || (open.days.includes((weekday + 6) % 7) && time < open.to);
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const HOURS = /^([A-Z][a-z]{2})–([A-Z][a-z]{2}) (\d\d:\d\d)–(\d\d:\d\d)$/;

/** What the words say; undefined where they are no such words, and nobody can say whether the desk is staffed. */
function hoursOf(words = ''): Desk['open'] {
  if (words === '24 hours') return 'always';
  const [, begins = '', ends = '', from = '', to = ''] = HOURS.exec(words) ?? [];
  const [first, last] = [DAYS.indexOf(begins), DAYS.indexOf(ends)];
  if (first < 0 || last < 0) return undefined;
  return {
    days: Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, at) => (first + at) % 7),
    from,
    to,
  };
}
