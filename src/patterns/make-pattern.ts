import { decide } from '../sharing/decide.ts';
import type { Body, LegalReach } from '../sharing/policy/law.ts';
import {
  type AgencyPolicy,
  type Grant,
  type LegalGateway,
  NEVER_BY_CONSENT,
  type Policies,
} from '../sharing/policy/policies.ts';
import type { Catalogue } from '../sharing/policy/types.ts';
import type { WithheldReason } from '../states.ts';
import { findingText } from '../yaml/finding.ts';
import type {
  Pattern,
  PatternBarrier,
  PatternConditions,
  PatternGiver,
  PatternGrant,
  PatternReason,
  Way,
} from './pattern.ts';
import { citationIn } from './pattern.ts';

export interface PatternSource {
  policy: Policies;
  catalogue: Catalogue;
}

export interface PatternChoice {
  name: string;
  /** Ids of agreements, each in at least one agency's file. */
  agreements: readonly string[];
  /** Only grants at these purposes; all where there are none. */
  purposes: readonly string[];
}

/** What stands in the agencies' files and cannot be passed on: `message` says which line, and why. */
export class PatternSourceError extends Error {
  override readonly name = 'PatternSourceError';
  readonly code = 'PATTERN_SOURCE';
}

/**
 * The pattern of some agreements. All of it follows from the policy as it was read: words that people wrote (what is said
 * of a scope, of a sealed section, a comment) stay where they are.
 * @throws PatternSourceError
 */
export function makePattern(source: PatternSource, choice: PatternChoice): Pattern {
  const policies = [...source.policy.agencies.values()].filter(({ agreement }) =>
    choice.agreements.includes(agreement.id),
  );
  const chosen = (grant: Grant) => choice.purposes.length === 0 || choice.purposes.includes(grant.purpose);
  const giving = policies.map((policy) => ({ policy, grants: policy.grants.filter(chosen) }));
  const grants = giving.flatMap(({ policy, grants: all }) =>
    all.map((grant) => grantOf(source, policy, grant)),
  );
  refuseTwice(grants);
  const reasons = [
    ...giving.flatMap(({ policy, grants: all }) => all.flatMap((grant) => reasonsOf(source, policy, grant))),
    ...excludedParties(source, policies, grants),
  ];
  const givers = giving.filter(({ grants: all }) => all.length > 0);
  return {
    name: choice.name,
    parties: unique(
      policies.flatMap(({ agreement }) => agreement.parties.flatMap((party) => bodiesOf(source, [party]))),
    ),
    reviewAfterMonths: Math.min(
      ...policies.map(({ agreement }) => monthsBetween(agreement.from, agreement.review)),
    ),
    gateways: gatewaysOf(source.policy, grants),
    givers: givers.map(({ policy }) => giverOf(source, policy)),
    grants,
    reasons,
    barriers: barriersOf(grants, reasons),
  };
}

function grantOf(source: PatternSource, policy: AgencyPolicy, grant: Grant): PatternGrant {
  const { role, purpose } = grant;
  const lawful = source.policy.purposes.get(purpose);
  return {
    body: bodyOf(source, policy),
    role,
    heldBy: bodiesOf(source, source.policy.roles.get(role)?.organisations ?? []),
    purpose,
    betweenParties: lawful?.betweenParties ?? true,
    gateways: grant.gateways,
    conditions: conditionsOf(policy, grant),
    claim: grant.claim,
    // A purpose that needs consent here may need none elsewhere.
    consent: grant.consent ?? ((lawful?.needsConsent ?? true) ? 'required' : null),
    objection: lawful?.objection ?? null,
    discloseSource: grant.discloseSource,
    unverified: grant.unverified,
    share: new Map(
      [...grant.share].map(([section, { access, rows, discloseSource, consent, breakGlass, review }]) => [
        section,
        { access, rows, discloseSource, consent, breakGlass, review },
      ]),
    ),
  };
}

function bodyOf({ policy }: PatternSource, { agency, file }: AgencyPolicy): Body {
  const body = policy.bodies.get(agency);
  if (body) return body;
  throw new PatternSourceError(
    `${file}: purposes.yaml does not say under "bodies" what kind of body ${agency} is, and a pattern names it in no other way`,
  );
}

/** Their kinds, each once. Whoever is of no kind stays unnamed, and so is nobody elsewhere. */
const bodiesOf = ({ policy }: PatternSource, organisations: readonly string[]): readonly Body[] =>
  unique(organisations.flatMap((organisation) => policy.bodies.get(organisation) ?? []));

/** Of two agencies of one kind that grant the same, another place could not tell which is meant. */
function refuseTwice(grants: readonly PatternGrant[]): void {
  const seen = new Set<string>();
  for (const { body, role, purpose } of grants) {
    const key = `${body} ${role} ${purpose}`;
    if (seen.has(key))
      throw new PatternSourceError(
        `Two agencies of the kind ${body} grant something to ${role} at ${purpose}: export their agreements one at a time`,
      );
    seen.add(key);
  }
}

