/** The sharing policy as it stands once its files have been read and checked. */

import type { Level, WithheldReason } from '../../states.ts';
import type { Body, LegalReach, Nation } from './law.ts';
import type { Agreement, BreakGlassOffer, Place, ReviewOffer, RowConditions } from './types.ts';

export interface Policies {
  /** Content hash over every policy file and purposes.yaml. */
  version: string;
  /** Path of each file from the project's root → SHA-256 in hex of its text alone. */
  hashes: ReadonlyMap<string, string>;
  /** The same → its text. */
  texts: ReadonlyMap<string, string>;
  purposes: ReadonlyMap<string, Purpose>;
  roles: ReadonlyMap<string, Role>;
  /** Service kind of an involvement → the section whose grant it is held to too. */
  services: ReadonlyMap<string, string>;
  agencies: ReadonlyMap<string, AgencyPolicy>;
  /** Roles that may review links of the person index → the purposes at which they may. */
  reviewers: ReadonlyMap<string, readonly string[]>;
  /** Roles that may confirm what waits for the word of their own agency, whoever's case it is → the same. */
  confirmers: ReadonlyMap<string, readonly string[]>;
  /** Who may be a party to an agreement, those without an adapter yet included. */
  organisations: readonly string[];
  /** Where this place lies. */
  nation: Nation;
  /** How far each gateway of law reaches, by its citation. */
  law: ReadonlyMap<string, LegalReach>;
  /** Organisation → what kind of body it is, where the file says. */
  bodies: ReadonlyMap<string, Body>;
}

export interface Role {
  /** What it is called. */
  title: string;
  /** Organisations that may hold it: in a token of any other it is refused. */
  organisations: readonly string[];
}

/** A gateway of law; one without a place carries information wherever the incident is. */
export interface LegalGateway {
  cite: string;
  place: Place | null;
}

export interface Purpose {
  id: string;
  title: string;
  gateways: readonly LegalGateway[];
  /** What the law keeps out, whatever an agency's file says. */
  excludes: { nhsBodies: boolean; agencies: readonly string[] };
  /** Roles that may assert it. */
  roles: readonly string[];
  /** Nothing but the caller's own organisation's rows and warnings for a visit goes without consent. */
  needsConsent: boolean;
  /** What an objection of the person to a section does here; null where it does nothing. */
  objection: ObjectionEffect | null;
  /** False where the caller is nobody's party, as when people ask for their own record. */
  betweenParties: boolean;
  file: string;
  line: number;
}

/** STOPS: the section is not given. FLAGGED: it goes on, and whoever asks is told of the objection. */
export const OBJECTION_EFFECTS = ['stops', 'flagged'] as const;
export type ObjectionEffect = (typeof OBJECTION_EFFECTS)[number];

/**
 * Which consent a section needs. required: one that the caller's reference itself records, or one that is recorded here.
 * recorded: one that is recorded here by the agency's own staff, who asked the person, or confirmed by its officer.
 */
export const CONSENT_WORDS = ['required', 'recorded'] as const;
/** The section for the safety of whoever visits: it never hangs on consent, whatever purpose or file say. */
export const NEVER_BY_CONSENT = 'warningMarkers';
export type ConsentWord = (typeof CONSENT_WORDS)[number];

/** Features of a person that an agency may let the person index hold. */
export const INDEX_FEATURES = ['names', 'dateOfBirth', 'sex', 'postcode', 'place', 'identifiers'] as const;
export type IndexFeature = (typeof INDEX_FEATURES)[number];

export interface IndexSharing {
  share: readonly IndexFeature[];
  gateways: readonly string[];
  /** ISO 8601 duration: how long a record that is no longer fed is kept. */
  retain: string;
}

/** What an agency lets analysts count, never who anybody is. */
export interface AggregateSharing {
  /** `policeEvents.category`; of what the person index holds from the agency, `person.ageBand`. */
  share: readonly string[];
  gateways: readonly string[];
  basis: CountingBasis;
  line: number;
}

/**
 * What counting rests on. STATED: as written. OPT_OUTS: section 251 support by this reference, with national opt-outs
 * applied. PROCESSOR: a signed finding that this service counts as the agency's processor alone.
 */
