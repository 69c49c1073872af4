import { compact, type Decoder } from '../contract.ts';

/** No I, O or S, which are taken for digits. */
const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';
const FORM = /^([A-Z])(\d{12})$/;

/**
 * Whether a unique pupil number is one: its check letter is that of the sum of its twelve digits, weighted 2 to 13,
 * modulo 23 (Department for Education, unique pupil numbers). A temporary number, which ends in a letter, is none
 * that two schools share, so it is not. Null where the column is blank.
 */
export const isPupilNumber: Decoder<boolean | null> = (cell, context) => {
  const value = compact(cell, context);
  if (value === null) return null;
  const [, letter, digits = ''] = FORM.exec(value) ?? [];
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index + 2), 0);
  if (letter !== undefined && letter === LETTERS.charAt(sum % LETTERS.length)) return true;
  context.note('no permanent pupil number');
  return false;
};
