import { type Level, least, rank, type WithheldReason } from '../states.ts';
import type { DecidedFor, Decisions, Relationship, SectionDecision } from './policy/types.ts';
import { londonDay } from './rules/agreement.ts';
import { opensField } from './rules/break-glass.ts';
import { lacksConsent } from './rules/consent.ts';
import type { SharingQuestion } from './rules/grant.ts';
import { objectionTo, withObjection } from './rules/objection.ts';
import { type Offer, offerOf, type Refusal, type SharedKind } from './rules/offer.ts';
import { type HostPolicies, stricterDecisions } from './stricter.ts';

export interface DecideInput extends Omit<SharingQuestion, 'day'> {
  /** The time of the request. */
  now: Date;
  /** By which policies agencies with hosts of their own decide again; none if not said. */
  hosts?: HostPolicies;
}

/**
 * What each agency lets this caller have of each section, and why not: the one place where it is decided.
 * Pure and total: it never throws, reads no clock, and what it does not know it withholds.
 */
export function decide({ hosts, ...input }: DecideInput): Decisions {
  const own = decideByOne(input);
  if (!hosts || hosts.size === 0) return own;
  const others = new Map([...hosts].map(([agency, host]) => [agency, decideByOne({ ...input, ...host })]));
  return stricterDecisions(own, others, input.now);
}

function decideByOne(input: Omit<DecideInput, 'hosts'>): Decisions {
  const question: SharingQuestion = { ...input, day: londonDay(input.now) };
  const decided = new Map<string, SectionDecision>();
  const section = (agency: string, name: string): SectionDecision => {
    const key = `${agency}/${name}`;
    const before = decided.get(key);
    if (before) return before;
    const opened = decideSection(question, agency, name);
    // What is open adds, or leaves all as it is.
    const decision =
      opened.level === null ? decideSection({ ...question, openings: [] }, agency, name) : opened;
    decided.set(key, decision);
    return decision;
  };
  return {
    relationship: input.relationship,
    policyVersion: input.policy.version,
    decidedFor: decidedFor(input),
    section,
    withholds(agency, name, path) {
      const { level, reason, opened, breakGlass } = section(agency, name);
      if (level === null) {
        // Break-glass never opens it: whoever is told that it needs break-glass would open the section in vain.
        const neverOpened = reason === 'NEEDS_BREAK_GLASS' && !opensField(breakGlass?.opens ?? [], path);
        return neverOpened ? 'LEVEL' : (reason ?? 'NOT_LISTED');
      }
      const field = input.catalogue.sections.get(name)?.fields.get(path);
      if (!field?.suppliers.includes(agency)) return 'NOT_LISTED';
      if (opened && !opensField(opened, path)) return 'LEVEL';
      return rank(level) < rank(field.level) ? 'LEVEL' : null;
    },
  };
}

const decidedFor = ({
  caller: { role, organisation, site },
  purpose,
  relationship,
  standing: { place, consent },
  ownCaseload = false,
  openings = [],
  wishes,
}: Omit<DecideInput, 'hosts'>): DecidedFor => ({
  ...{
    caller: { role, organisation, site },
    purpose,
    relationship,
    standing: { place, consent },
    ownCaseload,
  },
  ...{ openings, wishes: wishes ?? { consented: false, objected: [] } },
});

function decideSection(question: SharingQuestion, agency: string, section: string): SectionDecision {
  const offer = offerOf(question, agency, section);
  if (offer.reason !== null) return withheld(agency, section, offer.reason, offer);
  const release = releaseOf(question, agency, section, offer);
  if (release.reason !== null) return withheld(agency, section, release.reason, offer);
  const { entry, own, opened, rule } = offer;
  const { level, services } = release;
  const ownSite = own ? question.caller.site : null;
  const ownSiteScope = question.catalogue.agencies.get(agency)?.ownSiteScope ?? 'own site only';
  return {
    agency,
    section,
    level,
    reason: null,
    scope: scopeWords(question, agency, section, [
      entry.scope,
      opened && openedOnly(opened),
      entry.review && PERMITTED,
      services && kindsOnly(services),
      ownSite && ownSiteScope,
    ]),
    message: withObjection(question, section, entry.message),
    desk: entry.desk,
    rows: services ? { ...entry.rows, service: services } : entry.rows,
    ownSite,
    breakGlass: entry.breakGlass,
    review: entry.review,
    opened,
    rule,
  };
}

