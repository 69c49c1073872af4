import { type Decoder, date, decimal, localText, meaning, pence, telling } from '../contract.ts';
import { ACTIONS, DUTIES, HOMELESS } from './codes.ts';

export type ArrearsBand = 'NONE' | 'UNDER_4_WEEKS' | 'FROM_4_TO_8_WEEKS' | 'OVER_8_WEEKS';

/** From the balance and the weeks of rent it is worth. Whoever owes nothing, or has credit, is in no arrears. */
export const arrearsBand: Decoder<ArrearsBand | null> = (cells, context) => {
  const [balance, owed] = cells as readonly unknown[];
  const amount = pence(balance, context);
  if (amount !== null && amount <= 0) return 'NONE';
  const weeks = decimal(owed, context);
  if (amount === null || weeks === null) return null;
  if (weeks < 4) return 'UNDER_4_WEEKS';
  return weeks <= 8 ? 'FROM_4_TO_8_WEEKS' : 'OVER_8_WEEKS';
};

export type NoticeStage = 'NONE' | (typeof ACTIONS)[keyof typeof ACTIONS];

/** No action taken is written as a blank. */
export const noticeStage: Decoder<NoticeStage | null> = telling(
  { as: 'the last action; a blank is none', codes: ACTIONS },
  (cell, context) => {
    const blank = cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
    return blank ? 'NONE' : meaning(ACTIONS)(cell, context);
  },
);

/** From the duty owed and the day on which the home is expected to be lost. */
export const threatenedWithin56Days: Decoder<boolean | null> = (cells, context) => {
  const [owed, loss] = cells as readonly unknown[];
  const duty = meaning(DUTIES)(owed, context);
  if (duty === null) return null;
  if (HOMELESS.includes(duty)) return false;
  const day = date(loss, context);
  if (day === null && duty === 'NONE') return false;
  const limit = localText(new Date(context.now.getTime() + 56 * DAY)).slice(0, 10);
  return day === null ? null : day <= limit;
};
const DAY = 86_400_000;
