/** What the policy's text gives of one section, before it is asked what the caller's relationship is worth. */

import type { Level, WithheldReason } from '../../states.ts';
import { least } from '../../states.ts';
import { ACCESS, type Grant, levelOf, type ShareEntry } from '../policy/policies.ts';
import type { PolicyRule } from '../policy/types.ts';
import { legalGatewayOf } from './break-glass.ts';
import { consentFor, lacksConsent } from './consent.ts';
import { grantFrom, type SharingQuestion } from './grant.ts';
import { countingOf } from './openings.ts';

export interface Offer {
  reason: null;
  level: Level;
  /** Only rows of the caller's own organisation. */
  own: boolean;
  /** By break-glass: the only fields that it is of. Null where the level says which they are. */
  opened: readonly string[] | null;
  /** Of involvements: the kinds that are shown, and whether any was cut; null for other sections. */
  services: { kinds: readonly SharedKind[]; cut: boolean } | null;
  entry: ShareEntry;
  grant: Grant;
  rule: PolicyRule;
}

export interface Refusal {
  reason: WithheldReason;
  entry: ShareEntry | null;
  rule: PolicyRule | null;
}

/** A kind of service whose involvements this caller may hear of. */
export interface SharedKind {
  kind: string;
  section: string;
  /** Of the section it belongs to; null where this agency does not supply that section. */
  level: Level | null;
  own: boolean;
  /** The section needs a consent that is not there: the kind is not shown. */
  lacksConsent: boolean;
}

export function offerOf(question: SharingQuestion, agency: string, section: string): Offer | Refusal {
  const answer = grantFrom(question, agency);
  if (answer.reason !== null) return { ...answer, entry: null };
  const { grant } = answer;
  const entry = supplies(question, agency, section) ? grant.share.get(section) : undefined;
  if (!entry) return { reason: 'NOT_LISTED', entry: null, rule: answer.rule };

  const { glass, permit } = countingOf(question, section, grant, entry);
  const rule = { ...answer.rule, line: entry.line, ...(glass && legalGatewayOf(glass, grant)) };
  const { level, reason } = permit
    ? { level: permit.level, reason: null }
    : ACCESS[glass ? 'full' : entry.access];
  const shows = mayShowItself(question, agency, section, grant, entry);
  // What would show an agency that may not appear is not opened either.
  if (level === null)
    return { reason, entry: shows ? entry : { ...entry, breakGlass: null, review: null }, rule };
  if (!shows) return { reason: 'NOT_LISTED', entry: null, rule };
  const own = entry.access === 'own';
  const opened = glass && (entry.breakGlass?.opens ?? []);
  const offer: Offer = { reason: null, level, own, opened, services: null, entry, grant, rule };
  return section === 'involvements' ? narrowToKinds(question, agency, offer) : offer;
}

const supplies = ({ catalogue }: SharingQuestion, agency: string, section: string): boolean =>
  catalogue.sections.get(section)?.suppliers.includes(agency) ?? false;

/**
 * A name or a marker from a mental-health trust tells of psychiatric care: an agency appears only to those who
 * may know at least that its characteristic section exists, unless its file shows its source on purpose.
 * It holds where the agency is the only supplier as well: being the only one names it all the more.
 */
function mayShowItself(
  question: SharingQuestion,
  agency: string,
  section: string,
  grant: Grant,
  entry: ShareEntry,
) {
  const characteristic = question.policy.agencies.get(agency)?.characteristic ?? '';
  if (section === characteristic || entry.discloseSource || grant.discloseSource) return true;
  const access = grant.share.get(characteristic)?.access ?? 'withheld';
  if (access === 'own') return question.caller.organisation === agency;
  return levelOf(access) !== null;
}

/** An involvement is held to the strictest of its own grant and that of the section its service belongs to. */
function narrowToKinds(question: SharingQuestion, agency: string, offer: Offer): Offer | Refusal {
  const all = question.catalogue.agencies.get(agency)?.serviceKinds ?? [];
  const kinds = all.flatMap(
    (kind) => namedByConsent(question, agency, kind, offer) ?? sharedKind(question, agency, kind) ?? [],
  );
  if (kinds.length === 0) return { reason: 'NOT_LISTED', entry: null, rule: offer.rule };
  // What consent adds must not lower the rest: kinds that lack it bound the level as well, and `decide` leaves them out.
  if (kinds.every((kind) => kind.lacksConsent))
    return { reason: 'CONSENT_REQUIRED', entry: offer.entry, rule: offer.rule };
  return {
    ...offer,
    level: kinds.reduce<Level>((level, kind) => least(level, kind.level ?? level), offer.level),
    own: offer.own || kinds.some((kind) => kind.own),
    services: { kinds, cut: kinds.length < all.length || kinds.some((kind) => kind.lacksConsent) },
  };
}

/**
 * Somebody who agreed to be referred by an agency agreed to its being named: its own kinds of service, those of its
 * characteristic section, are told wherever involvements need a consent that its own staff recorded.
 */
function namedByConsent(
  { policy }: SharingQuestion,
  agency: string,
  kind: string,
  offer: Offer,
): SharedKind | null {
  const section = policy.services.get(kind);
  const ofItsOwn = section !== undefined && section === policy.agencies.get(agency)?.characteristic;
  return ofItsOwn && consentFor('involvements', offer, false) === 'recorded'
    ? { kind, section, level: null, own: false, lacksConsent: false }
    : null;
}

/** Null where the section that the kind belongs to is kept from the caller, and for a kind that purposes.yaml does not know. */
function sharedKind(question: SharingQuestion, agency: string, kind: string): SharedKind | null {
  const section = question.policy.services.get(kind);
  if (section === undefined) return null;
  if (section === 'involvements' || !supplies(question, agency, section))
    return { kind, section, level: null, own: false, lacksConsent: false };
  // What is open of that section is open there, and opens nothing of involvements.
  const offer = offerOf({ ...question, openings: [] }, agency, section);
  if (offer.reason !== null) return null;
  if (offer.own && question.caller.organisation !== agency) return null;
  const { level, own } = offer;
  return { kind, section, level, own, lacksConsent: lacksConsent(question, section, offer) };
}
