import type { BirthDate } from '../features.ts';
import { oneEditApart } from '../word-likeness.ts';
import { type Commonplace, NOTHING_COMMON } from './commonplace.ts';
import { BORN } from './levels.ts';

/** How two dates of birth agree: a level of `BORN`, 0 if one is missing. */
export function bornLevel(
  a: BirthDate | null,
  b: BirthDate | null,
  common: Commonplace = NOTHING_COMMON,
): number {
  if (a === null || b === null) return 0;
  if (!a.full || !b.full) return yearLevel(a.year, b.year);
  if (a.digits === b.digits) return common.isVague(a) ? BORN.YEAR_SAME : BORN.EXACT;
  if (common.isVague(a) || common.isVague(b)) return yearLevel(a.year, b.year);
  if (a.year === b.year && a.month === b.day && a.day === b.month) return BORN.SWAPPED;
  if (oneEditApart(a.digits, b.digits)) return BORN.ONE_EDIT;
  const agreeing = Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day);
  if (agreeing === 2) return BORN.TWO_PARTS;
  return a.year === b.year ? BORN.SAME_YEAR : BORN.DIFFERENT;
}

function yearLevel(one: number, other: number): number {
  if (one === other) return BORN.YEAR_SAME;
  return Math.abs(one - other) <= 2 ? BORN.YEAR_NEAR : BORN.YEAR_DIFFERENT;
}
