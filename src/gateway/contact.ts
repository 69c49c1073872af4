import type { Desk } from '../../adapters/contract.ts';

/** `Contact` of the public schema. */
export interface PublicContact {
  desk: string;
  phone: string | null;
  email: string | null;
  hours: string | null;
  /** Null where the desk does not state its hours. */
  staffedNow: boolean | null;
  advice: string | null;
}

export function contactOf(desk: Desk, now: Date): PublicContact {
  return {
    desk: desk.desk,
    phone: desk.phone ?? null,
    email: desk.email ?? null,
    hours: desk.hours ?? null,
    staffedNow: isStaffed(desk, now),
    advice: desk.advice ?? null,
  };
}

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** By the desk's hours, in Europe/London; `days` count from Sunday, 0. */
export function isStaffed(desk: Desk, now: Date): boolean | null {
  if (!desk.open) return null;
  if (desk.open === 'always') return true;
  const parts = Object.fromEntries(LONDON.formatToParts(now).map((part) => [part.type, part.value]));
  const time = `${parts.hour}:${parts.minute}`;
  return (
    desk.open.days.includes(DAYS.indexOf(parts.weekday ?? '')) &&
    desk.open.from <= time &&
    time < desk.open.to
  );
}
