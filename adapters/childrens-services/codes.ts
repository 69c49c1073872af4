/** Code lists of the children's services warehouse. */
export const GENDERS = { M: 'MALE', F: 'FEMALE', I: 'INDETERMINATE', U: 'UNKNOWN' } as const;

/** Codes that say that a child is to be adopted: placements, legal statuses, closures. */
export const ADOPTION_PLACEMENTS = ['A3', 'A4', 'A5', 'A6', 'U2', 'U5'];
export const ADOPTION_STATUSES = ['D1', 'E1'];
export const ADOPTION_CLOSURES = ['RC1'];

export const RELATIONSHIPS = {
  MTH: 'PARENT',
  FTH: 'PARENT',
  PRN: 'PARENT',
  CHD: 'CHILD',
  SIB: 'SIBLING',
  PTN: 'PARTNER',
  XPT: 'FORMER_PARTNER',
  GRP: 'GRANDPARENT',
  CAR: 'CARER',
  OTH: 'OTHER',
} as const;
export const FOSTER_CARERS = ['FCR'];

/** Addresses that may be shown as such; a placement stands with the placement alone. */
export const ADDRESS_KINDS = { HOME: 'HOME', TEMP: 'TEMPORARY', CORR: 'CORRESPONDENCE' } as const;
export const LETTERS_ONLY = ['CORR'];

export const MOBILE = ['MOB'];
export const LANDLINES = ['HOME', 'WORK'];
export const EMAIL = ['EMAIL'];

/** Supporting Families outcomes framework, in its order. */
export const OUTCOMES = {
  SF1: 'EDUCATION',
  SF2: 'EARLY_YEARS',
  SF3: 'HEALTH',
  SF4: 'SUBSTANCE_USE',
  SF5: 'FAMILY_RELATIONSHIPS',
  SF6: 'SAFE_FROM_ABUSE',
  SF7: 'DIVERTED_FROM_CRIME',
  SF8: 'SAFE_FROM_DOMESTIC_ABUSE',
  SF9: 'SECURE_HOUSING',
  SF10: 'FINANCIAL_STABILITY',
} as const;
export const NEED_KINDS = { N: 'NEED', S: 'STRENGTH' } as const;
