import { bareCode, hasCode, hasOtherCode } from './codes.ts';
import type { Decoder } from './decoding.ts';
import type { Predicate } from './rows.ts';

const YES = ['Y', 'YES', '1', 'T', 'TRUE'];
const NO = ['N', 'NO', '0', 'F', 'FALSE'];

/** Y or N, 1 or 0, true or false; null if blank, and if it is anything else, which is noted. */
export const yesNo: Decoder<boolean | null> = (cell, context) => {
  if (typeof cell === 'boolean') return cell;
  const code = bareCode(cell, context);
  if (code === null) return null;
  if (YES.includes(code)) return true;
  if (NO.includes(code)) return false;
  context.note('neither yes nor no');
  return null;
};

/** The rows whose flag `yesNo` reads as true. */
export const isYes = <C extends string>(column: C): Predicate<C> => hasCode(column, YES);
/** The rows whose flag `yesNo` reads as false: not those that say nothing, nor those that cannot be read. */
export const isNo = <C extends string>(column: C): Predicate<C> => hasCode(column, NO);
/** The rows whose flag `yesNo` does not read as true. */
export const isNotYes = <C extends string>(column: C): Predicate<C> => hasOtherCode(column, YES);
/** The rows whose flag `yesNo` does not read as false. */
export const isNotNo = <C extends string>(column: C): Predicate<C> => hasOtherCode(column, NO);
