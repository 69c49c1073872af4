/** Code lists of the charity's case system. */
import type { CodeList } from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;

export const MOBILE = ['M'];
export const EMAIL = ['E'];

/** Victims and children, as the clerk entered them: the only people whom the charity supports. P is a perpetrator. */
export const SUPPORTED = ['V', 'v', 'C', 'c'];

export const CASE_STATUSES = { REF: 'Referred', OPEN: 'Open', RVW: 'Under review', CLSD: 'Closed' } as const;
/** A case that is reviewed is still worked on. */
export const INVOLVEMENT_STATUSES = { REF: 'KNOWN', OPEN: 'OPEN', RVW: 'OPEN', CLSD: 'CLOSED' } as const;

/** Ways to reach a client safely, agreed with her. A list and not free text, so that no place can stand in it. */
export const SAFE_WAYS: CodeList<string> = {
  SA: 'See alone',
  TX: 'Text before calling',
  PW: 'Ask for the password before speaking',
  NV: 'No voicemail',
  NL: 'No letters',
  NS: 'Never on a shared telephone',
  NC: 'Never through the children',
  AD: 'Only through the adviser',
};
