import type { AgencyPolicy } from './policies.ts';
import type { WithheldReason } from './types.ts';

export interface AgreementQuestion {
  /** The caller's organisation; null where the purpose is not between parties. */
  party: string | null;
  /** Day of Europe/London. */
  day: string | null;
  withdrawn: ReadonlySet<string>;
}

/** Null while the agency's agreement is in force for this party on this day. `end` is the last day of it. */
export function agreementStops(policy: AgencyPolicy, question: AgreementQuestion): WithheldReason | null {
  const { id, from, end, parties } = policy.agreement;
  const { party, day, withdrawn } = question;
  const inForce = day !== null && from <= day && (end === null || day <= end);
  if (!inForce || (party !== null && !parties.includes(party))) return 'AGREEMENT_NOT_IN_FORCE';
  return withdrawn.has(id) ? 'AGREEMENT_WITHDRAWN' : null;
}
