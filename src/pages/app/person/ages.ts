const DATE = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'Europe/London',
});
const TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/London',
});
const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];

/** "3 Mar 2026", in London; a day without a time is that day everywhere. */
export const dayInWords = (instant: string): string => DATE.format(new Date(instant));

/** "30 Nov, 03:12", in London. */
export const timeInWords = (instant: string): string => TIME.format(new Date(instant));

/** How long ago something was last known to be true: "today", "3 days old", "2 years old". */
export function ageInWords(asOf: string, now: number): string {
  const days = Math.floor((now - Date.parse(asOf)) / DAY_MS);
  if (days < 1) return 'today';
  if (days < 60) return `${several(days, 'day')} old`;
  if (days < 730) return `${several(Math.floor(days / 30.44), 'month')} old`;
  return `${several(Math.floor(days / 365.25), 'year')} old`;
}

/** After a year what an agency knew may well be over. */
export const isOld = (asOf: string, now: number): boolean => now - Date.parse(asOf) > 365 * DAY_MS;

/** How long ago something was asked: "just now", "12 minutes ago", "2 hours ago". */
export function askedInWords(receivedAt: number, now: number): string {
  const minutes = Math.floor((now - receivedAt) / MINUTE_MS);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${several(minutes, 'minute')} ago`;
  if (minutes < 48 * 60) return `${several(Math.floor(minutes / 60), 'hour')} ago`;
  return `${several(Math.floor(minutes / 60 / 24), 'day')} ago`;
}

/** An answer is of its moment: after ten minutes somebody may have been called, moved or admitted. */
export const isStale = (receivedAt: number, now: number): boolean => now - receivedAt >= 10 * MINUTE_MS;

/** Years of age on a day; null where the date of birth cannot be read. */
export function yearsOf(dateOfBirth: string, now: number): number | null {
  const [year, month, day] = dateOfBirth.split('-').map(Number);
  if (!year || !month || !day) return null;
  const today = new Date(now);
  const before =
    today.getUTCMonth() + 1 < month || (today.getUTCMonth() + 1 === month && today.getUTCDate() < day);
  const years = today.getUTCFullYear() - year - (before ? 1 : 0);
  return years < 0 ? null : years;
}

const several = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
