/**
 * The tables of the own store, as the last migration leaves them: one interface for every statement that touches it.
 * A bigint comes as text and a jsonb as its value; `test/store/tables.test.ts` compares all of it with a migrated store.
 */
import type { ColumnType, Generated, GeneratedAlways, Kysely, Selectable } from 'kysely';
import type {
  AgencyId,
  IdentifierSystem,
  IndexRecord,
  Protection,
  RecordId,
} from '../../adapters/contract.ts';

/** The own store, or a transaction on it. */
export type StoreDatabase = Kysely<StoreTables>;

export interface StoreTables {
  counting_method: CountingMethodTable;
  cohort_asked: CohortAskedTable;
  register_entry: RegisterEntryTable;
  register_leaf: RegisterLeafTable;
  register_checkpoint: RegisterCheckpointTable;
  register_hold: RegisterHoldTable;
  register_expired: { chain: string; seq: string; batch: string };
  register_reading: { chain: string; seq: string };
  register_look: LookTable;
  register_look_agency: LookOfAgencyTable;
  register_count: CountTable;
  agreement_withdrawal: WithdrawalTable;
  agreement_withdrawal_taken_back: TakenBackTable;
  policy_in_force: PolicyInForceTable;
  policy_text: { agency: string; hash: string; text: string };
  policy_acceptance: PolicyAcceptanceTable;
  policy_signature: PolicySignatureTable;

  index_record: IndexRecordTable;
  index_gone: GoneRecordTable;
  index_block: { key: string; id: string };
  index_model: IndexModelTable;
  index_candidate: { agency: AgencyId; record: RecordId; person: string };
  index_protection: { person: string; kind: Protection; owners: readonly AgencyId[] };
  index_apart: { person: string; other: string; owners: readonly AgencyId[] };
  index_redirect: { person: string; survivor: string };
  index_redirect_record: { person: string; agency: AgencyId; record: RecordId };

  index_decision: DecisionTable;
  index_decision_standing: Omit<DecisionTable, 'awaits'>;
  index_decision_waiting: Omit<DecisionTable, 'awaits'>;
  index_review: ReviewTable;

  index_feed: FeedTable;
  index_pass: FeedPassTable;

  index_standing: StandingTable;
  index_claim: ClaimTable;
  index_unverified: UnverifiedTable;
  index_denial: { sub: string; organisation: AgencyId; counts: boolean; at: Date };
  index_search: SearchTable;
  index_outbox: OutboxTable;

  break_glass: BreakGlassTable;
  break_glass_agency: BreakGlassAgencyTable;
  break_glass_review: BreakGlassReviewTable;
  break_glass_confirmation: BreakGlassConfirmationTable;
  breach: BreachTable;

  disclosure_request: DisclosureRequestTable;
  disclosure_use: { request: string; request_id: string; at: Date };
  relay: RelayTable;

  consent: ConsentTable;
  consent_agency: ConsentAgencyTable;
  concern: ConcernTable;

  subject_answer: SubjectAnswerTable;

  trusted_document: TrustedDocumentTable;
  trusted_document_use: TrustedDocumentUseTable;
}

/** A row of `index_record`. */
export type IndexRow = Selectable<IndexRecordTable>;

/** Written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

/** The disclosure register. Append-only, by triggers; an entry whose period is over shrinks to its hash, by `register_expire`. */
interface RegisterEntryTable {
  chain: string;
  /** From 1, without gaps within a chain. */
  seq: ColumnType<string, number, never>;
  at: ColumnType<Date, string, never>;
  request_id: string;
  person: string | null;
  /** The entry as it was hashed, byte for byte; empty once it is no longer kept. `at`, `request_id` and `person` repeat it for look-ups. */
  entry: string;
  previous: string;
  hash: string;
  /** Hides what agencies can be shown of it in its leaf; null once the entry is no longer kept. */
  salt: Generated<string | null>;
}

