/** Code lists of the case management system, and what is made of several columns. */
import {
  bareCode,
  type CodedValue,
  type CodeList,
  codesOf,
  type Decoder,
  isPast,
  meaning,
  type PublishedList,
  text,
  yesNo,
} from '../contract.ts';

export const GENDERS = { M: 'MALE', F: 'FEMALE', N: 'UNKNOWN' } as const;
export const ADDRESS_KINDS = {
  M: 'HOME',
  B: 'TEMPORARY',
  A: 'INSTITUTION',
  O: 'CORRESPONDENCE',
  P: 'HOME',
  N: 'NO_FIXED_ABODE',
} as const;
/** Where somebody is meant to be found now: not where they lived before, nor where post goes. */
export const LIVING_THERE = ['M', 'B', 'A'];

export const CONTACT_KINDS = { M: 'MOBILE', E: 'EMAIL', H: 'LANDLINE' } as const;

export const SERVICES: CodeList<'PROBATION' | 'YOUTH_JUSTICE'> = { PS: 'PROBATION', YJ: 'YOUTH_JUSTICE' };
export const SERVICE_NAMES: CodeList<string> = {
  PS: 'Northshire Probation',
  YJ: 'Northshire Youth Justice Service',
};
/** A licence and the supervision after it; community, suspended and youth sentences are orders of other kinds. */
export const DISPOSALS = {
  LIC: 'LICENCE',
  PSS: 'LICENCE',
  COM: 'OTHER',
  SSO: 'OTHER',
  YRO: 'OTHER',
  RO: 'RESTRAINING',
  OTH: 'OTHER',
} as const;

/** Registrations of risk: to a known adult, the public, staff or children, and of what may await a visitor. */
export const REGISTRATIONS = {
  RTKA: 'VIOLENT',
  RTPB: 'VIOLENT',
  RTST: 'VIOLENT',
  WEAP: 'WEAPONS',
  DRUG: 'DRUGS',
  ALSH: 'SELF_HARM',
  SUIC: 'SUICIDAL',
  MENT: 'MENTAL_HEALTH',
  CONT: 'CONTAGIOUS',
  ESCP: 'ESCAPER',
  FIRE: 'FIREARMS',
  DOGS: 'DOG',
  HAZD: 'HAZARD_AT_ADDRESS',
  RCHD: 'OTHER',
  RPRS: 'OTHER',
} as const;

/** Levels of multi-agency public protection arrangements, by the MAPPA guidance (CJA 2003 s.325). */
export const LEVELS = { 1: 1, 2: 2, 3: 3 } as const;
/** Categories of the same guidance; older rows leave the letter out. */
export const CATEGORIES: CodeList<{ code: string; text: string }> = {
  M1: { code: 'M1', text: 'Registered sexual offenders' },
  M2: { code: 'M2', text: 'Violent and other sexual offenders' },
  M3: { code: 'M3', text: 'Other dangerous offenders' },
  M4: { code: 'M4', text: 'Terrorist or terrorist-risk offenders' },
  1: { code: 'M1', text: 'Registered sexual offenders' },
  2: { code: 'M2', text: 'Violent and other sexual offenders' },
  3: { code: 'M3', text: 'Other dangerous offenders' },
  4: { code: 'M4', text: 'Terrorist or terrorist-risk offenders' },
};

export const PUBLISHED: readonly PublishedList[] = [
  { source: 'MAPPA guidance (Criminal Justice Act 2003 s.325): levels', count: 3, codes: codesOf(LEVELS) },
  {
    source: 'MAPPA guidance (Criminal Justice Act 2003 s.325): categories',
    count: 4,
    codes: Object.values(CATEGORIES).map(({ code }) => code),
  },
];

/** Current while it is one to be found at and no end has passed. */
export const isCurrent: Decoder<boolean | null> = (cells, context) => {
  const [status, end] = cells as readonly unknown[];
  const over = isPast(end, context);
  if (meaning(ADDRESS_KINDS)(status, context) === null || over === null) return null;
  return !over && LIVING_THERE.includes(bareCode(status, context) ?? '');
};

/** True unless the flag plainly says no, or nothing. */
export const isSet: Decoder<boolean> = (flag, context) =>
  text(flag, context) !== null && yesNo(flag, context) !== false;

export const category: Decoder<CodedValue | null> = (cell, context) => {
  const found = meaning(CATEGORIES)(cell, context);
  return found && { ...found, system: 'MAPPA category' };
};
