import { decide } from './decide.ts';
import type { Policies } from './policies.ts';
import type {
  Asker,
  Catalogue,
  Level,
  ReferenceStanding,
  Relationship,
  SectionDecision,
  WithheldReason,
} from './types.ts';

export interface ExplainInput {
  asker: Asker;
  purpose: string;
  relationship: Relationship;
  standing: ReferenceStanding;
  policy: Policies;
  catalogue: Catalogue;
  withdrawn: ReadonlySet<string>;
  now: Date;
  agency: string;
  section: string;
  /** Dotted path within the section; null for the section as a whole. */
  field: string | null;
}

/** What becomes of one field from one agency, and every word of the policy that makes it so. */
export interface Explanation {
  agency: string;
  section: string;
  field: string | null;
  /** Null when it is released. */
  reason: WithheldReason | null;
  /** The level from which the field is released; null for a section. */
  releasedFrom: Level | null;
  decision: SectionDecision;
}

export function explain(input: ExplainInput): Explanation {
  const { agency, section, field, catalogue } = input;
  const decisions = decide(input);
  const decision = decisions.section(agency, section);
  return {
    agency,
    section,
    field,
    reason: field === null ? decision.reason : decisions.withholds(agency, section, field),
    releasedFrom: field === null ? null : (catalogue.sections.get(section)?.fields.get(field)?.level ?? null),
    decision,
  };
}