function withheld(
  agency: string,
  section: string,
  reason: WithheldReason,
  { entry, rule }: Offer | Refusal,
): SectionDecision {
  return {
    agency,
    section,
    level: null,
    reason,
    scope: entry?.scope ?? null,
    message: entry?.message ?? null,
    desk: entry?.desk ?? null,
    rows: {},
    ownSite: null,
    breakGlass: reason === 'NEEDS_BREAK_GLASS' ? (entry?.breakGlass ?? null) : null,
    review: reason === 'NEEDS_REVIEW' ? (entry?.review ?? null) : null,
    opened: null,
    rule,
  };
}

/** `['medication', 'allergies']` → "medication and allergies alone, opened by break-glass". */
const openedOnly = (fields: readonly string[]): string =>
  `${fields.join(' and ')} alone, opened by break-glass`;

const PERMITTED = 'as somebody of the agency decided for this case';

/** `['CRISIS_TEAM']` → "crisis team only". */
const kindsOnly = (kinds: readonly string[]): string =>
  `${kinds.map((kind) => kind.toLowerCase().replaceAll('_', ' ')).join(' and ')} only`;

/** The policy's own words, whose rows, and what the agency's fields keep back of people at a hidden place: told to everyone alike. */
function scopeWords(
  { catalogue }: SharingQuestion,
  agency: string,
  section: string,
  released: readonly (string | null)[],
): string | null {
  const never = catalogue.agencies.get(agency)?.neverShown?.get(section);
  return [...released, never].filter(Boolean).join('; ') || null;
}

/** What is released of an offer once consent, relationship and organisation have been asked for. */
export type Release =
  | { reason: WithheldReason }
  /** `services` are the kinds of involvement that are shown, null if none was cut. */
  | { reason: null; level: Level; services: readonly string[] | null };

function releaseOf(question: SharingQuestion, agency: string, section: string, offer: Offer): Release {
  const { caller } = question;
  if (lacksConsent(question, section, offer)) return { reason: 'CONSENT_REQUIRED' };
  const relationship = relationshipTo(question, agency);
  if (relationship === 'NONE') return { reason: 'NO_RELATIONSHIP' };
  const release = relationship === 'UNVERIFIED' ? whileUnverified(section, offer) : asOffered(offer);
  if (release.reason !== null) return release;
  if (relationship === 'CLAIMED' && !offer.grant.claim) return { reason: 'RELATIONSHIP_UNVERIFIED' };
  if (offer.own && caller.organisation !== agency) return { reason: 'OTHER_ORGANISATION_ONLY' };
  // Told to nobody to whom it would not be given anyway.
  if (objectionTo(question, section) === 'stops') return { reason: 'OBJECTED' };
  return release;
}

/** An unknown relationship counts as NONE. */
function relationshipTo(
  { relationship, ownCaseload, caller }: SharingQuestion,
  agency: string,
): Relationship {
  if (relationship === 'UNVERIFIED' && ownCaseload === true && caller.organisation === agency)
    return 'VERIFIED';
  return relationship === 'VERIFIED' || relationship === 'CLAIMED' || relationship === 'UNVERIFIED'
    ? relationship
    : 'NONE';
}

function asOffered({ level, services }: Offer): Release {
  return { reason: null, level, services: services?.cut ? agreedKinds(services.kinds) : null };
}

/**
 * While the issuing system cannot be asked: only what the grant lists under `unverified`, and of involvements only
 * kinds whose section is listed there.
 */
function whileUnverified(section: string, offer: Offer): Release {
  const { unverified } = offer.grant;
  const listed = unverified.get(section);
  if (!listed) return { reason: 'RELATIONSHIP_UNVERIFIED' };
  const level = least(offer.level, listed);
  if (!offer.services) return { reason: null, level, services: null };
  const { kinds, cut } = offer.services;
  const left = kinds.filter((kind) => kind.level === null || unverified.has(kind.section));
  if (left.length === 0) return { reason: 'RELATIONSHIP_UNVERIFIED' };
  if (left.every((kind) => kind.lacksConsent)) return { reason: 'CONSENT_REQUIRED' };
  return {
    reason: null,
    level: left.reduce((lowest, kind) => least(lowest, unverified.get(kind.section) ?? lowest), level),
    services: cut || left.length < kinds.length ? agreedKinds(left) : null,
  };
}

const agreedKinds = (kinds: readonly SharedKind[]): readonly string[] =>
  kinds.flatMap(({ kind, lacksConsent }) => (lacksConsent ? [] : [kind]));
