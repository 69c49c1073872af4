import type Holidays from 'date-holidays';
import { londonDay } from '../sharing/rules/agreement.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * The end (23:59:59, London) of the working day that comes so many working days after the day of a moment: 1 is the next
 * one. No working days are Saturdays, Sundays and the bank holidays of England, substitute days included, by the package
 * date-holidays, which has them with it and asks nobody.
 * @throws RangeError for a moment that is none, or fewer than one day
 */
export async function endOfWorkingDay(after: Date, days: number): Promise<Date> {
  const today = londonDay(after);
  if (today === null || days < 1) throw new RangeError('working days are counted from a day on, from one up');
  const isHoliday = await bankHolidays();
  let day = today;
  for (let left = days; left > 0; ) {
    day = dayAfter(day);
    if (!isWeekend(day) && !isHoliday(day)) left -= 1;
  }
  return endOfDay(day);
}

/**
 * The end (23:59:59, London) of the day one month after that of a moment, in which requests of people about their data are
 * answered (UK GDPR Article 12(3)): the same date of the next month, or its last; where that is no working day, the next one.
 * @throws RangeError for a moment that is none
 */
export async function endOfMonthAfter(after: Date): Promise<Date> {
  const today = londonDay(after);
  if (today === null) throw new RangeError('a month is counted from a day on');
  const [year = 0, month = 0, date = 0] = today.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0));
  const same = new Date(Date.UTC(year, month, date));
  const isHoliday = await bankHolidays();
  let day = (same < last ? same : last).toISOString().slice(0, 10);
  while (isWeekend(day) || isHoliday(day)) day = dayAfter(day);
  return endOfDay(day);
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** London is at UTC or an hour ahead of it, and changes at night, never at the end of a day. */
function endOfDay(day: string): Date {
  const inUtc = new Date(`${day}T23:59:59Z`);
  return londonDay(inUtc) === day ? inUtc : new Date(inUtc.getTime() - HOUR_MS);
}

let calendar: Promise<Holidays> | undefined;
const years = new Map<string, ReadonlySet<string>>();

/** Loaded when first wanted: it takes some tenths of a second, which a start has no use for. */
async function bankHolidays(): Promise<(day: string) => boolean> {
  calendar ??= import('date-holidays').then(
    ({ default: Calendar }) => new Calendar('GB', 'ENG', { types: ['public', 'bank'] }),
  );
  const england = await calendar;
  return (day) => {
    const year = day.slice(0, 4);
    const known =
      years.get(year) ?? new Set(england.getHolidays(Number(year)).map(({ date }) => date.slice(0, 10)));
    years.set(year, known);
    return known.has(day);
  };
}
