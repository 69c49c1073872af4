import { least } from './levels.ts';
import type { Offer } from './offer.ts';
import type { Question } from './question.ts';
import type { Level, Relationship, WithheldReason } from './types.ts';

/** What stays of an offer once consent, relationship and organisation have been asked for. */
export type Holding =
  | { reason: WithheldReason }
  /** `services` are the kinds of involvement that stay, null if none was cut. */
  | { reason: null; level: Level; services: readonly string[] | null };

export function hold(question: Question, agency: string, section: string, offer: Offer): Holding {
  const { policy, purpose, standing, asker } = question;
  const needsConsent = offer.grant.needsConsent || (policy.purposes.get(purpose)?.needsConsent ?? true);
  if (needsConsent && standing.consent !== true) return { reason: 'CONSENT_REQUIRED' };
  const relationship = relationshipTo(question, agency);
  if (relationship === 'NONE') return { reason: 'NO_RELATIONSHIP' };
  const held = relationship === 'UNVERIFIED' ? holdUnverified(section, offer) : holdAsOffered(offer);
  if (held.reason !== null) return held;
  if (relationship === 'CLAIMED' && !offer.grant.claim) return { reason: 'RELATIONSHIP_UNVERIFIED' };
  if (offer.own && asker.organisation !== agency) return { reason: 'OTHER_ORGANISATION_ONLY' };
  return held;
}

/** Anything but the four known words is worth nothing. */
function relationshipTo({ relationship, ownCaseload, asker }: Question, agency: string): Relationship {
  if (relationship === 'UNVERIFIED' && ownCaseload === true && asker.organisation === agency)
    return 'VERIFIED';
  return relationship === 'VERIFIED' || relationship === 'CLAIMED' || relationship === 'UNVERIFIED'
    ? relationship
    : 'NONE';
}

function holdAsOffered({ level, services }: Offer): Holding {
  return { reason: null, level, services: services?.cut ? services.kinds.map(({ kind }) => kind) : null };
}

/** Only what the grant lists for the time the issuing system cannot be asked, and of involvements only kinds whose section is listed too. */
function holdUnverified(section: string, offer: Offer): Holding {
  const { unverified } = offer.grant;
  const listed = unverified.get(section);
  if (!listed) return { reason: 'RELATIONSHIP_UNVERIFIED' };
  const level = least(offer.level, listed);
  if (!offer.services) return { reason: null, level, services: null };
  const { kinds, cut } = offer.services;
  const left = kinds.filter((kind) => kind.level === null || unverified.has(kind.section));
  if (left.length === 0) return { reason: 'RELATIONSHIP_UNVERIFIED' };
  return {
    reason: null,
    level: left.reduce((lowest, kind) => least(lowest, unverified.get(kind.section) ?? lowest), level),
    services: cut || left.length < kinds.length ? left.map(({ kind }) => kind) : null,
  };
}
