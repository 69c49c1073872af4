/** Code lists of the housing management system and of H-CLIC as it holds them, and what is made of several columns. */
import {
  bareCode,
  type CodeList,
  codesOf,
  type Decoder,
  date,
  decimal,
  localText,
  meaning,
  type PublishedList,
  pence,
  telling,
} from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;

export const CONTACT_KINDS = { M: 'MOBILE', E: 'EMAIL', H: 'LANDLINE', W: 'LANDLINE' } as const;

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
export const ADDRESS_KINDS = {
  SEC: 'HOME',
  INT: 'HOME',
  FLX: 'HOME',
  NST: 'TEMPORARY',
  LIC: 'TEMPORARY',
  TA: 'TEMPORARY',
} as const;

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

export const PUBLISHED: readonly PublishedList[] = [
  {
    source: 'Housing Act 1996 Part 7, as H-CLIC holds it here: duty owed, or none',
    count: 4,
    codes: codesOf(DUTIES),
  },
];

export type ArrearsBand = 'NONE' | 'UNDER_4_WEEKS' | 'FROM_4_TO_8_WEEKS' | 'OVER_8_WEEKS';

/** From the balance and the weeks of rent it is worth. Whoever owes nothing, or has credit, is in no arrears. */
export const arrearsBand: Decoder<ArrearsBand | null> = (cells, context) => {
  const [balance, owed] = cells as readonly unknown[];
  const amount = pence(balance, context);
  if (amount !== null && amount <= 0) return 'NONE';
  const weeks = decimal(owed, context);
  if (amount === null || weeks === null) return null;
  if (weeks < 4) return 'UNDER_4_WEEKS';
  return weeks <= 8 ? 'FROM_4_TO_8_WEEKS' : 'OVER_8_WEEKS';
};

export type NoticeStage = 'NONE' | (typeof ACTIONS)[keyof typeof ACTIONS];

/** No action taken is written as a blank. */
export const noticeStage: Decoder<NoticeStage | null> = telling(
  { as: 'the last action; a blank is none', codes: ACTIONS },
  (cell, context) => {
    const blank = cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
    return blank ? 'NONE' : meaning(ACTIONS)(cell, context);
  },
);

/** From the duty owed and the day on which the home is expected to be lost. */
export const threatenedWithin56Days: Decoder<boolean | null> = (cells, context) => {
  const [owed, loss] = cells as readonly unknown[];
  const duty = meaning(DUTIES)(owed, context);
  if (duty === null) return null;
  if (HOMELESS.includes(duty)) return false;
  const day = date(loss, context);
  if (day === null && duty === 'NONE') return false;
  const limit = localText(new Date(context.now.getTime() + 56 * DAY)).slice(0, 10);
  return day === null ? null : day <= limit;
};
const DAY = 86_400_000;

/** Of what H-CLIC has as the accommodation, the one that hides where somebody is. */
export const isRefuge: Decoder<boolean> = (cell, context) => bareCode(cell, context) === 'REFUGE';
