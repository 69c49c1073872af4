import type { BirthDate } from '../features.ts';
import { oneEditApart } from '../word-likeness.ts';
import { BORN } from './levels.ts';

/** How two dates of birth agree: a level of `BORN`, 0 if one is missing. */
export function bornLevel(
  a: BirthDate | null,
  b: BirthDate | null,
  generic: ReadonlySet<string> = NOTHING,
): number {
  if (a === null || b === null) return 0;
  if (!a.full || !b.full) return yearLevel(a.year, b.year);
  if (a.digits === b.digits) return isVague(a, generic) ? BORN.YEAR_SAME : BORN.EXACT;
  if (isVague(a, generic) || isVague(b, generic)) return yearLevel(a.year, b.year);
  if (a.year === b.year && a.month === b.day && a.day === b.month) return BORN.SWAPPED;
  if (oneEditApart(a.digits, b.digits)) return BORN.ONE_EDIT;
  const agreeing = Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day);
  if (agreeing === 2) return BORN.TWO_PARTS;
  return a.year === b.year ? BORN.SAME_YEAR : BORN.DIFFERENT;
}

/** A day that far too many people have: it was filled in for people who do not know theirs. */
export const isVague = (born: BirthDate | null, generic: ReadonlySet<string>): boolean =>
  born !== null && generic.size > 0 && (generic.has(dayKey(born)) || generic.has(dateKey(born)));

export const dayKey = ({ digits }: BirthDate): string => `DAY|${digits.slice(4)}`;
export const dateKey = ({ digits }: BirthDate): string => `DATE|${digits}`;

const NOTHING: ReadonlySet<string> = new Set();

function yearLevel(one: number, other: number): number {
  if (one === other) return BORN.YEAR_SAME;
  return Math.abs(one - other) <= 2 ? BORN.YEAR_NEAR : BORN.YEAR_DIFFERENT;
}
