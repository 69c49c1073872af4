import type { WithheldReason } from './types.ts';

/** Each reason as a sentence for those who keep the policy or are refused by it. */
export const REASON_WORDS: Readonly<Record<WithheldReason, string>> = {
  GATEWAY_EXCLUDES: 'No gateway of law carries it from this agency for this purpose, at this kind of place.',
  AGREEMENT_NOT_IN_FORCE:
    'No sharing agreement of this agency is in force today with the organisation that asks.',
  AGREEMENT_WITHDRAWN: 'The sharing agreement has been withdrawn.',
  ROLE: 'This agency grants nothing to this role.',
  PURPOSE: 'This agency grants nothing to this role at this purpose.',
  NOT_LISTED: 'The grant does not list it, or the agency does not appear here to this role.',
  NOT_OFFERED: 'It is not offered through Sightline, to anyone in this role.',
  NEEDS_REVIEW: 'A person of the agency decides each time.',
  NEEDS_BREAK_GLASS: 'It needs a break-glass request.',
  CONSENT_REQUIRED: "Consent must be recorded on the caller's own reference.",
  NO_RELATIONSHIP: 'The reference does not tie the caller to the person.',
  RELATIONSHIP_UNVERIFIED: 'The reference does not yet prove the relationship that this grant asks for.',
  OTHER_ORGANISATION_ONLY: "It is for the agency's own staff alone.",
  LEVEL: 'It is released from a higher level than the grant gives.',
};
