import type { BirthDate } from '../features.ts';

/**
 * Dates that systems which insist on one put in for none (SQL Server, spreadsheets, Oracle). Of Unix not: people are born
 * on 1 January 1970, and whose column is filled with it says so in its adapter.
 */
const PLACEHOLDERS = new Set(
  '19000101 18991230 18991231 19010101 17530101 11111111 99991231 29991231'.split(' '),
);

/**
 * Reads `YYYYMMDD`, `YYYY-MM-DD` (a time after it is left out), `DD/MM/YYYY`, `DD-MON-YYYY`, `YYYY-MM` and `YYYY`; the year
 * of day and month also in two digits, which are of this century up to 29. Null for what is none of these and for placeholders. Days and months that no calendar has stay as written.
 */
export function birthDate(written: string): BirthDate | null {
  const text = written.trim();
  const parts = YEAR_FIRST.exec(text) ?? reversed(DAY_FIRST.exec(text)) ?? reversed(MONTH_NAMED.exec(text));
  if (!parts) return null;
  const [, year = '', month = '00', day = '00'] = parts;
  const digits = `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
  if (PLACEHOLDERS.has(digits) || Number(year) < 1000 || Number(year) > 2200) return null;
  return {
    digits,
    year: Number(year),
    month: Number(month),
    day: Number(day),
    full: parts[3] !== undefined && digits.slice(4) !== '0000',
  };
}

/** What a system put in where nobody knew the date. */
export const isPlaceholderDate = (written: string): boolean =>
  PLACEHOLDERS.has(written.replace(/\D/g, '')) || /^\D*$/.test(written);

const YEAR_FIRST = /^(\d{4})(?:[-/.]?(\d{1,2})(?:[-/.]?(\d{1,2})(?:[T ].*)?)?)?$/;
const DAY_FIRST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ].*)?$/;
const MONTH_NAMED = /^(\d{1,2})[-/. ]?([a-z]{3})[a-z]*[-/., ]*(\d{4}|\d{2})(?:[T ].*)?$/i;
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
/** Two digits above this are a year of the century before. */
const THIS_CENTURY = 29;

function reversed(found: RegExpExecArray | null): readonly (string | undefined)[] | null {
  if (!found) return null;
  const [all, day = '', month = '', year = ''] = found;
  const named = MONTHS.indexOf(month.slice(0, 3).toUpperCase()) + 1;
  const number = named > 0 ? String(named) : month;
  if (!/^\d+$/.test(number)) return null;
  const century = Number(year) > THIS_CENTURY ? '19' : '20';
  return [all, year.length === 2 ? `${century}${year}` : year, number, day];
}
