const LONDON = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in Europe/London, `YYYY-MM-DD`; null for an invalid date. */
export function londonDay(now: Date): string | null {
  return Number.isNaN(now.getTime()) ? null : LONDON.format(now);
}
