/** Code lists of the case management system. */
import type { CodeList } from '../contract.ts';

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

export const MOBILE = ['M'];
export const LANDLINES = ['H'];
export const EMAIL = ['E'];

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
