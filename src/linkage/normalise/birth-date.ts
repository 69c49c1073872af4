import type { BirthDate } from '../features.ts';

/** Dates that systems which insist on one put in for none (SQL Server, spreadsheets, Unix, Oracle). */
const PLACEHOLDERS = new Set(
  '19000101 18991230 18991231 19010101 17530101 19700101 11111111 99991231 29991231'.split(' '),
);

/**
 * Reads `YYYYMMDD`, `YYYY-MM-DD` (a time after it is left out), `DD/MM/YYYY`, `YYYY-MM` and `YYYY`. Null for what is
 * none of these and for placeholders. Days and months that no calendar has stay as written.
 */
export function birthDate(written: string): BirthDate | null {
  const text = written.trim();
  const parts = YEAR_FIRST.exec(text) ?? reversed(DAY_FIRST.exec(text));
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

const YEAR_FIRST = /^(\d{4})(?:[-/.]?(\d{1,2})(?:[-/.]?(\d{1,2})(?:[T ].*)?)?)?$/;
const DAY_FIRST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?$/;

function reversed(found: RegExpExecArray | null): readonly (string | undefined)[] | null {
  return found && [found[0], found[3], found[2], found[1]];
}
