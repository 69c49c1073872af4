import type { Decoder } from './decoding.ts';
import { text } from './text.ts';

/** A whole number that GraphQL's Int can hold. */
export const integer: Decoder<number | null> = (cell, context) => {
  const value = text(cell, context);
  if (value === null) return null;
  const number = /^[+-]?\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  return bounded(number, 'not a whole number', context);
};

/** A decimal number. */
export const decimal: Decoder<number | null> = (cell, context) => {
  const value = text(cell, context);
  if (value === null) return null;
  if (/^[+-]?\d{1,12}(\.\d{1,6})?$/.test(value)) return Number(value);
  context.note('not a number');
  return null;
};

/** Pounds as stored, in pence; the sign stays. */
export const pence: Decoder<number | null> = (cell, context) => {
  const pounds = decimal(cell, context);
  return pounds === null ? null : bounded(Math.round(pounds * 100), 'not a sum of money', context);
};

/** Ticks of the DASH checklist (SafeLives, 2009), which has 24 questions. */
export const dashScore: Decoder<number | null> = (cell, context) => {
  const score = integer(cell, context);
  if (score === null || (score >= 0 && score <= 24)) return score;
  context.note('no score of the checklist');
  return null;
};

function bounded(number: number, problem: string, context: { note(problem: string): void }): number | null {
  if (Number.isInteger(number) && Math.abs(number) < 2 ** 31) return number === 0 ? 0 : number;
  context.note(problem);
  return null;
}
