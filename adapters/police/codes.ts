/** Code lists of the police records system. */
import type { CodeList } from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;
export const ALIAS_KINDS = { AKA: 'ALIAS', FMR: 'FORMER', PRF: 'PREFERRED' } as const;
export const ADDRESS_KINDS = {
  HOME: 'HOME',
  TEMP: 'TEMPORARY',
  CORR: 'CORRESPONDENCE',
  INST: 'INSTITUTION',
  NFA: 'NO_FIXED_ABODE',
} as const;

export const MOBILE = ['M'];
export const LANDLINES = ['H', 'W'];
export const EMAIL = ['E'];

export const EVENT_ROLES = { V: 'VICTIM', S: 'SUSPECT', W: 'WITNESS', I: 'INVOLVED' } as const;
export const EVENT_CATEGORIES = [
  'MENTAL_HEALTH',
  'DOMESTIC_ABUSE',
  'VIOLENCE',
  'THEFT',
  'DAMAGE',
  'DRUGS',
  'PUBLIC_ORDER',
  'SEXUAL',
  'MISSING',
  'CONCERN_FOR_SAFETY',
  'TRAFFIC',
  'OTHER',
] as const;
export type EventCategory = (typeof EVENT_CATEGORIES)[number];
export const EVENT_TYPES: CodeList<EventCategory> = {
  DOM: 'DOMESTIC_ABUSE',
  MH: 'MENTAL_HEALTH',
  ASL: 'VIOLENCE',
  ROB: 'VIOLENCE',
  THF: 'THEFT',
  BUR: 'THEFT',
  CD: 'DAMAGE',
  DRG: 'DRUGS',
  POA: 'PUBLIC_ORDER',
  ASB: 'PUBLIC_ORDER',
  SEX: 'SEXUAL',
  MIS: 'MISSING',
  CFS: 'CONCERN_FOR_SAFETY',
  RTC: 'TRAFFIC',
  OTH: 'OTHER',
};
export const OUTCOMES = {
  NFA: 'No further action',
  CHRG: 'Charged',
  CAUT: 'Caution',
  CRES: 'Community resolution',
  S136: 'Taken to a place of safety',
  REFD: 'Referred to another service',
  VADV: 'Victim advised',
  SAFE: 'Found safe',
  OPEN: 'Under investigation',
} as const;

export const WARNINGS = {
  VIOLENT: 'VIOLENT',
  WEAPONS: 'WEAPONS',
  DRUGS: 'DRUGS',
  'SELF HARM': 'SELF_HARM',
  SUICIDAL: 'SUICIDAL',
  MENTAL: 'MENTAL_HEALTH',
  CONTAGIOUS: 'CONTAGIOUS',
  ESCAPER: 'ESCAPER',
  FIREARMS: 'FIREARMS',
  DOG: 'DOG',
  ALLEGES: 'ALLEGES',
  HAZARD: 'HAZARD_AT_ADDRESS',
  OTHER: 'OTHER',
} as const;

export const CASE_STATUSES = { O: 'OPEN', C: 'CLOSED', F: 'KNOWN' } as const;
export const ORDERS = {
  NMO: 'NON_MOLESTATION',
  DAPO: 'DOMESTIC_ABUSE_PROTECTION',
  DVPO: 'DOMESTIC_ABUSE_PROTECTION',
  RO: 'RESTRAINING',
  INJ: 'INJUNCTION',
  LIC: 'LICENCE',
  OTH: 'OTHER',
} as const;
export const CONFERENCE_STATUSES = { OPEN: 'Open', RVW: 'Under review', CLSD: 'Closed' } as const;

export const SOURCE_EVALUATIONS: CodeList<string> = { 1: 'Reliable', 2: 'Untested', 3: 'Not reliable' };
export const ASSESSMENTS: CodeList<string> = {
  A: 'Known directly',
  B: 'Known indirectly but corroborated',
  C: 'Known indirectly',
  D: 'Not known',
  E: 'Suspected to be false',
};
export const HANDLING: CodeList<string> = {
  P: 'Lawful sharing permitted',
  C: 'Lawful sharing permitted with conditions',
};

export const PLACES = {
  STRT: 'PUBLIC',
  PARK: 'PUBLIC',
  PUBL: 'PUBLIC',
  TRAN: 'PUBLIC',
  HOUS: 'DWELLING',
  FLAT: 'DWELLING',
  PRIV: 'DWELLING',
} as const;
/** Of custody suites and hospitals the law of neither place can be taken for granted. */
export const NEITHER_PLACE = ['CUST', 'HOSP'];

export const ORGANISATIONS = {
  NSP: 'police',
  NSMHT: 'mental-health',
  NBC: 'housing',
  NCCCS: 'childrens-services',
} as const;

/** Links that make a relative or a member of the household; ASSC, an associate, is neither. */
export const RELATIVES = ['PART', 'XPRT', 'PRNT', 'CHLD', 'SIBL', 'FAMO'];
