import { hold } from './holding.ts';
import { rank } from './levels.ts';
import { list } from './listing.ts';
import { londonDay } from './london-day.ts';
import type { Listing } from './offer.ts';
import type { Policies } from './policies.ts';
import type { Question } from './question.ts';
import type {
  Asker,
  Catalogue,
  Decisions,
  ReferenceStanding,
  Relationship,
  SectionDecision,
  WithheldReason,
} from './types.ts';

export interface DecideInput {
  asker: Asker;
  purpose: string;
  relationship: Relationship;
  standing: ReferenceStanding;
  policy: Policies;
  catalogue: Catalogue;
  /** Ids of agreements that are withdrawn at their present version. */
  withdrawn: ReadonlySet<string>;
  /** The time of the request. */
  now: Date;
  /** Relationship UNVERIFIED, but the person is on the caller's own caseload: what the caller's own organisation holds rests on that. */
  ownCaseload?: boolean;
}

/**
 * What each agency lets this caller have of each section, and why not: the one place where it is decided.
 * Pure and total: it never throws, reads no clock, and what it does not know it withholds.
 */
export function decide(input: DecideInput): Decisions {
  const question: Question = { ...input, day: londonDay(input.now) };
  const decided = new Map<string, SectionDecision>();
  const section = (agency: string, name: string): SectionDecision => {
    const key = `${agency}/${name}`;
    const known = decided.get(key);
    if (known) return known;
    const decision = decideSection(question, agency, name);
    decided.set(key, decision);
    return decision;
  };
  return {
    relationship: input.relationship,
    policyVersion: input.policy.version,
    section,
    withholds(agency, name, path) {
      const { level, reason } = section(agency, name);
      if (level === null) return reason ?? 'NOT_LISTED';
      const field = input.catalogue.sections.get(name)?.fields.get(path);
      if (!field?.suppliers.includes(agency)) return 'NOT_LISTED';
      return rank(level) < rank(field.level) ? 'LEVEL' : null;
    },
  };
}

function decideSection(question: Question, agency: string, section: string): SectionDecision {
  const listing = list(question, agency, section);
  if (listing.reason !== null) return withheld(agency, section, listing.reason, listing);
  const held = hold(question, agency, section, listing);
  if (held.reason !== null) return withheld(agency, section, held.reason, listing);
  const { entry, own, rule } = listing;
  return {
    agency,
    section,
    level: held.level,
    reason: null,
    scope: scopeWords(question, agency, section, entry.scope),
    message: entry.message,
    desk: entry.desk,
    rows: held.services ? { ...entry.rows, service: held.services } : entry.rows,
    ownSite: own ? question.asker.site : null,
    rule,
  };
}

function withheld(
  agency: string,
  section: string,
  reason: WithheldReason,
  listing: Listing,
): SectionDecision {
  const { entry, rule } = listing;
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
    rule,
  };
}

/** The policy's own words, and what the agency's fields keep back of people at a hidden place: told to everyone alike. */
function scopeWords(
  { catalogue }: Question,
  agency: string,
  section: string,
  scope: string | null,
): string | null {
  const never = catalogue.agencies.get(agency)?.neverShown?.get(section);
  return [scope, never].filter(Boolean).join('; ') || null;
}
