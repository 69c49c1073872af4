/** Whether an agency lets a field be counted for this caller today. */
import type { WithheldReason } from '../../states.ts';
import type { AgencyPolicy, Policies } from '../policy/policies.ts';
import { londonDay } from './agreement.ts';
import { agreementStops } from './grant.ts';

export interface CountingQuestion {
  policy: Policies;
  /** The caller's organisation. */
  organisation: string;
  withdrawn: ReadonlySet<string>;
  now: Date;
}

/** Null where the agency lets it be counted: its agreement with the caller's organisation stands, and its file lists the field. */
export function countingStops(
  { policy, organisation, withdrawn, now }: CountingQuestion,
  agency: string,
  field: string,
): WithheldReason | null {
  const own = policy.agencies.get(agency);
  if (!own) return 'NOT_LISTED';
  const stops = agreementStops(own, { party: organisation, day: londonDay(now), withdrawn });
  if (stops !== null) return stops;
  return own.aggregates?.share.includes(field) ? null : 'NOT_LISTED';
}

/** Agencies whose people are counted at all: those that let anything be counted, for this caller today. */
export const agenciesCounted = (question: CountingQuestion): readonly string[] =>
  [...question.policy.agencies.values()]
    .filter(({ agency, aggregates }) =>
      (aggregates?.share ?? []).some((field) => countingStops(question, agency, field) === null),
    )
    .map(({ agency }) => agency);

/** The gateways of law and the basis on which an agency lets anything be counted; null where it does not. */
export const countingBasis = ({ aggregates }: AgencyPolicy): string | null =>
  aggregates && `${aggregates.gateways.join(', ')}; ${aggregates.basis.words}`;
