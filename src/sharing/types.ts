/** The words of a sharing decision. Nothing here knows of GraphQL, SQL or HTTP. */

/** How much of a section is released, least first. */
export const LEVELS = ['EXISTS', 'SUMMARY', 'FULL'] as const;
export type Level = (typeof LEVELS)[number];

/** Why something is withheld, in the fixed order in which they are given: the first that applies. */
export const WITHHELD_REASONS = [
  'GATEWAY_EXCLUDES',
  'AGREEMENT_NOT_IN_FORCE',
  'AGREEMENT_WITHDRAWN',
  'ROLE',
  'PURPOSE',
  'NOT_LISTED',
  'NOT_OFFERED',
  'NEEDS_REVIEW',
  'NEEDS_BREAK_GLASS',
  'CONSENT_REQUIRED',
  'NO_RELATIONSHIP',
  'RELATIONSHIP_UNVERIFIED',
  'OTHER_ORGANISATION_ONLY',
  'LEVEL',
] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

export type Relationship = 'VERIFIED' | 'CLAIMED' | 'UNVERIFIED' | 'NONE';
export const PLACES = ['PUBLIC', 'DWELLING'] as const;
export type Place = (typeof PLACES)[number];

/** What the law's side of a decision needs to know of the caller's own reference. */
export interface ReferenceStanding {
  place: Place | null;
  consent: boolean | null;
}

/** Who asks, as far as a sharing decision goes. */
export interface Asker {
  role: string;
  /** Agency id of the caller's organisation. */
  organisation: string;
  /** The school, practice or team within it, if the token has one. */
  site: string | null;
}

/** What each agency supplies, and at which level of grant each field is released. Made from the SDLs (src/gateway/catalogue.ts). */
export interface Catalogue {
  /** In the order of the schema: `warningMarkers`, … */
  sections: ReadonlyMap<string, CatalogueSection>;
  agencies: ReadonlyMap<string, CatalogueAgency>;
}
export interface CatalogueSection {
  name: string;
  /** Agencies that supply any of it, in the fixed order of agencies. */
  suppliers: readonly string[];
  /** Dotted path within the section (`items.guidance`) → what releases it and who has it. Lists and objects are there too. */
  fields: ReadonlyMap<string, CatalogueField>;
}
export interface CatalogueField {
  level: Level;
  suppliers: readonly string[];
}
/** What the checks of a policy file need to know of the adapter beside it. */
export interface CatalogueAgency {
  id: string;
  name: string;
  nhsBody: boolean;
  /** Desks that `call:` may name. */
  desks: readonly string[];
  /** Section → row conditions its tables know, for checking `rows:`. */
  rowConditions: ReadonlyMap<
    string,
    ReadonlyMap<string, { takes: 'duration' | 'flag' | { values: readonly string[] } }>
  >;
  /** Service kinds of its involvements. */
  serviceKinds: readonly string[];
  /** Section → what its rows and fields never show of anybody at a hidden place, in words. */
  neverShown?: ReadonlyMap<string, string>;
}

/** The line of the policy file that a decision rests on, and what it cites. */
export interface Rule {
  agreement: Agreement;
  /** Path from the project's root. */
  file: string;
  line: number;
  /** Gateways of law that apply at this place. */
  gateways: readonly string[];
  /** Conditions of UK GDPR / DPA 2018 and the regime, as written: "Article 6: 6(1)(e)", "PART2". */
  conditions: readonly string[];
}
export interface Agreement {
  id: string;
  version: number;
  /** Dates YYYY-MM-DD, days of Europe/London. In force from `from` to `end` (inclusive); `review` is when it must be looked at again. */
  from: string;
  review: string;
  end: string | null;
}

export type RowConditionValue = string | boolean | readonly string[];
export type RowConditions = Readonly<Record<string, RowConditionValue>>;

/** What one agency's policy says of one section for this caller, purpose and relationship. */
export interface SectionDecision {
  agency: string;
  section: string;
  /** Highest level released; null when withheld. */
  level: Level | null;
  /** Set when `level` is null. */
  reason: WithheldReason | null;
  /** What class of rows is released, in words. From policy alone. */
  scope: string | null;
  /** A fixed message of the policy (sealed sections), the same for every person. */
  message: string | null;
  /** The desk to call: a name in the adapter's `desks`, or null for its usual contact. */
  desk: string | null;
  /** Row conditions that become SQL predicates; `service` (kinds of involvement) is added by `decide`. */
  rows: RowConditions;
  /** Only rows of this site of the caller's own organisation; null for no such limit. */
  ownSite: string | null;
  rule: Rule | null;
}

/** Everything decided for one caller, purpose and relationship, before any person is looked at. */
export interface Decisions {
  relationship: Relationship;
  /** Content hash over every policy file and purposes.yaml. */
  policyVersion: string;
  /** Never undefined: what is unknown is withheld, NOT_LISTED. */
  section(agency: string, section: string): SectionDecision;
  /** Null if released; else why this field (dotted path within the section) is withheld: the section's reason, or LEVEL. */
  withholds(agency: string, section: string, field: string): WithheldReason | null;
}
