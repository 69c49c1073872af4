/** The words of a sharing decision. Nothing here knows of GraphQL, SQL or HTTP. */

import type { Level, WithheldReason } from '../../states.ts';

export type Relationship = 'VERIFIED' | 'CLAIMED' | 'UNVERIFIED' | 'NONE';
export const PLACES = ['PUBLIC', 'DWELLING'] as const;
export type Place = (typeof PLACES)[number];

/** What the law's side of a decision needs to know of the caller's own reference. */
export interface ReferenceStanding {
  place: Place | null;
  consent: boolean | null;
}

/** On which ground somebody may open what an agency keeps behind break-glass. LACKS_CAPACITY means with serious risk. */
export const GROUNDS = ['RISK_TO_SELF', 'RISK_TO_CHILD', 'RISK_TO_OTHERS', 'LACKS_CAPACITY'] as const;
export type Ground = (typeof GROUNDS)[number];
/** What the person says to it. */
export type PersonsView = 'AGREES' | 'OBJECTS' | 'UNABLE' | 'UNSAFE_TO_ASK';

/** A section that the caller has opened by break-glass, of the person asked for, on this reference and at this purpose. */
export interface GlassOpening {
  section: string;
  ground: Ground;
  personsView: PersonsView;
}

/** A section that somebody of the agency has permitted the caller, of the person asked for, on this reference and at this purpose. */
export interface Permit {
  section: string;
  /** How much of it. */
  level: Level;
}

/** An act that widens what the caller is shown of the person asked for: their own, or of somebody whom the agency's policy names. */
export type Opening = GlassOpening | Permit;

/** Who of an agency decides each time where its file says `review`, and within how long. */
export interface ReviewOffer {
  /** A role. */
  decides: string;
  answerWithinHours: number;
}

/** What the person asked for wants of one agency's data, as far as it is on record and counts for this request. */
export interface Wishes {
  /** Their consent stands: the agency's own staff recorded it for this purpose and the caller's organisation, or the agency confirmed it. */
  consented: boolean;
  /** Sections that they object to. */
  objected: readonly string[];
}

/** What break-glass opens of a section where an agency's file offers it: these fields, on these grounds, and nothing else. */
export interface BreakGlassOffer {
  /** Dotted paths within the section. */
  opens: readonly string[];
  grounds: readonly Ground[];
}

/** The caller, as far as a sharing decision goes. */
export interface PolicyCaller {
  role: string;
  /** Agency id of the caller's organisation. */
  organisation: string;
  /** The school, practice or team within it, if the token has one. */
  site: string | null;
}

/** What each agency supplies, and at which level of grant each field is released. Made from the SDLs (src/gateway/schema/catalogue.ts). */
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
  /** For the scope of whoever is held to their own site: "own school only"; else "own site only". */
  ownSiteScope?: string;
  /** What analysts could be let count; without it nothing. */
  counting?: {
    /** `policeEvents.category` → what it is: what its adapter can tell in SQL alone. */
    fields: ReadonlyMap<string, { kind: 'ENUM' | 'BOOLEAN' | 'BAND' | 'MONTH' }>;
    /** `policeEvents.summary` → why it can never be counted. */
    never: ReadonlyMap<string, string>;
    /** What it holds is health or adult care, which needs its own basis to be counted. */
    care: boolean;
    /** Its adapter says who has opted out of uses beyond their own care. */
    knowsOptOuts: boolean;
  };
  /** Section → what its rows and fields never show of anybody at a hidden place, in words. */
  neverShown?: ReadonlyMap<string, string>;
}

/** The line of the policy file that a decision rests on, and what it cites. */
export interface PolicyRule {
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
  /** What break-glass opens here, whether or not it is open: from policy alone. Null where it opens nothing. */
  breakGlass: BreakGlassOffer | null;
  /** Who decides on it each time, whether or not it is permitted: from policy alone. Null where nobody does. */
  review: ReviewOffer | null;
  /** The only fields that are released, because break-glass has opened them; null where the level says which are. */
  opened: readonly string[] | null;
  rule: PolicyRule | null;
}

/** All that a decision hangs on besides policy and time: an agency's own host decides again by it. */
export interface DecidedFor {
  caller: PolicyCaller;
  purpose: string;
  relationship: Relationship;
  standing: ReferenceStanding;
  ownCaseload: boolean;
  openings: readonly Opening[];
  wishes: Wishes;
}

/** Everything decided for one caller, purpose and relationship, before any person is looked at. */
export interface Decisions {
  relationship: Relationship;
  /** Content hash over every policy file and purposes.yaml. */
  policyVersion: string;
  /** Not there in decisions that answer no request. */
  decidedFor?: DecidedFor;
  /** Never undefined: what is unknown is withheld, NOT_LISTED. */
  section(agency: string, section: string): SectionDecision;
  /** Null if released; else why this field (dotted path within the section) is withheld: the section's reason, or LEVEL. */
  withholds(agency: string, section: string, field: string): WithheldReason | null;
}
