/** What the person index says to the rest: who a request may speak of, and how each is related to it. */
import type {
  AgencyId,
  IdentifierSystem,
  IndexRecord,
  RecordId,
  ReferenceFacts,
} from '../../../adapters/contract.ts';
import type {
  Decisions,
  Opening,
  ReferenceStanding,
  Relationship,
  Wishes,
} from '../../sharing/policy/types.ts';

/** One person across all agencies, stable while their records stay together. Never shown to callers. */
export type PersonId = string & { readonly __brand?: 'PersonId' };

/** One person, as one request may see them. */
export interface Subject {
  person: PersonId;
  /** Opaque public id, bound to the caller's organisation and reference. */
  id: string;
  relationship: Relationship;
  /** Linked records of each agency; several where an agency holds duplicates or merged records. */
  links: ReadonlyMap<AgencyId, readonly RecordId[]>;
  /** Those of them that their agency has merged into another record. */
  mergedAway: ReadonlyMap<AgencyId, ReadonlySet<RecordId>>;
  /** Agencies with only a candidate link: too weak to disclose on. */
  candidates: ReadonlySet<AgencyId>;
  /** Places and free text about this person are hidden from everybody. */
  placeShield: boolean;
  /**
   * Decisions at this relationship; when UNVERIFIED, the caller's own organisation goes by its own caseload. With what the
   * caller has opened of this person, while the agency's records of them are those that were linked at the opening, and with
   * what the person wants of the agency's data.
   */
  decisions(agency: AgencyId): Decisions;
  /** The request by which somebody of the agency has permitted the section; null where nobody has. */
  permit(agency: AgencyId, section: string): string | null;
}

/** A section of one agency that the caller has opened or was permitted, of a person whose records there were these. */
export interface OpenedRecords {
  person: PersonId;
  agency: AgencyId;
  records: readonly RecordId[];
  opening: Opening;
  /** The request by which it is permitted; null for break-glass. */
  permit: string | null;
}

/** What is on record of a person's wishes for one agency's data, with the agency's records of them when it was written down. */
export interface WishOnRecord {
  person: PersonId;
  agency: AgencyId;
  records: readonly RecordId[];
  /** The section they object to; null for their consent. */
  objectsTo: string | null;
}

/** Whose wishes are looked for: whoever they are, by the same statement. */
export interface PersonRecords {
  person: PersonId;
  links: ReadonlyMap<AgencyId, readonly RecordId[]>;
}
/** Agency → what this person wants of its data; agencies of which nothing is on record are left out. */
export type WishesByAgency = ReadonlyMap<AgencyId, Wishes>;

/** What the request's reference is worth by itself, before any person is looked at. */
export interface ReferenceStandingResult {
  relationship: 'VERIFIED' | 'UNVERIFIED' | 'NONE';
  /** The reference is live, as far as is known. */
  live: boolean;
  /** For decisions: place and consent as recorded on the reference; null where unknown. */
  standing: ReferenceStanding;
  /** False where the caller is not on the reference, and their organisation's own system knows no such number of staff. */
  loginKnown: boolean;
  /** Who else is on it now, by its own system's log; nobody while that cannot be asked. */
  beside: ReferenceFacts['staff'];
}

export interface PersonSearchInput {
  familyName?: string | null;
  givenName?: string | null;
  /** YYYY-MM-DD. */
  dateOfBirth?: string | null;
  sex?: IndexRecord['sex'];
  postcode?: string | null;
  identifier?: { system: IdentifierSystem; value: string; issuer?: string | null } | null;
}
export type SearchOutcome = 'MATCH' | 'POSSIBLE_MATCH' | 'MANY_MATCH' | 'NO_MATCH' | 'TOO_BROAD';
export interface PersonMatch {
  subject: Subject;
  confidence: 'CONFIRMED' | 'PROBABLE';
  /** Fields of the search, by their names in the schema. */
  agreesOn: readonly string[];
  differsOn: readonly string[];
  /** Why, in words, strongest first. */
  explanation: readonly string[];
}
export interface SearchResult {
  outcome: SearchOutcome;
  /** Empty in all but MATCH. */
  people: readonly PersonMatch[];
  message: string;
  /** Whom to call; `desk` names one of the adapter's desks, null its usual contact. */
  contacts: readonly { agency: AgencyId; desk: string | null }[];
}

