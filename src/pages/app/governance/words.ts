import { nameInWords } from '../gaps/hole-words.ts';

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'Europe/London' });
const TIME = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Europe/London',
});

/** An instant as the clock in London shows it. */
export const timeInWords = (instant: string) => TIME.format(new Date(instant));
export const dateInWords = (instant: string) => DATE.format(new Date(instant));

const HOUR_MS = 3_600_000;

/** How long until a deadline, or how long ago it was, to the hour. */
export function untilInWords(instant: string, now: number): string {
  const hours = (Date.parse(instant) - now) / HOUR_MS;
  const words = hoursInWords(Math.abs(hours));
  return hours < 0 ? `overdue for ${words}` : `${words} left`;
}

function hoursInWords(hours: number): string {
  if (hours < 1) return 'less than an hour';
  const [number, unit] = hours < 48 ? [Math.floor(hours), 'hour'] : [Math.floor(hours / 24), 'day'];
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** `clinical.medication` → "Clinical: medication". */
export function fieldInWords(field: string): string {
  const [section = '', ...rest] = field.split('.');
  const within = rest.map((one) => nameInWords(one).toLowerCase()).join(', ');
  return within ? `${nameInWords(section)}: ${within}` : nameInWords(section);
}

export const listInWords = (words: readonly string[]) => new Intl.ListFormat('en-GB').format(words);

/** Who did something, as far as it is told. */
export interface Asker {
  name: string | null;
  role: string;
  organisation: string;
}
export function askerInWords(
  { name, role, organisation }: Asker,
  agencies: Readonly<Record<string, string>>,
) {
  const known = agencies[organisation] ?? nameInWords(organisation);
  return `${name ?? 'Somebody'}, ${nameInWords(role).toLowerCase()}, ${known}`;
}
