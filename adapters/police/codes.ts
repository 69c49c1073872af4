/** Code lists of the police records system, and what it makes of several columns. */
import {
  bareCode,
  type CodeList,
  codesMeaning,
  type Decoder,
  hasCode,
  isNotYes,
  isYes,
  meaning,
  type Predicate,
  type ReferenceFacts,
  telling,
  text,
  yesNo,
} from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;
export const ALIAS_KINDS = { AKA: 'ALIAS', FMR: 'FORMER', PRF: 'PREFERRED' } as const;
export const ADDRESS_KINDS = {
  HOME: 'HOME',
  TEMP: 'TEMPORARY',
  CORR: 'CORRESPONDENCE',
  INST: 'INSTITUTION',
  NFA: 'NO_FIXED_ABODE',
} as const;

export const CONTACT_KINDS = { M: 'MOBILE', E: 'EMAIL', H: 'LANDLINE', W: 'LANDLINE' } as const;

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
/** Missing, and absent without leave from a hospital. */
export const MISSING = { MISP: 'MISSING', AWOL: 'ABSENT' } as const;
export const CONFERENCE_STATUSES = { OPEN: 'Open', RVW: 'Under review', CLSD: 'Closed' } as const;

const PLACES = {
  STRT: 'PUBLIC',
  PARK: 'PUBLIC',
  PUBL: 'PUBLIC',
  TRAN: 'PUBLIC',
  HOUS: 'DWELLING',
  FLAT: 'DWELLING',
  PRIV: 'DWELLING',
} as const;
const NEITHER_PLACE = ['CUST', 'HOSP'];

export const ORGANISATIONS = {
  NSP: 'police',
  NSMHT: 'mental-health',
  NBC: 'housing',
  NCCCS: 'childrens-services',
} as const;

/** Links that make a relative or a member of the household; ASSC, an associate, is neither. */
const RELATIVES = ['PART', 'XPRT', 'PRNT', 'CHLD', 'SIBL', 'FAMO'];

const DA = 'T_OCCURRENCE.DA_FLG';
const MH = 'T_OCCURRENCE.MH_FLG';
const TYPE = 'T_OCCURRENCE.OCC_TYPE';
type Column = typeof DA | typeof MH | typeof TYPE;

/** What the category is made from, in the order that `eventCategory` takes. */
export const CATEGORY_COLUMNS = [DA, MH, TYPE] as const;

const byType = meaning(EVENT_TYPES as CodeList<EventCategory>);
const isSet = (cell: unknown, context: Parameters<Decoder<unknown>>[1]) => yesNo(cell, context) === true;

/** One category for each event: a flag says more than the type of offence, and domestic abuse more than mental health. */
export const eventCategory: Decoder<EventCategory | null> = telling(
  { as: 'domestic abuse or mental health by its flag, else the type of offence', codes: EVENT_TYPES },
  (cells, context) => {
    const [domesticAbuse, mentalHealth, type] = cells as readonly unknown[];
    if (isSet(domesticAbuse, context)) return 'DOMESTIC_ABUSE';
    if (isSet(mentalHealth, context)) return 'MENTAL_HEALTH';
    return byType(type, context);
  },
);

/** The rows whose category is shown as this one: a flag that cannot be read decides nothing in either. */
export function rowsOfCategory(category: EventCategory): Predicate<Column> {
  const typed: Predicate<Column> = hasCode(TYPE, codesMeaning(EVENT_TYPES, [category]));
  if (category === 'DOMESTIC_ABUSE') return { any: [isYes(DA), all(typed, isNotYes(MH))] };
  if (category === 'MENTAL_HEALTH') return all(isNotYes(DA), { any: [isYes(MH), typed] });
  return all(isNotYes(DA), isNotYes(MH), typed);
}

const all = (...parts: Predicate<Column>[]): Predicate<Column> => ({ all: parts });

/** Of custody suites and hospitals the law of neither place can be taken for granted. */
export const placeOf: Decoder<ReferenceFacts['place']> = (cell, context) => {
  const code = bareCode(cell, context);
  return code === null || NEITHER_PLACE.includes(code) ? null : meaning(PLACES)(code, context);
};

/** Whether a link makes a relative, or two who live together. */
export const isRelative: Decoder<boolean> = (cells, context) => {
  const [type, together] = cells as readonly unknown[];
  return yesNo(together, context) === true || RELATIVES.includes(bareCode(type, context) ?? '');
};

export const adviser: Decoder<unknown> = (cell, context) => {
  const name = text(cell, context);
  return name === null
    ? null
    : { name, role: 'Independent domestic violence adviser', team: null, phone: null };
};
