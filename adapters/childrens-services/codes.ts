/** Code lists of the children's services warehouse, and what is made of several columns. */
import {
  bareCode,
  type CodedValue,
  type CodeList,
  codedValue,
  codesOf,
  compact,
  type Decoder,
  date,
  dateOfBirth,
  dfe,
  identifierNumber,
  isPast,
  key,
  localText,
  meaning,
  type PublishedList,
  textList,
  yesNo,
} from '../contract.ts';

export const GENDERS = { M: 'MALE', F: 'FEMALE', I: 'INDETERMINATE', U: 'UNKNOWN' } as const;

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

export const CONTACT_KINDS = { MOB: 'MOBILE', EMAIL: 'EMAIL', HOME: 'LANDLINE', WORK: 'LANDLINE' } as const;

/** DfE common basic data set, language: those that are spoken here. */
export const LANGUAGES: CodeList<string> = {
  ENG: 'English',
  ARA: 'Arabic',
  BNG: 'Bengali',
  FRN: 'French',
  PNJ: 'Panjabi',
  POL: 'Polish',
  POR: 'Portuguese',
  SOM: 'Somali',
  SPA: 'Spanish',
  TUR: 'Turkish',
  URD: 'Urdu',
  OTH: 'Other language',
};

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

export const PUBLISHED: readonly PublishedList[] = [
  {
    source: 'Supporting Families outcomes framework 2022 to 2025: outcomes',
    count: 10,
    codes: codesOf(OUTCOMES),
  },
];

const disability = codedValue(dfe.DISABILITIES, 'DfE disability');
/** Those that can be read; null where none can. */
export const disabilities: Decoder<CodedValue[] | null> = (cell, context) => {
  const known = (textList(cell, context) ?? [])
    .map((code) => disability(code, context))
    .filter((one) => one !== null);
  return known.length > 0 ? known : null;
};

const COMING_OF_AGE = 18;

/**
 * Of what they are to the person, whether they live together, when they were born and whether they are not born yet:
 * a child of theirs, under 18 and in the same household. A baby who is expected does not depend on anybody yet.
 */
export const isDependentChild: Decoder<boolean | null> = (cells, context) => {
  const [relation, together, born, unborn] = cells as readonly unknown[];
  const relationship = meaning(RELATIONSHIPS)(relation, context);
  if (relationship !== null && relationship !== 'CHILD') return false;
  const sameHousehold = yesNo(together, context);
  if (sameHousehold === false || yesNo(unborn, context) === true) return false;
  const birthday = dateOfBirth(born, context);
  const minor = birthday === null ? null : isMinor(birthday, context.now);
  if (minor === false) return false;
  return relationship === null || sameHousehold === null ? null : minor;
};

const isMinor = (birthday: string, now: Date): boolean => {
  const today = localText(now).slice(0, 10);
  return `${Number(today.slice(0, 4)) - COMING_OF_AGE}${today.slice(4)}` < birthday;
};

const readPupilNumber = identifierNumber('UPN');
export const NO_NUMBERS = Object.keys(dfe.NO_PUPIL_NUMBER);

/** Null where the reason stands why there is none, and for anything else that is no pupil number, which is noted. */
export const pupilNumber: Decoder<string | null> = (cell, context) => {
  const written = compact(cell, context);
  if (written === null || NO_NUMBERS.includes(written)) return null;
  return readPupilNumber(cell, context);
};

type Status =
  | 'IN_NEED'
  | 'SECTION_47_ENQUIRY'
  | 'PROTECTION_PLAN'
  | 'LOOKED_AFTER'
  | 'EARLY_HELP'
  | 'UNBORN_PROTECTION_PLAN'
  | 'PREVIOUSLY_KNOWN';

/** What a row means while it runs; once it has ended the child is known from before. */
export const whileOpen =
  (status: Status): Decoder<Status[] | null> =>
  (end, context) => {
    const ended = isPast(end, context);
    return ended === null ? null : [ended ? 'PREVIOUSLY_KNOWN' : status];
  };

/** A referral is over once it has ended, or has a reason for closure; an open one is of a child in need if it says so. */
export const statusOfReferral: Decoder<Status[] | null> = (cells, context) => {
  const [end, closure, inNeed] = cells as readonly unknown[];
  const ended = isPast(end, context);
  if (ended === true || meaning(dfe.CLOSURE_REASONS)(closure, context) !== null) return ['PREVIOUSLY_KNOWN'];
  // Closed, it seems, for a reason that nobody can read: neither open nor closed can be said.
  if (bareCode(closure, context) !== null) return null;
  return ended === false && yesNo(inNeed, context) === true ? ['IN_NEED'] : null;
};

/** Of the plan's end, and whether the child is not yet born. */
export const statusOfPlan: Decoder<Status[] | null> = (cells, context) => {
  const [end, unborn] = cells as readonly unknown[];
  const notYet = yesNo(unborn, context);
  if (isPast(end, context) === true) return ['PREVIOUSLY_KNOWN'];
  if (notYet === null && bareCode(unborn, context) !== null) return null;
  return whileOpen(notYet === true ? 'UNBORN_PROTECTION_PLAN' : 'PROTECTION_PLAN')(end, context);
};

/** A duplicate points at the record that is kept; without the day on which it was found it is not one. */
export const mergedInto: Decoder<string | null> = (cells, context) => {
  const [found, other] = cells as readonly unknown[];
  return date(found, context) === null ? null : key(other, context);
};

/** Somebody lives there, it has not ended and is not sealed; no placement, by which nobody may be found, nor for letters only. */
export const livesThere: Decoder<boolean> = (cells, context) => {
  const [type, seal, end] = cells as readonly unknown[];
  const kind = bareCode(type, context) ?? '';
  const lived = Object.hasOwn(ADDRESS_KINDS, kind) && kind !== 'CORR';
  return lived && !isSealed(seal, context) && isPast(end, context) === false;
};

/** A seal that cannot be read is a seal. */
const isSealed: Decoder<boolean> = (code, context) => !NO_SEAL.includes(bareCode(code, context) ?? '');
export const isUnsealed: Decoder<boolean> = (code, context) => !isSealed(code, context);
/** Blank, or said not to be sealed. */
export const NO_SEAL = ['', 'N', '0'];