export interface CountingBasis {
  kind: 'STATED' | 'OPT_OUTS' | 'PROCESSOR';
  words: string;
}

/** What the person index may be let tell of people to analysts, and the feature that each is made from. */
export const PERSON_DIMENSIONS = {
  'person.ageBand': 'dateOfBirth',
  'person.sex': 'sex',
  'person.district': 'postcode',
} as const satisfies Readonly<Record<string, (typeof INDEX_FEATURES)[number]>>;
export type PersonDimension = keyof typeof PERSON_DIMENSIONS;

/** How long the disclosure register keeps what concerns an agency. */
export interface RegisterKeeping {
  /** ISO 8601 duration of whole days; null for without end. */
  retain: string | null;
}

/** Agency → how long it lets the register keep what concerns it; those that state no period are left out. */
export const registerPeriods = ({ agencies }: Pick<Policies, 'agencies'>): ReadonlyMap<string, string> =>
  new Map(
    [...agencies].flatMap(
      ([
        agency,
        {
          register: { retain },
        },
      ]) => (retain ? [[agency, retain]] : []),
    ),
  );

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
  register: RegisterKeeping;
  /** Null where nothing is let be counted. */
  aggregates: AggregateSharing | null;
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
  gateways: readonly LegalGateway[];
  /** As written: "Article 6: 6(1)(e)", "PART2". */
  conditions: readonly string[];
  /** Whether a claimed relationship is enough. */
  claim: boolean;
  /** What is released while the issuing system cannot be asked. */
  unverified: ReadonlyMap<string, Level>;
  discloseSource: boolean;
  /** Of every section; null where the entry or the purpose says. */
  consent: ConsentWord | null;
  share: ReadonlyMap<string, ShareEntry>;
  line: number;
  gatewayLine: number;
}

/** The words that say what becomes of a section: what each releases at most, or why it releases nothing. */
export const ACCESS = {
  full: { level: 'FULL', reason: null },
  summary: { level: 'SUMMARY', reason: null },
  exists: { level: 'EXISTS', reason: null },
  /** To the agency's own staff. */
  own: { level: 'FULL', reason: null },
  review: { level: null, reason: 'NEEDS_REVIEW' },
  'break-glass': { level: null, reason: 'NEEDS_BREAK_GLASS' },
  withheld: { level: null, reason: 'NOT_LISTED' },
  sealed: { level: null, reason: 'NOT_OFFERED' },
} as const satisfies Readonly<
  Record<string, { level: Level; reason: null } | { level: null; reason: WithheldReason }>
>;
export type Access = keyof typeof ACCESS;
export const ACCESS_WORDS = Object.keys(ACCESS) as readonly Access[];

/** The level that a word of the policy file releases at most; null for words that release nothing. */
export const levelOf = (access: Access): Level | null => ACCESS[access].level;

/** What one grant says of one section. */
export interface ShareEntry {
  access: Access;
  rows: RowConditions;
  scope: string | null;
  message: string | null;
  desk: string | null;
  discloseSource: boolean;
  /** What it needs besides what the grant and the purpose say. */
  consent: ConsentWord | null;
  /** With `break-glass`, and with nothing else. */
  breakGlass: BreakGlassOffer | null;
  /** With `review`, and with nothing else. */
  review: ReviewOffer | null;
  line: number;
}

/** Agencies whose files are those of the controller that an organisation is part of; none where it has no file. */
export function ofOwnController({ agencies }: Policies, organisation: string): readonly string[] {
  const controller = agencies.get(organisation)?.controller;
  if (controller === undefined) return [];
  return [...agencies.values()].filter((one) => one.controller === controller).map(({ agency }) => agency);
}

/** Who answers for an agency's policies and disclosures, and at which purpose: the same in every place. */
export const GOVERNANCE = { role: 'governance-officer', purpose: 'governance' } as const;
/** Whoever asks for their own record. */
export const SUBJECT = { role: 'data-subject' } as const;
/** Who counts, and never who anybody is. */
export const ANALYST = { role: 'analyst', purpose: 'service-planning' } as const;