/** What stands in the tree of a chain for each of its entries. Written once, after its entry. */
interface RegisterLeafTable {
  chain: string;
  seq: ColumnType<string, number, never>;
  hash: Buffer;
  /** Stands for the entry's hash in its chain; base64. */
  entry: string;
  salt: string;
  /** Agency → its running number, and the digest of what it can be shown, base64. */
  parts: Json<Readonly<Record<string, readonly [number, string]>>>;
}

/** Signed heads of the trees. */
interface RegisterCheckpointTable {
  chain: string;
  size: ColumnType<string, number, never>;
  at: ColumnType<Date, string, never>;
  note: string;
  salt: string;
  /** Agency → how many entries of the chain concern it. */
  counts: Json<Readonly<Record<string, number>>>;
  /** Roots of the tree's whole subtrees, 32 bytes each. */
  frontier: Buffer;
  /** Hash of the chain's last entry. */
  head: string;
}

/** A record about which nothing shrinks. */
interface RegisterHoldTable {
  id: string;
  agency: AgencyId;
  /** The agency's own number. */
  record: RecordId;
  why: string;
  by_whom: string;
  at: Date;
  /** When it ends by itself; null where somebody must release it. */
  until: Date | null;
  released_at: Date | null;
  released_by: string | null;
}

/** An entry of the register, laid out for those who may ask it. */
interface LookTable {
  chain: string;
  seq: string;
  at: Date;
  kind: string;
  sub: string;
  organisation: string | null;
  role: string | null;
  reference: string | null;
  person: string | null;
  sections: readonly string[];
  break_glass: boolean;
  refused: boolean;
  shown: boolean;
}

/** An entry for one of the agencies that it has an outcome of. */
interface LookOfAgencyTable {
  agency: string;
  at: Date;
  chain: string;
  seq: string;
  sections: readonly string[];
  /** The agency's own numbers. */
  records: readonly string[];
}

/** How often each thing was asked on a day of Europe/London; empty words stand for none. */
interface CountTable {
  day: string;
  organisation: string;
  agency: string;
  section: string;
  role: string;
  purpose: string;
  reason: string;
  rule: string;
  asked: string;
}

/** Withdrawals of sharing agreements. Rows are added, never changed; a higher version signed in the file lifts one. */
interface WithdrawalTable {
  id: GeneratedAlways<string>;
  agreement: string;
  /** It holds for this version and every one before it. */
  version: number;
  at: Date;
  by_whom: string;
  why: string;
}

/** Withdrawals that were mistakes. */
interface TakenBackTable {
  withdrawal: string;
  at: Date;
  by_whom: string;
  why: string;
}

/** What each gateway says of the policy files it goes by; rows are its own, written over. */
interface PolicyInForceTable {
  gateway: string;
  host: string;
  file: string;
  agency: AgencyId | null;
  hash: string;
  version: string;
  since: Date;
  seen: Date;
  stopped: Date | null;
  problem: string | null;
  problem_since: Date | null;
}

/** A text of a policy that was signed by as many as it takes. Of each agency the newest counts. */
interface PolicyAcceptanceTable {
  id: GeneratedAlways<string>;
  agency: string;
  hash: string;
  before: string;
  at: Date;
}

/** One signature of one text. Rows are added, never changed. */
interface PolicySignatureTable {
  id: GeneratedAlways<string>;
  agency: string;
  hash: string;
  since: string;
  opens_more: boolean;
  signer: string;
  staff: string | null;
  name: string;
  signature: string | null;
  public_key: string | null;
  at: Date;
}

/** A keyed hash; while the key is being changed also what it was under the previous one. */
export interface KeyedHash {
  hash: string;
  was?: string | undefined;
}
export interface HashedIdentifier extends KeyedHash {
  system: IdentifierSystem;
  verified: boolean;
  /** Given until the person's own is known. */
  temporary?: true;
}

/** A name as the index keeps it, see `nameText`. */
export interface IndexedName {
  given: string | null;
  family: string | null;
}