function conditionsOf({ file }: AgencyPolicy, { conditions, line }: Grant): PatternConditions {
  const after = (label: 'Article 6' | 'Article 9' | 'Schedule 8'): string | null => {
    const written = conditions.find((one) => one.startsWith(`${label}: `))?.slice(label.length + 2);
    if (written === undefined) return null;
    if (citationIn(written)) return written;
    const message = `the conditions of this grant say more than which paragraph of the law: "${written}" cannot be passed on`;
    throw new PatternSourceError(findingText({ file, line, message }));
  };
  const regime = conditions.find((one) => one === 'PART2' || one === 'PART3') ?? 'PART2';
  return {
    article6: after('Article 6'),
    article9: after('Article 9'),
    schedule8: after('Schedule 8'),
    regime,
  };
}

function gatewaysOf({ law }: Policies, grants: readonly PatternGrant[]): readonly LegalReach[] {
  const cites = unique(grants.flatMap(({ gateways }) => gateways.map(({ cite }: LegalGateway) => cite)));
  return cites.flatMap((cite) => law.get(cite) ?? []);
}

function giverOf(source: PatternSource, policy: AgencyPolicy): PatternGiver {
  const kinds = source.catalogue.agencies.get(policy.agency)?.serviceKinds ?? [];
  return {
    body: bodyOf(source, policy),
    characteristic: policy.characteristic,
    services: new Map(
      kinds.flatMap((kind): [string, string][] => {
        const section = source.policy.services.get(kind);
        return section === undefined ? [] : [[kind, section]];
      }),
    ),
  };
}

/** Why sections are kept from those of other bodies who hold the role, with a proven relationship and consent. */
function reasonsOf(source: PatternSource, policy: AgencyPolicy, grant: Grant): readonly PatternReason[] {
  const { policy: policies, catalogue } = source;
  const { role, purpose, gateways } = grant;
  const { agency, agreement } = policy;
  const decisions = decide({
    ...{ policy: policies, catalogue, purpose, relationship: 'VERIFIED', withdrawn: new Set() },
    caller: { role, organisation: agreement.parties.find((party) => party !== agency) ?? agency, site: null },
    standing: { place: gateways[0]?.place ?? null, consent: true },
    wishes: { consented: true, objected: [] },
    // As on its first day: whether it is over by now is no reason of the agreement.
    now: new Date(`${agreement.from}T12:00:00Z`),
  });
  const byReason = new Map<WithheldReason, string[]>();
  for (const section of grant.share.keys()) {
    const { reason } = decisions.section(agency, section);
    if (reason !== null) byReason.set(reason, [...(byReason.get(reason) ?? []), section]);
  }
  const body = bodyOf(source, policy);
  return [...byReason].map(([reason, sections]) => ({ body, role, purpose, reason, sections }));
}

/** Parties whom the law keeps out at a purpose: they cannot grant anything, so that no file of theirs says why. */
function excludedParties(
  { policy, catalogue }: PatternSource,
  signed: readonly AgencyPolicy[],
  grants: readonly PatternGrant[],
): readonly PatternReason[] {
  const asked = new Map(grants.map(({ role, purpose }) => [`${role} ${purpose}`, { role, purpose }]));
  return unique(signed.flatMap(({ agreement }) => agreement.parties)).flatMap((agency) => {
    const body = policy.bodies.get(agency);
    const supplied = [...catalogue.sections.values()].filter(({ suppliers }) => suppliers.includes(agency));
    if (body === undefined || supplied.length === 0) return [];
    return [...asked.values()].flatMap(({ role, purpose }): PatternReason[] => {
      const decisions = decide({
        ...{ policy, catalogue, purpose, relationship: 'VERIFIED', withdrawn: new Set(), now: new Date(0) },
        caller: { role, organisation: agency, site: null },
        standing: { place: null, consent: true },
        wishes: { consented: true, objected: [] },
      });
      const sections = supplied.map(({ name }) => name);
      const kept = sections.filter((name) => decisions.section(agency, name).reason === 'GATEWAY_EXCLUDES');
      const granted = grants.some((one) => one.body === body && one.role === role && one.purpose === purpose);
      if (kept.length === 0 || granted) return [];
      return [{ body, role, purpose, reason: 'GATEWAY_EXCLUDES', sections: kept }];
    });
  });
}

const WAY_PAST: Readonly<Partial<Record<WithheldReason, Way>>> = {
  NEEDS_BREAK_GLASS: 'BREAK_GLASS',
  NEEDS_REVIEW: 'REVIEW',
  OTHER_ORGANISATION_ONLY: 'CALL',
  NOT_OFFERED: 'CALL',
  GATEWAY_EXCLUDES: 'CALL',
};

function barriersOf(
  grants: readonly PatternGrant[],
  reasons: readonly PatternReason[],
): readonly PatternBarrier[] {
  const past = reasons.flatMap((one): PatternBarrier[] => {
    const way = WAY_PAST[one.reason];
    return way === undefined ? [] : [{ ...one, way }];
  });
  const consent = grants.flatMap(({ body, role, purpose, share, consent: ofAll }): PatternBarrier[] => {
    const sections = [...share].flatMap(([section, one]) =>
      one.access !== 'withheld' && section !== NEVER_BY_CONSENT && (ofAll ?? one.consent) !== null
        ? [section]
        : [],
    );
    if (sections.length === 0) return [];
    return [{ body, role, purpose, reason: 'CONSENT_REQUIRED', sections, way: 'CONSENT' }];
  });
  return [...past, ...consent];
}

const unique = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)];

/** Whole months between two days `YYYY-MM-DD`, at least one. */
function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0);
  return Math.max(1, months);
}
