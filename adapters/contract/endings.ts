/** Whether something has ended, is current or is open, for values that are shown and rows that are chosen alike. */
import { type CodeList, hasOtherCode, meaning } from './codes.ts';
import { dayOf, readTime } from './dates.ts';
import { type Decoder, telling } from './decoding.ts';
import { isNotNo, yesNo } from './flags.ts';
import { localText } from './london.ts';
import { readAs } from './read-as.ts';
import type { Predicate } from './rows.ts';

/**
 * Whether the end of something lies before today. False where no end is set: blank, 31/12/2999, infinity, and the
 * 01/01/1900 that systems write into a date nobody filled in. Null where it cannot be read.
 */
export const isPast: Decoder<boolean | null> = (cell, context) => {
  const end = readTime(cell, context);
  if (end === 'JUNK') return null;
  return typeof end === 'object' && dayOf(end) < localText(context.now).slice(0, 10);
};

/** Whether no end is set, for columns in which any date says that it is over: found, stopped, closed. Null where it cannot be read. */
export const hasNoEnd: Decoder<boolean | null> = (cell, context) => {
  const end = readTime(cell, context);
  return end === 'JUNK' ? null : typeof end !== 'object';
};

/** Whether something is current, of the flag that says so and its end: a flag that nobody took back does not outlive the end. */
export const isCurrent: Decoder<boolean | null> = (cells, context) => {
  const [flag, end] = cells as readonly unknown[];
  const current = yesNo(flag, context);
  if (current !== true) return current;
  return isNot(isPast(end, context));
};

/** A status by its list, of its code and its end: what is OPEN is CLOSED once the end is past. */
export const statusUntil = <const S extends string>(list: CodeList<S>): Decoder<S | 'CLOSED' | null> =>
  telling({ as: 'a code, closed once the end is past', codes: list }, (cells, context) => {
    const [code, end] = cells as readonly unknown[];
    const status = meaning(list)(code, context);
    if (status !== 'OPEN') return status;
    const over = isPast(end, context);
    return over === null ? null : over ? 'CLOSED' : status;
  });

/** Whether a status is OPEN and its end is not past, of its code and its end. Null where that cannot be read. */
export const isOpenUntil = (list: CodeList<string>): Decoder<boolean | null> => {
  const statusOf = statusUntil(list);
  return telling({ as: 'whether it is open and not over', codes: list }, (cells, context) => {
    const status = statusOf(cells, context);
    return status === null ? null : status === 'OPEN';
  });
};

/** Rows that have not ended before today. */
export const notOver = <C extends string>(end: C): Predicate<C> =>
  readAs([end], ([cell], context) => isNot(isPast(cell, context)), 'has no end that is past');

/** Rows without an end. */
export const withoutEnd = <C extends string>(end: C): Predicate<C> =>
  readAs([end], ([cell], context) => hasNoEnd(cell, context), 'has no date');

/** Rows that are current by their flag and not over. */
export const isCurrentRow = <C extends string>(flag: C, end: C): Predicate<C> =>
  readAs([flag, end], isCurrent, 'say that it is current and not over', {
    narrow: isNotNo(flag),
  });

/** Rows whose status is OPEN by its list and whose end is not past. */
export const isOpenRow = <C extends string>(status: C, end: C, list: CodeList<string>): Predicate<C> => {
  const shut = Object.keys(list).filter((code) => list[code] !== 'OPEN');
  return readAs([status, end], isOpenUntil(list), 'say that it is open and not over', {
    narrow: hasOtherCode(status, shut),
  });
};

/** Not so; null stays null. */
export const isNot = (value: boolean | null): boolean | null => (value === null ? null : !value);