/** What the index holds of one agency's record. */
interface IndexRecordTable {
  /** Ascending in the order in which records first came. */
  id: GeneratedAlways<string>;
  agency: AgencyId;
  record: RecordId;
  /** Hash over all that was made of the record. */
  content: string;
  merged_into: RecordId | null;
  names: Json<readonly IndexedName[]>;
  /** YYYY-MM-DD. */
  date_of_birth: string | null;
  sex: IndexRecord['sex'];
  postcode: string | null;
  /** Keyed hash of the current place. */
  place: string | null;
  /** The same under the previous key, while the key is being changed. */
  place_was: string | null;
  /** Id of the key that place and identifiers are under; null where the record has neither. */
  key_id: string | null;
  identifiers: Json<readonly HashedIdentifier[]>;
  /** Hashed keys under which records are met that may be the same person's. */
  block_keys: Generated<readonly string[]>;
  search_keys: readonly string[];
  /** Search keys made of the postcode. */
  place_keys: readonly string[];
  protections: readonly Protection[];
  /** Records of the same agency: declared relatives, those of them in the same household, parties of abuse cases. */
  relatives: readonly RecordId[];
  household: readonly RecordId[];
  adverse: readonly RecordId[];
  excluded_staff: readonly string[];
  /** Whose it is; null until it was matched for the first time. */
  person: string | null;
  /** It waits to be matched. */
  pending: Generated<boolean>;
}

/** A record that is no longer fed, for as long as its agency lets the index keep it: whose it was, and what it said to hide. */
interface GoneRecordTable
  extends Pick<
    IndexRecordTable,
    | 'agency'
    | 'record'
    | 'person'
    | 'place'
    | 'place_was'
    | 'protections'
    | 'relatives'
    | 'household'
    | 'adverse'
    | 'excluded_staff'
  > {
  /** People whose candidate it was. */
  candidates: readonly string[];
  gone_at: Date;
}

/** Models of linkage that were learnt, of which one is in force. */
interface IndexModelTable {
  version: string;
  learnt_at: Date;
  records: number;
  /** Its text, packed by gzip. */
  model: Buffer;
  current: boolean;
  /** The key under which it was learnt: it knows fillers by their hashes. */
  key_id: string | null;
}

/** How one feature of two records stands. Never a value. */
export interface FeatureComparison {
  /**
   * `givenName`, `familyName`, `dateOfBirth`, `sex`, `postcode`, or the system of an identifier; `nameOrder`,
   * `household` and `population` for what no one feature says.
   */
  feature: string;
  agreement: 'AGREES' | 'CLOSE' | 'DIFFERS' | 'UNKNOWN';
  /** What it weighs for (above nought) or against one person; null where nothing can be weighed. */
  bits: number | null;
}

/** What humans decided on two records. Append-only, by triggers: a later decision takes the place of an earlier one. */
interface DecisionTable {
  /** Ascending in the order of decisions. */
  id: GeneratedAlways<string>;
  agency: AgencyId;
  record: RecordId;
  other_agency: AgencyId;
  other_record: RecordId;
  verdict: 'SAME' | 'DIFFERENT' | 'UNSURE';
  /** False for one that waits for a second person: it takes effect by a row that confirms it. */
  effective: boolean;
  confirms: string | null;
  undoes: string | null;
  /** Agencies of which one must confirm it, while it waits; else empty. */
  awaits: Generated<readonly AgencyId[]>;
  sub: string;
  name: string | null;
  organisation: AgencyId;
  role: string;
  purpose: string | null;
  reference: string | null;
  why: string;
  at: Date;
  /** What the person saw. */
  shown: Json<readonly FeatureComparison[]>;
  weight_bits: number | null;
  /** Version of the model by which it was weighed. */
  model: string;
}

/** People whom a search could not tell apart. */
interface ReviewTable {
  kind: 'MANY_MATCH' | 'POSSIBLE_MATCH';
  people: readonly string[];
  organisation: AgencyId;
  /** On which somebody searched, `<agency>:<number>`; null for one from before references were kept. */
  reference: string | null;
  at: Date;
}