/** How fresh an agency's feed to the index is. */
export interface FeedState {
  /** When the last complete pass began; null if there was none. */
  asOf: Date | null;
  /** Three intervals without a complete pass: what it does not know is no longer "not held". */
  overdue: boolean;
  /** Some of its records wait to be matched: whose they are is not known yet. */
  matching: boolean;
}

/** A household member: not there (uncounted), known to the agency but linked to nobody, or a person. */
export type HouseholdMember = 'GONE' | 'UNLINKED' | Subject;

/** The people of one request. Every method rejects when the store cannot be reached. */
export interface RequestSubjects {
  standing(): Promise<ReferenceStandingResult>;
  /** Same length and order; null for unknown, unrelated, protected, excluded and stale alike. */
  byIds(ids: readonly string[]): Promise<(Subject | null)[]>;
  /**
   * `issuer` is the agency whose own number it is, for LOCAL. Null also when several people answer to it. Rejects with
   * TooManySearches as well.
   */
  byIdentifier(system: IdentifierSystem, value: string, issuer: AgencyId | null): Promise<Subject | null>;
  /** Rejects with TooManySearches as well. */
  search(input: PersonSearchInput): Promise<SearchResult>;
  /** Same length and order as `records`, which are the agency's own ids of the other people. */
  household(from: Subject, agency: AgencyId, records: readonly RecordId[]): Promise<HouseholdMember[]>;
  /** The agency's records, among those it ties to this person, of people who are hidden from the caller. */
  hiddenRelatives(from: Subject, agency: AgencyId): Promise<readonly RecordId[]>;
  /** Known once any of the above has answered; until then overdue. */
  feed(agency: AgencyId): FeedState;
  /** The person of a row whose token an answer on this reference gave, with the row; null for whom `byIds` has no answer. */
  byRecord(token: string): Promise<{ subject: Subject; agency: AgencyId; row: string } | null>;
  /** Whom the caller's token says that they are. */
  self(): Promise<ReadonlySet<PersonId>>;
  /** Of these people, those who are kept from this caller: themselves, their household, whoever an agency says. */
  keptFrom(people: readonly PersonId[]): Promise<ReadonlySet<PersonId>>;
  /**
   * Everybody of whom this caller finds nothing in a register, under every id that they ever had: who is kept from them, and who
   * is protected or at a hidden place by the word of agencies other than their own.
   */
  hiddenInRegister(): Promise<readonly PersonId[]>;
  /** Everybody whom any agency protects, under every id that they ever had: in no count. */
  protectedPeople(): Promise<readonly PersonId[]>;
  /**
   * The caller as the person whom their token names, under every id that they ever had: nobody where nobody is known by the number,
   * and where it may be more than one person's. Null for whoever represents somebody else: the token names no person, or the
   * reference is of another.
   */
  ownIds(): Promise<readonly PersonId[] | null>;
  /** The public id of a person for the caller's organisation under one of its references. */
  publicId(person: PersonId, reference: string): string;
  /** Opaque token of a row that an agency has of a person, bound as person ids are; the same row, the same token. */
  recordToken(agency: AgencyId, row: string, subject: Pick<Subject, 'person'>): string;
  /** A place in a long answer as an opaque text, bound as ids are; the same place, the same text. */
  sealCursor(place: string): string;
  /** Null for what was not sealed as one for the caller's organisation and reference. */
  openCursor(cursor: string): string | null;
  /** Everybody resolved so far in this request: the only people whose keys may be asked of an agency. */
  resolved(): readonly Subject[];
}

/** References and caseloads as the agencies' own systems tell them. Both throw AgencyUnavailable when they cannot be asked in time. */
export interface ReferenceDirectory {
  /** Null when there is no such reference, or no such agency. */
  find(agency: AgencyId, reference: string, now: Date, signal: AbortSignal): Promise<ReferenceFacts | null>;
  /** Which of these records are on the caseload of this member of the agency's own staff. */
  caseload(
    agency: AgencyId,
    staff: string,
    records: readonly RecordId[],
    now: Date,
    signal: AbortSignal,
  ): Promise<readonly RecordId[]>;
  /** Whether the agency's own system names anybody by this number; true of an agency that is not asked. */
  knowsStaff(agency: AgencyId, staff: string, signal: AbortSignal): Promise<boolean>;
}
