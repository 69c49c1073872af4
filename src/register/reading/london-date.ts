const LONDON = new Intl.DateTimeFormat('en-CA', {
  ...{ timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' },
});

/** The day of Europe/London on which a moment lies, `YYYY-MM-DD`. */
export const londonDate = (at: Date): string => LONDON.format(at);
