/** Code lists of the department's customer system. */
import type { CodeList } from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;

export const ADDRESS_KINDS = {
  H: 'HOME',
  T: 'TEMPORARY',
  C: 'CORRESPONDENCE',
  I: 'INSTITUTION',
  N: 'NO_FIXED_ABODE',
} as const;

export const MOBILE = ['M'];
export const LANDLINES = ['H', 'W'];
export const EMAIL = ['E'];

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
