/** Code lists of the school information system: those of the school census and of the common transfer file. */
import type { CodeList } from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;

/** School census, ethnicity. */
export const ETHNICITIES: CodeList<string> = {
  WBRI: 'White British',
  WIRI: 'White Irish',
  WIRT: 'Traveller of Irish heritage',
  WROM: 'Gypsy or Roma',
  WOTH: 'Any other White background',
  MWBC: 'White and Black Caribbean',
  MWBA: 'White and Black African',
  MWAS: 'White and Asian',
  MOTH: 'Any other mixed background',
  AIND: 'Indian',
  APKN: 'Pakistani',
  ABAN: 'Bangladeshi',
  AOTH: 'Any other Asian background',
  BCRB: 'Black Caribbean',
  BAFR: 'Black African',
  BOTH: 'Any other Black background',
  CHNE: 'Chinese',
  OOTH: 'Any other ethnic group',
  REFU: 'Refused',
  NOBT: 'Information not yet obtained',
};

/** School census, first language: those that the schools use. */
export const LANGUAGES: CodeList<string> = {
  ENG: 'English',
  ENB: 'Believed to be English',
  OTB: 'Believed to be other than English',
  ARA: 'Arabic',
  BNG: 'Bengali',
  CHI: 'Chinese',
  GUJ: 'Gujarati',
  PNJ: 'Panjabi',
  POL: 'Polish',
  POR: 'Portuguese',
  RMN: 'Romanian',
  SOM: 'Somali',
  TUR: 'Turkish',
  UKR: 'Ukrainian',
  URD: 'Urdu',
  OTH: 'Other language',
};

/** School census, provision for special educational needs. */
export const SPECIAL_NEEDS: CodeList<string> = {
  N: 'No special educational need',
  K: 'Special educational needs support',
  E: 'Education, health and care plan',
};

export const ENROLMENTS = { C: 'OPEN', M: 'OPEN', S: 'OPEN', P: 'CLOSED' } as const;
/** Codes of enrolments that last, as they are written. */
export const ON_ROLL = ['C', 'M', 'S', 'c', 'm', 's'];

export const ADDRESS_KINDS = { H: 'HOME', T: 'TEMPORARY', P: 'PLACEMENT', C: 'CORRESPONDENCE' } as const;

export const MOBILE = ['M'];
export const LANDLINES = ['H', 'W'];
export const EMAIL = ['E'];

/** A step-parent is no parent in law; a foster parent cares. */
export const RELATIONSHIPS = {
  PAM: 'PARENT',
  PAF: 'PARENT',
  STP: 'OTHER',
  FOM: 'CARER',
  FOF: 'CARER',
  CAR: 'CARER',
  GRM: 'GRANDPARENT',
  GRF: 'GRANDPARENT',
  SIB: 'SIBLING',
  CHD: 'CHILD',
  REL: 'OTHER',
  OTH: 'OTHER',
} as const;

export const EXCLUSIONS = { SUSP: 'SUSPENSION', PERM: 'PERMANENT' } as const;

export const LOG_STATUSES = { O: 'OPEN', C: 'CLOSED', V: 'VOID' } as const;
/** Concerns entered in error, as they are written. */
export const VOID = ['V', 'v'];
