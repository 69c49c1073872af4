/** Code lists of the adult social care system. Kinds of abuse are not among them: that column is read by nothing. */
import type { CodeList } from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;
export const ADDRESS_KINDS = {
  HOME: 'HOME',
  TEMP: 'TEMPORARY',
  CORR: 'CORRESPONDENCE',
  PLAC: 'PLACEMENT',
  CARE: 'INSTITUTION',
  HOSP: 'INSTITUTION',
  NFA: 'NO_FIXED_ABODE',
} as const;
export const CONTACT_KINDS = { M: 'MOBILE', E: 'EMAIL', H: 'LANDLINE', W: 'LANDLINE' } as const;

/** W waits for a worker: known to the service, open to nobody yet. */
export const ALLOCATION_STATUSES = { A: 'OPEN', W: 'KNOWN', C: 'CLOSED' } as const;

export const PACKAGE_TYPES: CodeList<string> = {
  HC: 'home care',
  DC: 'day care',
  DP: 'direct payment',
  RAB: 'reablement',
  EQ: 'equipment and adaptations',
  TEL: 'telecare',
  RSP: 'respite care',
  SL: 'supported living',
  SHL: 'shared lives',
  RES: 'residential care',
  NUR: 'nursing care',
};

/** Enquiries under way, and those whose safeguarding plan is still under review. Concerns and closed ones are no involvement. */
export const ENQUIRY_STATUSES = {
  CON: 'CONCERN',
  ENQ: 'OPEN',
  REV: 'OPEN',
  CLS: 'CLOSED',
  NFA: 'CLOSED',
} as const;

/** What an involvement of this agency is, for policies that give some of them only. */
export const INVOLVEMENT_KINDS = ['ALLOCATION', 'PACKAGE', 'ENQUIRY'] as const;
