/** Code lists of the department's customer system, and what is made of several columns. */
import {
  bareCode,
  type CodedValue,
  type CodeList,
  codedValue,
  codesOf,
  type Decoder,
  date,
  integer,
  isPast,
  localText,
  type PublishedList,
} from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;

export const ADDRESS_KINDS = {
  H: 'HOME',
  T: 'TEMPORARY',
  C: 'CORRESPONDENCE',
  I: 'INSTITUTION',
  N: 'NO_FIXED_ABODE',
} as const;

export const CONTACT_KINDS = { M: 'MOBILE', E: 'EMAIL', H: 'LANDLINE', W: 'LANDLINE' } as const;

/** A suspended claim is not paid, but it is open. */
export const CLAIM_STATUSES = { L: 'OPEN', S: 'OPEN', C: 'CLOSED' } as const;

export const BENEFITS: CodeList<string> = {
  UC: 'Universal Credit',
  ESA: 'Employment and Support Allowance',
  PIP: 'Personal Independence Payment',
  JSA: 'Jobseeker’s Allowance',
  IS: 'Income Support',
  CA: 'Carer’s Allowance',
  DLA: 'Disability Living Allowance',
  AA: 'Attendance Allowance',
  PC: 'Pension Credit',
};

export const HEALTH_GROUPS: CodeList<string> = {
  LCW: 'Limited capability for work',
  LCWRA: 'Limited capability for work and work-related activity',
};

export const SANCTION_LEVELS: CodeList<string> = {
  LOWEST: 'Lowest level',
  LOW: 'Low level',
  MED: 'Medium level',
  HIGH: 'High level',
};

export const PUBLISHED: readonly PublishedList[] = [
  {
    source: 'Universal Credit Regulations 2013 (SI 2013/376) Part 8: sanction levels',
    count: 4,
    codes: codesOf(SANCTION_LEVELS),
  },
];

/** Every death that is registered is told to the department, so a blank says that none is. */
export const isDeceased: Decoder<boolean | null> = (cell, context) => {
  const blank = cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
  if (blank) return false;
  return date(cell, context) === null ? null : true;
};

const groupOf = codedValue(HEALTH_GROUPS, 'Work capability group');
const levelOf = codedValue(SANCTION_LEVELS, 'Universal Credit sanction level');

/** The group of an award that runs; null where it has ended, and where nobody can read whether it has. */
export const healthGroup: Decoder<CodedValue | null> = (cells, context) => {
  const [group, end] = cells as readonly unknown[];
  if (bareCode(group, context) === null) return null;
  return isPast(end, context) === false ? groupOf(group, context) : null;
};

interface Sanction {
  level: CodedValue | null;
  from: string;
  days: number;
}

/**
 * A sanction that runs today, in London: from its first day, for as many days as it has. Null where it has not begun or
 * is over. Where the first day or the length cannot be read, or is not there, nobody can say that it runs: a note says so.
 */
export const runningSanction: Decoder<Sanction | null> = (cells, context) => {
  const [level, start, length] = cells as readonly unknown[];
  const from = date(start, context);
  const days = integer(length, context);
  if (from === null || days === null) {
    context.note('first day or length not known');
    return null;
  }
  const today = localText(context.now).slice(0, 10);
  const runs = from <= today && daysFrom(from, today) < days;
  return runs ? { level: levelOf(level, context), from, days } : null;
};

const DAY = 86_400_000;
const daysFrom = (one: string, other: string): number =>
  Math.round((Date.parse(other) - Date.parse(one)) / DAY);
