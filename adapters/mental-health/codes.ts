/** Code lists of the trust's patient record: the NHS Data Dictionary's, and the system's own. */
import type { CodeList } from '../contract.ts';

export const GENDERS = { 1: 'MALE', 2: 'FEMALE', 9: 'INDETERMINATE', X: 'UNKNOWN', 0: 'UNKNOWN' } as const;
export const ALIAS_KINDS = { A: 'ALIAS', F: 'FORMER', P: 'PREFERRED' } as const;
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

export const ETHNIC_CATEGORIES: CodeList<string> = {
  A: 'White: British',
  B: 'White: Irish',
  C: 'White: any other',
  D: 'Mixed: White and Black Caribbean',
  E: 'Mixed: White and Black African',
  F: 'Mixed: White and Asian',
  G: 'Mixed: any other',
  H: 'Asian: Indian',
  J: 'Asian: Pakistani',
  K: 'Asian: Bangladeshi',
  L: 'Asian: any other',
  M: 'Black: Caribbean',
  N: 'Black: African',
  P: 'Black: any other',
  R: 'Chinese',
  S: 'Any other ethnic group',
  Z: 'Not stated',
  99: 'Not known',
};
export const LANGUAGES: CodeList<string> = {
  ENG: 'English',
  ARA: 'Arabic',
  BEN: 'Bengali',
  BSL: 'British Sign Language',
  PAN: 'Panjabi',
  POL: 'Polish',
  RON: 'Romanian',
  SOM: 'Somali',
  UKR: 'Ukrainian',
  URD: 'Urdu',
};
export const DISABILITIES: CodeList<string> = {
  '01': 'Behaviour and emotional',
  '02': 'Hearing',
  '03': 'Manual dexterity',
  '04': 'Memory or ability to concentrate, learn or understand',
  '05': 'Mobility and gross motor',
  '06': 'Perception of physical danger',
  '07': 'Personal, self care and continence',
  '08': 'Progressive conditions and physical health',
  '09': 'Sight',
  10: 'Speech',
  NN: 'No disability',
  XX: 'Other',
  ZZ: 'Not stated',
};
/** NHS number status: only 01 says that number and person were matched on the national spine. */
export const VERIFIED_STATUS = '01';

export const REFUGE = 'CH02';

export const TEAM_TYPES: CodeList<'MENTAL_HEALTH_CRISIS' | 'MENTAL_HEALTH_COMMUNITY' | 'SUBSTANCE_USE'> = {
  A02: 'MENTAL_HEALTH_CRISIS',
  A18: 'MENTAL_HEALTH_CRISIS',
  A20: 'MENTAL_HEALTH_CRISIS',
  A01: 'MENTAL_HEALTH_COMMUNITY',
  A05: 'MENTAL_HEALTH_COMMUNITY',
  A06: 'MENTAL_HEALTH_COMMUNITY',
  A07: 'MENTAL_HEALTH_COMMUNITY',
  A08: 'MENTAL_HEALTH_COMMUNITY',
  A09: 'MENTAL_HEALTH_COMMUNITY',
  A14: 'MENTAL_HEALTH_COMMUNITY',
  A16: 'MENTAL_HEALTH_COMMUNITY',
  D01: 'SUBSTANCE_USE',
};
export const REFERRAL_STATUSES = { O: 'OPEN', C: 'CLOSED', D: 'KNOWN' } as const;
export const OPEN_REFERRAL = ['O', 'o'];

export const LEGAL_STATUSES: CodeList<string> = {
  '01': 'Informal',
  '02': 'Section 2',
  '03': 'Section 3',
  '04': 'Section 4',
  '05': 'Section 5(2)',
  '06': 'Section 5(4)',
  '07': 'Section 35',
  '08': 'Section 36',
  '09': 'Section 37 with section 41 restrictions',
  10: 'Section 37',
  15: 'Section 47 with section 49 restrictions',
  16: 'Section 47',
  17: 'Section 48 with section 49 restrictions',
  18: 'Section 48',
  19: 'Section 135',
  20: 'Section 136',
};
export const INFORMAL = '01';

export const CRISIS_PLAN = ['12'];
export const WARNINGS = {
  VIO: 'VIOLENT',
  WPN: 'WEAPONS',
  DRG: 'DRUGS',
  SH: 'SELF_HARM',
  SUI: 'SUICIDAL',
  MH: 'MENTAL_HEALTH',
  INF: 'CONTAGIOUS',
  ABS: 'ESCAPER',
  FA: 'FIREARMS',
  DOG: 'DOG',
  ALG: 'ALLEGES',
  ENV: 'HAZARD_AT_ADDRESS',
  OTH: 'OTHER',
} as const;

export const ORGANISATIONS = {
  NSMHT: 'mental-health',
  NSP: 'police',
  NBC: 'housing',
  NCCCS: 'childrens-services',
} as const;
