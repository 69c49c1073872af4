/** Code lists of the school information system: those of the school census and of the common transfer file. */
import {
  type CodeList,
  codesOf,
  type Decoder,
  type PublishedList,
  readIdentifier,
  someTrueUnlessUnsure,
  text,
} from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;

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
export const ADDRESS_KINDS = { H: 'HOME', T: 'TEMPORARY', P: 'PLACEMENT', C: 'CORRESPONDENCE' } as const;

export const CONTACT_KINDS = { M: 'MOBILE', E: 'EMAIL', H: 'LANDLINE', W: 'LANDLINE' } as const;

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

/** Void is what was entered in error. */
export const LOG_STATUSES = { O: 'OPEN', C: 'CLOSED', V: 'VOID' } as const;

export const PUBLISHED: readonly PublishedList[] = [
  {
    source: 'Department for Education, school census: SEN provision',
    count: 3,
    codes: codesOf(SPECIAL_NEEDS),
  },
];

/**
 * Whether a unique pupil number is one that all schools of the pupil share: right by its check letter, and not temporary.
 * Null where the column is blank.
 */
export const isPupilNumber: Decoder<boolean | null> = (cell, context) => {
  const value = text(cell, context);
  if (value === null) return null;
  if (readIdentifier('UPN', value)?.temporary === false) return true;
  context.note('no permanent pupil number');
  return false;
};

/** A pupil about whose family nothing is written is not one without children. */
export const unlessNothingIsKnown = (values: readonly unknown[]): unknown =>
  values.length === 0 ? null : someTrueUnlessUnsure(values);