/** What the last complete pass of an agency's feed left for the next. */
interface FeedTable {
  agency: AgencyId;
  /** When it began. */
  as_of: Date;
  /** Milliseconds between passes: what is overdue follows from it. */
  interval_ms: number;
  /** Where the agency's changes stood; null where it tells none. */
  mark: string | null;
  /** A hash over what rows are made with: when it differs, everything is read again. */
  made_of: Generated<string>;
  full_at: Date | null;
  passes_since_full: Generated<number>;
  /** Over all that the feed reads, before it was last read whole; null where none is known. */
  digest: string | null;
  /** How long what is no longer fed is kept, as an ISO 8601 duration; null for a feed from before that was said. */
  retain: string | null;
}

/** A pass that has begun with an agency that was never fed to the end. */
interface FeedPassTable {
  agency: AgencyId;
  began_at: Date;
  made_of: string;
  /** The last record that was read and written; null once only matching is left. */
  place: RecordId | null;
  records: number;
}

/** What the issuing system last said of a reference that it verified, kept for a shift. */
interface StandingTable {
  sub: string;
  organisation: AgencyId;
  reference: string;
  place: string | null;
  consent: boolean | null;
  people: readonly RecordId[];
  verified_at: Date;
}

/** People whom a reference does not tie and whom a caller was shown on it: ten at most. */
interface ClaimTable {
  reference: string;
  slot: number;
  person: string;
  sub: string;
  organisation: AgencyId;
  role: string;
  purpose: string;
  at: Date;
}

/** The same, while the issuing system could not be asked. */
interface UnverifiedTable extends ClaimTable {
  /** Shifts of twelve hours, counted from the epoch. */
  shift: string;
  /** Place of the person among the ten of the login's own shift. */
  turn: number;
}

/** How often each login searched in each minute of the last hour; nothing of whom it looked for. */
interface SearchTable {
  organisation: AgencyId;
  sub: string;
  minute: Date;
  searches: Generated<number>;
  /** Look-ups by number. */
  numbers: Generated<number>;
}

/** What an agency's own people are to be told. */
interface OutboxTable {
  id: GeneratedAlways<string>;
  organisation: AgencyId;
  kind: string;
  at: Date;
  payload: Json<unknown>;
  /** What is told no more than once, however many requests find it at the same moment. */
  once: string | null;
  /** The id under which its receiver knows it. */
  alert: Generated<string>;
  queued_at: Date | null;
  delivered_at: Date | null;
  given_up_at: Date | null;
}

/** What somebody opened by break-glass, and what they wrote of it. */
interface BreakGlassTable {
  id: string;
  issuer: string | null;
  sub: string;
  staff: string;
  name: string;
  role: string;
  organisation: AgencyId;
  site: string | null;
  purpose: string;
  /** `<agency>:<number>`. */
  reference: string;
  person: string;
  sections: readonly string[];
  ground: string;
  persons_view: string;
  statement: string;
  salt: string;
  relationship: string;
  policy_version: string;
  opened_at: Date;
  ends_at: Date;
  /** Where it was ended before. */
  ended_at: Date | null;
  confirm_by: Date;
  /** Of a claim: when its reference had closed, and it was looked whether the person was ever tied to it. */
  looked_at: Date | null;
}

/** Every agency whose policy opened any of it, with its records that were linked then: none or more. */
interface BreakGlassAgencyTable {
  glass: string;
  agency: AgencyId;
  /** As `section.field`. */
  fields: readonly string[];
  records: readonly RecordId[];
  review_by: Date;
}

/** What an agency found: once, and before it once that more is needed. */
interface BreakGlassReviewTable {
  id: GeneratedAlways<string>;
  glass: string;
  agency: AgencyId;
  finding: string;
  person_told: string;
  why: string;
  salt: string;
  sub: string;
  name: string;
  at: Date;
}

/** What the asker's own organisation says of the facts. */
interface BreakGlassConfirmationTable {
  glass: string;
  present: boolean;
  why: string;
  salt: string;
  sub: string;
  name: string;
  at: Date;
}

/** What an agency found not justified, and by when it is told. */
interface BreachTable {
  id: string;
  glass: string;
  agency: AgencyId;
  opened_at: Date;
  tell_by: Date;
}

