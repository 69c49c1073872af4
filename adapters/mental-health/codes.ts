/** Code lists of the trust's patient record: the NHS Data Dictionary's, and the system's own; and what is made of several columns. */
import {
  bareCode,
  type CodedValue,
  type CodeList,
  type Contact,
  codedValue,
  type Decoder,
  isPast,
  nhs,
  type Protection,
  text,
  yesNo,
} from '../contract.ts';

export const GENDERS = { 1: 'MALE', 2: 'FEMALE', 9: 'INDETERMINATE', X: 'UNKNOWN', 0: 'UNKNOWN' } as const;
export const ALIAS_KINDS = { A: 'ALIAS', F: 'FORMER', P: 'PREFERRED' } as const;
export const ADDRESS_KINDS = {
  H: 'HOME',
  T: 'TEMPORARY',
  C: 'CORRESPONDENCE',
  I: 'INSTITUTION',
  N: 'NO_FIXED_ABODE',
} as const;

export const CONTACT_KINDS = { M: 'MOBILE', E: 'EMAIL', H: 'LANDLINE', W: 'LANDLINE' } as const;

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

/** Who is informal, or under guardianship, or to whom the Act does not apply, is not detained. */
const NOT_DETAINED = ['01', '35', '36', '98'];
/** The code that says that nobody knows. */
const NOT_TOLD = ['99'];

export const PLAN_TYPES = { 12: 'CRISIS' } as const;
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

export const legal = codedValue(nhs.LEGAL_STATUSES, 'NHS Data Dictionary legal status classification');

/**
 * Detained now, or liable to be: on any status whose end is not past but informal and guardianship. Null, with a note,
 * if that cannot be told.
 */
export const isDetained: Decoder<boolean | null> = (cells, context) => {
  const [status, end] = cells as readonly unknown[];
  const over = isPast(end, context);
  if (over === true) return false;
  const code = legal(status, context)?.code ?? null;
  if (code === null || NOT_TOLD.includes(code)) {
    context.note('legal status not known');
    return null;
  }
  return NOT_DETAINED.includes(code) ? false : over === null ? null : true;
};

/** What detains counts before what may, before what runs and does not, and all of these before what has ended. */
export const legalPrecedence: Decoder<number> = (cells, context) => {
  const quiet = { now: context.now, note: () => {} };
  const [, end] = cells as readonly unknown[];
  if (isPast(end, quiet) === true) return 3;
  const detained = isDetained(cells, quiet);
  return detained === true ? 0 : detained === null ? 1 : 2;
};

/** NHS number status: only 01 says that number and person were matched on the national spine. */
export const traced: Decoder<boolean | null> = (cell, context) => {
  const status = text(cell, context);
  return status === null ? null : status === '01';
};

/** A flag that nobody can read protects as much as any: a slip of the pen must not uncover a person. CH02 is a refuge. */
export const protections: Decoder<readonly Protection[]> = (cells, context) => {
  const [flag, accommodation] = cells as readonly unknown[];
  const open = yesNo(flag, context) === false || text(flag, context) === null;
  const refuge = bareCode(accommodation, context) === 'CH02';
  return [...(open ? [] : (['PROTECTED'] as const)), ...(refuge ? (['PLACE_SHIELD'] as const) : [])];
};

/** ICD-10 is too long a list to keep here: its codes come with their words in the record. */
export const classified: Decoder<CodedValue | null> = (cells, context) => {
  const [code, words] = cells as readonly unknown[];
  const icd = bareCode(code, context);
  if (icd !== null && /^[A-Z]\d\d(\.?\d{1,2})?$/.test(icd))
    return { code: icd, text: text(words, context) ?? icd, system: 'ICD-10' };
  if (icd !== null) context.note('not a code of ICD-10');
  return null;
};

/** The extract is the person's own to give: without their agreement there is none, whatever is written. */
export const agreedExtract: Decoder<string | null> = (cells, context) => {
  const [share, extract] = cells as readonly unknown[];
  return yesNo(share, context) === true ? text(extract, context) : null;
};

export const teamDesk: Decoder<Contact | null> = (cells, context) => {
  const [name, phone, hours] = (cells as readonly unknown[]).map((cell) => text(cell, context));
  if (!name) return null;
  return {
    desk: name,
    phone: phone ?? null,
    email: null,
    hours: hours ?? null,
    staffedNow: null,
    advice: null,
  };
};

/** Whether a request is one that a person proved to be theirs and that is not over. */
export const isProven: Decoder<boolean | null> = (cells, context) => {
  const [proven, end] = cells as readonly unknown[];
  return yesNo(proven, context) === true && isPast(end, context) === false;
};
