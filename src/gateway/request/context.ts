import type { DocumentNode } from 'graphql';
import type { BreakGlass } from '../../acts/break-glass.ts';
import type { PolicyActs } from '../../acts/policy.ts';
import type { SignableText } from '../../acts/policy-signing.ts';
import type { Relays } from '../../acts/relays.ts';
import type { RequestSeer } from '../../acts/requests/list.ts';
import type { DisclosureRequests } from '../../acts/requests.ts';
import type { Concerns } from '../../acts/wishes/concerns.ts';
import type { Consents } from '../../acts/wishes/consents.ts';
import type { Caller, Reference } from '../../caller/types.ts';
import type { Cohorts } from '../../cohort/cohort.ts';
import type { RequestSubjects } from '../../person-index/records/types.ts';
import type { RequestReview } from '../../person-index/review/types.ts';
import type { RegisterStatement, StatementPeriod } from '../../register/proof/statement.ts';
import type { RegisterReader } from '../../register/reading/reader.ts';
import type { Register } from '../../register/register.ts';
import type { Policies } from '../../sharing/policy/policies.ts';
import type { Catalogue, Decisions, Opening, Relationship } from '../../sharing/policy/types.ts';
import type { SharingQuestion } from '../../sharing/rules/grant.ts';
import type { SubjectAuthority } from './authority.ts';
import type { RequestLoaders } from './delegate.ts';
import type { AgencyDirectory } from './directory.ts';
import type { Ledger } from './ledger.ts';
import type { RequestPermits } from './permits.ts';
import type { Turns } from './turns.ts';

/**
 * One request, made anew for each: nothing in it is shared with another, so that no cache keyed on it can carry one
 * caller's answer to the next.
 */
export interface GatewayContext extends CallerRequest {
  now: Date;
  catalogue: Catalogue;
  agencies: AgencyDirectory;
  subjects: RequestSubjects;
  review: RequestReview;
  /** The caller's role may review links at this purpose. */
  mayReview: boolean;
  /** It may give the second word on links at this purpose. */
  mayConfirm: boolean;
  /** It answers for the disclosures of its organisation, at this purpose. */
  mayGovern: boolean;
  /** The policy by which this request is answered throughout, and ids of agreements that are withdrawn as they stand. */
  policies: Policies;
  withdrawn: ReadonlySet<string>;
  /** Works for an agency, and so may read who is given what. */
  mayReadPolicy: boolean;
  policyActs: PolicyActs;
  /** Texts of policies that wait to be signed. */
  policiesWaiting(): readonly SignableText[];
  /** For whom the caller decides on requests, and in which role; null for nobody. */
  decider: RequestSeer['decider'];
  breakGlass: BreakGlass;
  /** The register, for those who may ask it. */
  register: RegisterReader;
  /** @throws LongPeriodError, RegisterFileError, and while the store is away */
  registerStatement(period: StatementPeriod): Promise<RegisterStatement>;
  requests: DisclosureRequests;
  permits: RequestPermits;
  relays: Relays;
  consents: Consents;
  concerns: Concerns;
  /** Counts people, for analysts. */
  cohorts: Cohorts;
  /** Writes into the register what must stand there before it takes effect. */
  record: Register['record'];
  /** Decisions at a relationship, with what the reference records, and as if this were open; as if VERIFIED asks without one. */
  decisionsAt(relationship: Relationship, openings?: readonly Opening[]): Promise<Decisions>;
  /** The same for somebody else's request: what policy gives them now. */
  decisionsOf(
    question: Pick<SharingQuestion, 'caller' | 'purpose' | 'relationship' | 'standing' | 'openings'>,
  ): Decisions;
  authority: SubjectAuthority;
  /** Takes what must not happen, for somebody to look into: an answer that was refused inside. Never with a value. */
  fault(agency: string, problem: string): void;
  ledger: Ledger;
  loaders: RequestLoaders;
  /** Taken before the fields of long lists are resolved, so that nobody else waits for all of them. */
  turns: Turns;
}

/** Who asks, for what purpose and under which reference. */
export interface CallerRequest {
  /** Unique to the request; it stands in the register and the log. */
  requestId: string;
  caller: Caller;
  purpose: string | null;
  reference: Reference | null;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
}

/** One operation, parsed and valid against the public schema. */
export interface Operation {
  document: DocumentNode;
  operationName: string | null;
  /** As `operationVariables` reads them: checked, and with defaults filled in. */
  variables: Record<string, unknown>;
  /** `Sharing-Errors: holes`: leave what is not known to `extensions.holes` alone. */
  holesOnly: boolean;
}
