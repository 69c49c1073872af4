/** Code lists of the practice system: the NHS Data Dictionary's, and the system's own; and what is made of several columns. */
import {
  bareCode,
  type CodeList,
  type Contact,
  codesOf,
  compact,
  contactOf,
  type Decoder,
  type Desk,
  isPast,
  meaning,
  type Protection,
  type PublishedList,
} from '../contract.ts';

/** PDS's four states of a person's gender. */
export const SEXES = { M: 'MALE', F: 'FEMALE', I: 'INDETERMINATE', U: 'UNKNOWN' } as const;
export const ADDRESS_KINDS = {
  H: 'HOME',
  T: 'TEMPORARY',
  C: 'CORRESPONDENCE',
  I: 'INSTITUTION',
  N: 'NO_FIXED_ABODE',
} as const;

export const CONTACT_KINDS = { M: 'MOBILE', E: 'EMAIL', H: 'LANDLINE', W: 'LANDLINE' } as const;

/**
 * What the Personal Demographics Service says of a person: R takes address, telecom and practice away. V is a PDS
 * record that was found invalid, so that its NHS number says nothing of who this is.
 */
export const PDS_SECURITY = { U: 'UNRESTRICTED', R: 'RESTRICTED', V: 'INVALID' } as const;

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

export const PUBLISHED: readonly PublishedList[] = [
  { source: 'NHS Personal Demographics Service, security code', count: 3, codes: codesOf(PDS_SECURITY) },
  { source: 'Child protection information sharing (CP-IS), plan type', count: 3, codes: codesOf(PLAN_TYPES) },
];

/**
 * Whether PDS stands behind the NHS number: it does for people it traced, restricted ones too, and does not where it
 * found its record invalid or where the code cannot be read.
 */
export const traced: Decoder<boolean | null> = (cell, context) => {
  if (bareCode(cell, context) === null) return null;
  const security = meaning(PDS_SECURITY)(cell, context);
  return security === 'UNRESTRICTED' || security === 'RESTRICTED';
};

/** The number of an invalid PDS record may be anybody's: nobody is linked by it. */
export const numberToLinkBy: Decoder<string | null> = (cells, context) => {
  const [number, security] = cells as readonly unknown[];
  return meaning(PDS_SECURITY)(security, context) === 'INVALID' ? null : compact(number, context);
};

/** A code that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
export const protections: Decoder<readonly Protection[]> = (cell, context) => {
  const security = meaning(PDS_SECURITY)(cell, context);
  if (security === 'RESTRICTED') return ['PLACE_SHIELD'];
  return security === null && bareCode(cell, context) !== null ? ['PROTECTED'] : [];
};

type Status = (typeof PLAN_TYPES)[string] | 'PREVIOUSLY_KNOWN';

/** A flag that ended says that the child was known. Where its end cannot be read, neither can be said. */
export const flagStatus: Decoder<Status[] | null> = (cells, context) => {
  const [type, end] = cells as readonly unknown[];
  const plan = meaning(PLAN_TYPES)(type, context);
  const over = isPast(end, context);
  if (plan === null || over === null) return null;
  return over ? ['PREVIOUSLY_KNOWN'] : [plan];
};

export const authorityName: Decoder<string | null> = (cell, context) =>
  meaning(AUTHORITIES)(cell, context)?.name ?? null;

/** A flag of an authority that is in no list has no desk here, and no other authority's either. */
export const dutyContact: Decoder<Contact | null> = (cell, context) => {
  if (bareCode(cell, context) === null) return null;
  const found = meaning(AUTHORITIES)(cell, context);
  return found && contactOf(found.duty, context.now);
};
