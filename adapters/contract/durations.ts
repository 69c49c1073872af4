/** A length of time in calendar units, each a whole number; at least one of them is not 0. */
export interface Duration {
  years: number;
  months: number;
  weeks: number;
  days: number;
}

const FORM =
  /^P(?=\d)(?:(?<years>\d{1,3})Y)?(?:(?<months>\d{1,4})M)?(?:(?<weeks>\d{1,4})W)?(?:(?<days>\d{1,5})D)?$/;

/**
 * An ISO 8601 duration of whole days: P12M, P2W, P1Y6M. Null if it is none. Hours and minutes are none: many columns
 * hold days alone, which could not be told by them. Policy files and row conditions are read by this and nothing else.
 */
export function readDuration(written: string): Duration | null {
  const parts = FORM.exec(written)?.groups;
  if (!parts) return null;
  const { years = '0', months = '0', weeks = '0', days = '0' } = parts;
  const duration = {
    years: Number(years),
    months: Number(months),
    weeks: Number(weeks),
    days: Number(days),
  };
  return Object.values(duration).some((part) => part > 0) ? duration : null;
}
