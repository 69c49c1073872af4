import { grantFrom } from './grant.ts';
import { kindsLeft } from './involvement-kinds.ts';
import { least, levelOf } from './levels.ts';
import type { Listing, Offer } from './offer.ts';
import type { Access, Grant, ShareEntry } from './policies.ts';
import type { Question } from './question.ts';
import type { Level, WithheldReason } from './types.ts';

const KEPT_BACK: Readonly<Partial<Record<Access, WithheldReason>>> = {
  withheld: 'NOT_LISTED',
  sealed: 'NOT_OFFERED',
  review: 'NEEDS_REVIEW',
  'break-glass': 'NEEDS_BREAK_GLASS',
};

export function list(question: Question, agency: string, section: string): Listing {
  const answer = grantFrom(question, agency);
  if (answer.reason !== null) return { ...answer, entry: null };
  const { grant } = answer;
  const supplied = question.catalogue.sections.get(section)?.suppliers.includes(agency) ?? false;
  const entry = supplied ? grant.share.get(section) : undefined;
  if (!entry) return { reason: 'NOT_LISTED', entry: null, rule: answer.rule };

  const rule = { ...answer.rule, line: entry.line };
  const level = levelOf(entry.access);
  if (level === null) return { reason: KEPT_BACK[entry.access] ?? 'NOT_LISTED', entry, rule };
  if (!mayShowItself(question, agency, section, grant, entry))
    return { reason: 'NOT_LISTED', entry: null, rule };
  const offer: Offer = {
    reason: null,
    level,
    own: entry.access === 'own',
    services: null,
    entry,
    grant,
    rule,
  };
  return section === 'involvements' ? narrowToKinds(question, agency, offer) : offer;
}

/**
 * A name or a marker from a mental-health trust tells of psychiatric care: an agency appears only to those who
 * may know at least that its characteristic section exists, unless its file shows its source on purpose.
 * It holds where the agency is the only supplier as well: being the only one names it all the more.
 */
function mayShowItself(question: Question, agency: string, section: string, grant: Grant, entry: ShareEntry) {
  const characteristic = question.policy.agencies.get(agency)?.characteristic ?? '';
  if (section === characteristic || entry.discloseSource || grant.discloseSource) return true;
  const access = grant.share.get(characteristic)?.access ?? 'withheld';
  if (access === 'own') return question.asker.organisation === agency;
  return levelOf(access) !== null;
}

/** An involvement is held to the strictest of its own grant and that of the section its service belongs to. */
function narrowToKinds(question: Question, agency: string, offer: Offer): Listing {
  const { kinds, cut } = kindsLeft(question, agency, (section) => list(question, agency, section));
  if (kinds.length === 0) return { reason: 'NOT_LISTED', entry: null, rule: offer.rule };
  return {
    ...offer,
    level: kinds.reduce<Level>((level, kind) => least(level, kind.level ?? level), offer.level),
    own: offer.own || kinds.some((kind) => kind.own),
    services: { kinds, cut },
  };
}
