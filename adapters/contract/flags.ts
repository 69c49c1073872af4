import { bareCode } from './codes.ts';
import type { Decoder } from './decoding.ts';
import type { Predicate } from './rows.ts';

/** As flags stand in columns of one character. */
const YES = ['Y', '1', 'T'];
const NO = ['N', '0', 'F'];

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
export const isYes = <C extends string>(column: C): Predicate<C> => ({
  column,
  in: [...YES, ...YES.map((code) => code.toLowerCase())],
});

/** The rows whose flag `yesNo` reads as false: not those that say nothing, nor those that cannot be read. */
export const isNo = <C extends string>(column: C): Predicate<C> => ({
  column,
  in: [...NO, ...NO.map((code) => code.toLowerCase())],
});
