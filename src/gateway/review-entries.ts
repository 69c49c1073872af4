import type { Decision } from '../person-index/review/make-decision.ts';
import type { SeenPerson } from '../person-index/review/types.ts';
import type { RegisterEntry } from '../register/entry.ts';
import type { Relationship } from '../sharing/types.ts';
import { askerOf } from './asker.ts';
import type { GatewayContext } from './context.ts';

/** The entries of a decision: one for each person it speaks of, with the agencies whose records they are. */
export function decisionEntries(
  { pair, verdict, effective, people }: Decision,
  relationship: Relationship,
  policyVersion: string,
  context: Parameters<typeof askerOf>[0],
): RegisterEntry[] {
  const reason = effective ? null : 'AWAITING_SECOND';
  const outcomes = pair.map(({ agency }) => ({
    section: 'link',
    agency,
    state: verdict,
    level: null,
    reason,
    asOf: null,
  }));
  return people.map((person) => ({
    ...askerOf(context),
    kind: 'DECISION',
    policyVersion,
    regime: null,
    relationship,
    person,
    outcomes,
  }));
}

/** The entries of the people whose features stood side by side in tasks. */
export function reviewEntries(
  seen: readonly SeenPerson[],
  policyVersion: string,
  context: GatewayContext,
): RegisterEntry[] {
  return seen.map(({ person, relationship, agencies }) => ({
    ...askerOf(context),
    kind: 'DISCLOSURE',
    policyVersion,
    regime: null,
    relationship,
    person,
    outcomes: agencies.map(({ agency, level, gateways }) => ({
      section: 'identity',
      agency,
      state: 'DISCLOSED',
      level,
      reason: null,
      asOf: null,
      gateways,
    })),
  }));
}
