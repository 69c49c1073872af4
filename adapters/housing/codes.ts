/** Code lists of the housing management system, and of H-CLIC as it holds them. */
import type { CodeList } from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;

export const MOBILE = ['M'];
export const LANDLINES = ['H', 'W'];
export const EMAIL = ['E'];

export const RELATIONSHIPS = {
  WIFE: 'PARTNER',
  HUSB: 'PARTNER',
  PART: 'PARTNER',
  EXPT: 'FORMER_PARTNER',
  SON: 'CHILD',
  DAUG: 'CHILD',
  CHLD: 'CHILD',
  PRNT: 'PARENT',
  SIBL: 'SIBLING',
  GRPT: 'GRANDPARENT',
  CARE: 'CARER',
  LODG: 'OTHER',
  OTH: 'OTHER',
} as const;

export const TENANCY_TYPES: CodeList<string> = {
  SEC: 'Secure tenancy',
  INT: 'Introductory tenancy',
  FLX: 'Flexible tenancy',
  NST: 'Non-secure tenancy',
  LIC: 'Licence',
  TA: 'Temporary accommodation',
};
export const TENANCY_STATUSES = { C: 'OPEN', F: 'CLOSED' } as const;
/** Tenancies that make an address somebody's for a time; the others make it their home. */
export const TEMPORARY = ['NST', 'LIC', 'TA'];
export const CURRENT_TENANCY = ['C', 'c'];

export const ACTIONS = {
  L1: 'LETTER',
  L2: 'LETTER',
  NSP: 'NOTICE_SERVED',
  CO: 'COURT_ORDER',
  EVIC: 'EVICTION_DATE',
} as const;

export const DUTIES = { PREV: 'PREVENTION', RELIEF: 'RELIEF', FINAL: 'MAIN', NONE: 'NONE' } as const;
/** Duties of those who are homeless already, so that nothing threatens any more. */
export const HOMELESS: readonly string[] = ['RELIEF', 'MAIN'];
export const REFUGE = 'REFUGE';

export const CASE_ROLES = { C: 'Complainant', A: 'Alleged', W: 'Witness' } as const;

export const WARNINGS = {
  VIOL: 'VIOLENT',
  WEAP: 'WEAPONS',
  DRUG: 'DRUGS',
  DOG: 'DOG',
  DOGS: 'DOG',
  HAZD: 'HAZARD_AT_ADDRESS',
  ALLG: 'ALLEGES',
  OTH: 'OTHER',
} as const;
