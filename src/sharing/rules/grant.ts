import type { WithheldReason } from '../../states.ts';
import type { AgencyPolicy, Grant, LegalGateway, Policies, Purpose } from '../policy/policies.ts';
import {
  type Catalogue,
  type Opening,
  PLACES,
  type Place,
  type PolicyCaller,
  type PolicyRule,
  type ReferenceStanding,
  type Relationship,
  type Wishes,
} from '../policy/types.ts';

/** Everything a decision may look at. Nothing in it is about the person asked for. */
export interface SharingQuestion {
  caller: PolicyCaller;
  purpose: string;
  relationship: Relationship;
  standing: ReferenceStanding;
  policy: Policies;
  catalogue: Catalogue;
  /** Ids of agreements that are withdrawn at their present version. */
  withdrawn: ReadonlySet<string>;
  /** Day of Europe/London; null if the time of the request makes no sense. */
  day: string | null;
  /** Relationship UNVERIFIED, but the person is on the caller's own caseload: what the caller's own organisation holds rests on that. */
  ownCaseload?: boolean;
  /** What the caller has opened by break-glass, of the person asked for; none if not said. */
  openings?: readonly Opening[];
  /** What the person asked for wants of this agency's data; nothing on record if not said. */
  wishes?: Wishes;
}

export type GrantAnswer =
  | { reason: WithheldReason; rule: PolicyRule | null }
  | { reason: null; rule: PolicyRule; grant: Grant };

/** The grant that one agency makes to this role at this purpose, or the first reason why there is none that counts. */
export function grantFrom(question: SharingQuestion, agency: string): GrantAnswer {
  const { caller, withdrawn, day } = question;
  const policy = question.policy.agencies.get(agency);
  if (!policy) return { reason: 'NOT_LISTED', rule: null };
  const purpose = question.policy.purposes.get(question.purpose);
  const at = (line: number, file = policy.file): PolicyRule => ruleAt(policy, file, line);
  if (purpose && excludes(purpose, agency, question)) {
    return { reason: 'GATEWAY_EXCLUDES', rule: at(purpose.line, purpose.file) };
  }
  const ofRole = question.policy.roles.has(caller.role)
    ? policy.grants.filter((grant) => grant.role === caller.role)
    : [];
  const grant = purpose?.roles.includes(caller.role)
    ? ofRole.find(({ purpose: id }) => id === purpose.id)
    : undefined;
  const gateways = carriedAt(question.standing.place, grant?.gateways ?? []);
  if (grant && gateways.length === 0) return { reason: 'GATEWAY_EXCLUDES', rule: at(grant.gatewayLine) };

  const party = purpose?.betweenParties === false ? null : caller.organisation;
  const stopped = agreementStops(policy, { party, day, withdrawn });
  if (stopped) return { reason: stopped, rule: at(policy.agreement.line) };
  if (ofRole.length === 0) return { reason: 'ROLE', rule: at(policy.line) };
  if (!grant) return { reason: 'PURPOSE', rule: at(policy.line) };
  const cites = gateways.map(({ cite }) => cite);
  return {
    reason: null,
    grant,
    rule: { ...at(grant.line), gateways: cites, conditions: grant.conditions },
  };
}

interface AgreementQuestion {
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

/**
 * The gateways that carry information at a place. Where the incident's log does not say what kind of place it is, all
 * of them, if there is one for each kind: whichever it is, one of them carries. Else those that hold everywhere.
 */
function carriedAt(place: Place | null, gateways: readonly LegalGateway[]): readonly LegalGateway[] {
  const at = (kind: Place | null) =>
    gateways.filter((gateway) => gateway.place === null || gateway.place === kind);
  if (place !== null) return at(place);
  return PLACES.every((kind) => at(kind).length > 0) ? gateways : at(null);
}

/** What the purpose's gateway of law keeps out, whatever an agency's file says. An agency nobody describes counts as an NHS body. */
function excludes(purpose: Purpose, agency: string, { catalogue }: SharingQuestion): boolean {
  if (purpose.excludes.agencies.includes(agency)) return true;
  return purpose.excludes.nhsBodies && (catalogue.agencies.get(agency)?.nhsBody ?? true);
}

function ruleAt({ agreement }: AgencyPolicy, file: string, line: number): PolicyRule {
  const { id, version, from, review, end } = agreement;
  return { agreement: { id, version, from, review, end }, file, line, gateways: [], conditions: [] };
}

/** The grant as written, whether or not it counts today. */
export function grantOf(
  policies: Policies,
  agency: string,
  role: string,
  purpose: string,
): Grant | undefined {
  return policies.agencies
    .get(agency)
    ?.grants.find((grant) => grant.role === role && grant.purpose === purpose);
}
