/** The sharing policy as it stands once its files have been read and checked. */
import type { Agreement, Level, Place, RowConditions } from './types.ts';

export interface Policies {
  /** Content hash over every policy file and purposes.yaml. */
  version: string;
  purposes: ReadonlyMap<string, Purpose>;
  /** Role id → what it is called. */
  roles: ReadonlyMap<string, string>;
  /** Service kind of an involvement → the section whose grant it is held to too. */
  services: ReadonlyMap<string, string>;
  agencies: ReadonlyMap<string, AgencyPolicy>;
  /** Roles that may review links of the person index → the purposes at which they may. */
  reviewers: ReadonlyMap<string, readonly string[]>;
  /** Who may be a party to an agreement, those without an adapter yet included. */
  organisations: readonly string[];
}

/** A gateway of law; one without a place carries information wherever the incident is. */
export interface Gateway {
  cite: string;
  place: Place | null;
}

export interface Purpose {
  id: string;
  title: string;
  gateways: readonly Gateway[];
  /** What the law keeps out, whatever an agency's file says. */
  excludes: { nhsBodies: boolean; agencies: readonly string[] };
  /** Roles that may assert it. */
  roles: readonly string[];
  /** Consent must be recorded on the caller's own reference. */
  needsConsent: boolean;
  /** False where the asker is nobody's party, as when people ask for their own record. */
  betweenParties: boolean;
  file: string;
  line: number;
}

/** Features of a person that an agency may let the person index hold. */
export const INDEX_FEATURES = ['names', 'dateOfBirth', 'sex', 'postcode', 'place', 'identifiers'] as const;
export type IndexFeature = (typeof INDEX_FEATURES)[number];

export interface IndexSharing {
  share: readonly IndexFeature[];
  gateways: readonly string[];
  /** ISO 8601 duration: how long a record that is no longer fed is kept. */
  retain: string;
}

/** One agency's `sharing.yaml`. */
export interface AgencyPolicy {
  agency: string;
  /** Path from the project's root. */
  file: string;
  controller: string;
  /** The section that gives away what kind of agency this is. */
  characteristic: string;
  agreement: SignedAgreement;
  index: IndexSharing;
  grants: readonly Grant[];
  /** Line of `grants:`. */
  line: number;
}

export interface SignedAgreement extends Agreement {
  parties: readonly string[];
  line: number;
}

export interface Grant {
  role: string;
  purpose: string;
  gateways: readonly Gateway[];
  /** As written: "Article 6: 6(1)(e)", "PART2". */
  conditions: readonly string[];
  /** Whether a claimed relationship is enough. */
  claim: boolean;
  /** What is released while the issuing system cannot be asked. */
  unverified: ReadonlyMap<string, Level>;
  discloseSource: boolean;
  needsConsent: boolean;
  share: ReadonlyMap<string, ShareEntry>;
  line: number;
  gatewayLine: number;
}

export const ACCESS_WORDS = [
  'full',
  'summary',
  'exists',
  'own',
  'review',
  'break-glass',
  'withheld',
  'sealed',
] as const;
export type Access = (typeof ACCESS_WORDS)[number];

/** What one grant says of one section. */
export interface ShareEntry {
  access: Access;
  rows: RowConditions;
  scope: string | null;
  message: string | null;
  desk: string | null;
  discloseSource: boolean;
  line: number;
}
