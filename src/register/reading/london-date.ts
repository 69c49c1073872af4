const LONDON = new Intl.DateTimeFormat('en-CA', {
  ...{ timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' },
});
const HOUR_MS = 3_600_000;

/** The day of Europe/London on which a moment lies, `YYYY-MM-DD`. */
export const londonDate = (at: Date): string => LONDON.format(at);

/** The moment at which a day begins in London; null where there is no such day. London is at UTC or an hour ahead of it. */
export function startOfLondonDay(day: string): Date | null {
  const inUtc = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(inUtc.getTime()) || inUtc.toISOString().slice(0, 10) !== day) return null;
  const hourBefore = new Date(inUtc.getTime() - HOUR_MS);
  return londonDate(hourBefore) === day ? hourBefore : inUtc;
}

/** The day after, `YYYY-MM-DD`. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 24 * HOUR_MS).toISOString().slice(0, 10);
