/** Whether an agency's agreement stands: on which days, for which parties, and unless it was withdrawn. */

import type { WithheldReason } from '../../states.ts';
import type { AgencyPolicy, Policies } from '../policy/policies.ts';

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

const LONDON = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in Europe/London, `YYYY-MM-DD`; null for an invalid date. */
export function londonDay(now: Date): string | null {
  return Number.isNaN(now.getTime()) ? null : LONDON.format(now);
}

/** Agreement id → the highest version that was withdrawn. */
export type Withdrawals = ReadonlyMap<string, number>;

/**
 * Ids of agreements that are withdrawn as they stand: signed at a version no higher than the withdrawn one. Where
 * several agencies' files name one agreement, the oldest version counts.
 */
export function withdrawnNow(policies: Policies, withdrawals: Withdrawals): ReadonlySet<string> {
  const ids = [...policies.agencies.values()]
    .filter(({ agreement: { id, version } }) => version <= (withdrawals.get(id) ?? 0))
    .map(({ agreement }) => agreement.id);
  return new Set(ids);
}
