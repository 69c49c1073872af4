import { londonTime } from './london.ts';

/** A desk that people can call. `open` drives `Contact.staffedNow`, in Europe/London time. */
export interface Desk {
  desk: string;
  phone?: string;
  email?: string;
  /** In words, for people: "24 hours", "Mon–Fri 08:30–17:00". */
  hours?: string;
  /** Days of the week, 0 for Sunday; times `HH:MM`, over midnight where `to` is before `from`. */
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
export function staffed({ open }: Desk, now: Date): boolean | null {
  if (open === undefined || open === 'always') return open === undefined ? null : true;
  const { year, month, day, hour, minute } = londonTime(now);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (open.from <= open.to) return open.days.includes(weekday) && open.from <= time && time < open.to;
  const evening = open.days.includes(weekday) && time >= open.from;
  return evening || (open.days.includes((weekday + 6) % 7) && time < open.to);
}