/** A row is who asked an agency to decide on what of whom, and what it decided: nothing but that changes, and what is left of it. */
interface DisclosureRequestTable {
  id: string;
  issuer: string | null;
  sub: string;
  staff: string;
  name: string;
  role: string;
  organisation: AgencyId;
  site: string | null;
  purpose: string;
  /** `<agency>:<number>`. */
  reference: string;
  person: string;
  section: string;
  agency: AgencyId;
  why: string;
  salt: string;
  relationship: string;
  place: string | null;
  consent: boolean | null;
  records: readonly RecordId[];
  decides: string;
  policy_version: string;
  asked_at: Date;
  answer_by: Date;
  verdict: string | null;
  reason: string | null;
  level: string | null;
  uses_left: number | null;
  until: Date | null;
  note: string | null;
  note_salt: string | null;
  decided_by: string | null;
  decided_by_name: string | null;
  decided_at: Date | null;
}

/** Which item of what was disclosed to one person on a reference was passed on to another. */
interface RelayTable {
  id: string;
  issuer: string | null;
  sub: string;
  staff: string;
  name: string;
  role: string;
  organisation: AgencyId;
  purpose: string;
  /** `<agency>:<number>`. */
  reference: string;
  person: string;
  section: string;
  item: string;
  to_organisation: string;
  to_staff: string;
  why: string;
  salt: string;
  at: Date;
}

/** A person's consent to a referral, as somebody who asked them recorded it. */
interface ConsentTable {
  id: string;
  issuer: string | null;
  sub: string;
  staff: string;
  name: string;
  role: string;
  organisation: AgencyId;
  site: string | null;
  person: string;
  purpose: string;
  /** The authority that the person chose. */
  receiver: AgencyId;
  /** `<agency>:<number>`. */
  reference: string;
  evidence: string;
  salt: string;
  policy_version: string;
  recorded_at: Date;
  /** YYYY-MM-DD, the last day on which it holds, in London. */
  until: string | null;
  confirm_by: Date;
  withdrawn_at: Date | null;
  withdrawn_sub: string | null;
  withdrawn_why: string | null;
  withdrawn_salt: string | null;
}

/** Whose data it is about, with its records of the person that were linked then. */
interface ConsentAgencyTable {
  consent: string;
  agency: AgencyId;
  records: readonly RecordId[];
  confirmed_at: Date | null;
  confirmed_sub: string | null;
  confirmed_name: string | null;
}

/** An objection or a mistake, and what the agency whose data it is about answered. */
interface ConcernTable {
  id: string;
  kind: string;
  issuer: string | null;
  sub: string;
  staff: string;
  name: string;
  role: string;
  organisation: AgencyId;
  site: string | null;
  by_subject: boolean;
  relationship: string;
  purpose: string;
  reference: string;
  person: string;
  agency: AgencyId;
  section: string;
  field: string | null;
  row: string | null;
  records: readonly RecordId[];
  why: string;
  salt: string;
  at: Date;
  answer_by: Date;
  /** Null until it is answered. */
  agreed: boolean | null;
  answer_why: string | null;
  answer_salt: string | null;
  answer_sub: string | null;
  answer_name: string | null;
  answered_at: Date | null;
}

/** What an agency decided when it answered in writing who had asked about somebody. */
interface SubjectAnswerTable {
  id: string;
  agency: AgencyId;
  record: RecordId;
  by_whom: string;
  at: Date;
  /** JSON, as its digest was made. */
  decisions: string;
  salt: string;
}

/** A document that a front end may ask by its id. */
interface TrustedDocumentTable {
  client: string;
  id: string;
  text: string;
  registered_at: Date;
  by_whom: string;
  /** Null while it is trusted. */
  retired_at: Date | null;
}

/** How often a client's document was asked. */
interface TrustedDocumentUseTable {
  client: string;
  id: string;
  uses: string;
  /** YYYY-MM-DD */
  last_used: string;
}

/** By which secret and table this store counts: fingerprints. */
interface CountingMethodTable {
  one: Generated<boolean>;
  secret_id: string;
  table_id: string;
}

/** How often a login counted in a minute. */
interface CohortAskedTable {
  organisation: string;
  sub: string;
  minute: Date;
  times: number;
}
