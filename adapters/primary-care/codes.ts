/** Code lists of the practice system: the NHS Data Dictionary's, and the system's own. */
import type { CodeList, Desk } from '../contract.ts';

/** PDS's four states of a person's gender. */
export const SEXES = { M: 'MALE', F: 'FEMALE', I: 'INDETERMINATE', U: 'UNKNOWN' } as const;
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

/**
 * What the Personal Demographics Service says of a person: R takes address, telecom and practice away. V is a PDS
 * record that was found invalid, so that its NHS number says nothing of who this is.
 */
export const PDS_SECURITY = { U: 'UNRESTRICTED', R: 'RESTRICTED', V: 'INVALID' } as const;

/** NHS Data Dictionary, ethnic category. */
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
/** ISO 639-2, and British Sign Language. */
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
/** NHS Data Dictionary, disability. */
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

export const REGISTRATION_STATUSES = { R: 'OPEN', T: 'OPEN', D: 'CLOSED' } as const;
export const CONSULTATION_STATUSES = { O: 'OPEN', C: 'CLOSED' } as const;
export const PROBLEM_STATUSES: CodeList<boolean> = { A: true, P: false };
export const COMMUNITY_SERVICES: CodeList<'HEALTH_VISITING' | 'SCHOOL_NURSING'> = {
  HV: 'HEALTH_VISITING',
  SN: 'SCHOOL_NURSING',
};
export const COMMUNITY_SERVICE_NAMES: CodeList<string> = { HV: 'Health visiting', SN: 'School nursing' };

/** Child protection information sharing (CP-IS): what a local authority tells the NHS of a child or unborn child. */
export const PLAN_TYPES: CodeList<'LOOKED_AFTER' | 'PROTECTION_PLAN' | 'UNBORN_PROTECTION_PLAN'> = {
  LAC: 'LOOKED_AFTER',
  CPP: 'PROTECTION_PLAN',
  UCPP: 'UNBORN_PROTECTION_PLAN',
};

/** Local authorities that send flags, with the desk that answers for the child at any hour. */
export const AUTHORITIES: CodeList<{ name: string; duty: Desk }> = {
  901: {
    name: 'Northshire County Council',
    duty: {
      desk: 'Northshire County Council, children’s duty team',
      phone: '01632 960300',
      advice: 'Ask for the social worker of the child.',
    },
  },
  902: {
    name: 'Southmere Council',
    duty: {
      desk: 'Southmere Council, children’s duty team',
      phone: '01632 960390',
      advice: 'Ask for the social worker of the child.',
    },
  },
};
