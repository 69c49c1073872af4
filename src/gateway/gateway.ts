import type { SubschemaConfig } from '@graphql-tools/delegate';
import { type ExecutionResult, execute, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Register } from '../register/register.ts';
import type { Policies } from '../sharing/policy/policies.ts';
import type { Decisions, Opening, ReferenceStanding, Relationship, Wishes } from '../sharing/policy/types.ts';
import { rememberDecisions } from '../sharing/remembered.ts';
import type { HostPolicies } from '../sharing/stricter.ts';
import { HOLE_CODES } from '../states.ts';
import { checkAnswerSize } from './limits/answer-size.ts';
import {
  changesSomething,
  checkNeeds,
  deciderOf,
  isConfirmer,
  isOfficer,
  isReviewer,
  worksForAgency,
} from './operation/needs.ts';
import { refusedRequest, registerEntries, searchEntries } from './operation/register-entries.ts';
import { requestFailure, withReviewGuard, withStoreGuard } from './operation/store-guard.ts';
import { SubjectAuthority } from './request/authority.ts';
import type { CallerRequest, GatewayContext, Operation } from './request/context.ts';
import { RequestLoaders } from './request/delegate.ts';
import { inDocumentOrder } from './request/document-order.ts';
import { InFlight, Superseded } from './request/in-flight.ts';
import { type Contents, Ledger } from './request/ledger.ts';
import { RequestPermits } from './request/permits.ts';
import { Turns } from './request/turns.ts';
import { type Hole, holesOf } from './sections/holes.ts';

type GatewayResult = ExecutionResult<Record<string, unknown>, { holes: readonly Hole[] }>;

/** What every request is given as it stands. */
type Served = Pick<
  GatewayContext,
  | 'catalogue'
  | 'agencies'
  | 'record'
  | 'register'
  | 'registerStatement'
  | 'breakGlass'
  | 'consents'
  | 'concerns'
  | 'cohorts'
  | 'policyActs'
  | 'policiesWaiting'
  | 'requests'
  | 'relays'
>;

/** What requests are answered by. */
interface Parts {
  /** The public schema, shielded. */
  schema: GraphQLSchema;
  subschemas: ReadonlyMap<string, SubschemaConfig>;
  /** The policy in force; a request is answered by one throughout. */
  policies(): Policies;
  /** Ids of agreements that are withdrawn at their present version. */
  withdrawn(): ReadonlySet<string>;
  /** By which policies agencies with hosts of their own decide again; another object where one of them is another. */
  hosts(): HostPolicies;
  /** The people of one request, and the reviews of who is who. */
  peopleFor(
    request: CallerRequest,
    decisionsAt: DecisionsAt,
    now: Date,
  ): Pick<GatewayContext, 'subjects' | 'review'>;
  now(): Date;
  /** A data-quality note, by agency; never with a value. */
  note(requestId: string, agency: string, problem: string): void;
  /** An agency's answer that was refused inside, as nothing should make it be; never with a value. */
  fault(requestId: string, agency: string, problem: string): void;
}
const NO_WISHES: Wishes = { consented: false, objected: [] };
type DecisionsAt = (
  relationship: Relationship,
  standing: ReferenceStanding,
  ownCaseload?: boolean,
  openings?: readonly Opening[],
  wishes?: Wishes,
) => Decisions;

/** Answers operations: decides, asks, assembles, and releases nothing that the register has not taken. */
export class Gateway {
  readonly schema: GraphQLSchema;
  readonly #parts: Parts;
  readonly #served: Served;
  readonly #inFlight = new InFlight();
  readonly #decide = rememberDecisions();

  constructor(parts: Parts, served: Served) {
    this.schema = parts.schema;
    this.#parts = parts;
    this.#served = served;
  }

  /** An agreement was withdrawn: what is under way stops, and is answered anew under what now holds. */
  withdrawalsChanged(): void {
    this.#inFlight.restartAll('An agreement was withdrawn');
  }

  /** An agency's own host decides by another policy: what is under way was decided by the one before. */
  hostPoliciesChanged(): void {
    this.#inFlight.restartAll('An agency has another policy at its own host');
  }

  /** A human decided who is who: what is under way may speak of people who are no longer one. */
  linksChanged(): void {
    this.#inFlight.restartAll('Somebody decided on a link');
  }

  /**
   * Throws a GraphQLError with a code of `errors.ts` when the request is refused as a whole, REGISTER_UNAVAILABLE
   * when it cannot be recorded. Holes of an answer are part of the result.
   */
  async answer(request: CallerRequest, operation: Operation): Promise<GatewayResult> {
    const run = changesSomething(operation)
      ? <T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>) => work(signal)
      : this.#inFlight.run.bind(this.#inFlight);
    return run(request.signal, async (signal) => {
      const policies = this.#parts.policies();
      const { version } = policies;
      const problems = { notes: new Notes(), faults: new Notes() };
      const context = this.#context({ ...request, signal }, policies, problems);
      try {
        await this.#check(context, operation, policies);
        const { result, contents } = await this.#execute(operation, context);
        await context.ledger.searchesEnded();
        const outage = result.errors?.find((error) => error.extensions.code === 'REGISTER_UNAVAILABLE');
        // Who went away has searched all the same; what an agreement's end stopped is run, and registered, anew.
        if (request.signal.aborted || (outage && !signal.aborted))
          await this.#record(context, searchEntries(context, contents.searches, version));
        signal.throwIfAborted();
        if (outage) throw outage;
        if (context.permits.lost) throw new Superseded('The last use of a permit was taken');
        await this.#checkSize(context, result, searchEntries(context, contents.searches, version), version);
        await this.#record(context, registerEntries(context, contents, version));
        signal.throwIfAborted();
        return result;
      } finally {
        for (const { agency, problem } of problems.notes.inOrder(this.#served.agencies.ids))
          this.#parts.note(request.requestId, agency, problem);
        for (const { agency, problem } of problems.faults.inOrder(this.#served.agencies.ids))
          this.#parts.fault(request.requestId, agency, problem);
      }
    });
  }

  /** Runs one operation against the guarded schema, and names every hole of its answer. `contents`: for the register. */
  async #execute(
    { document, operationName, variables, holesOnly }: Operation,
    context: GatewayContext,
  ): Promise<{ result: GatewayResult; contents: Contents }> {
    const { data, errors: found = [] } = await execute({
      ...{ schema: this.schema, document, operationName, rootValue: {} },
      ...{ variableValues: variables, contextValue: context },
    });
    const contents = context.ledger.contents(data);
    // Below a null that an error has made there is no order of data left; that of the query's text stands in for it.
    const byText = [...found].sort((one, other) => textPlace(one) - textPlace(other));
    const ordered = inDocumentOrder(data, byText, ({ path }) => path ?? []);
    const errors = ordered.filter(({ extensions }) => !(holesOnly && HOLE_CODES.has(extensions.code)));
    const result = {
      ...(data !== undefined && { data: data as Record<string, unknown> }),
      ...(errors.length > 0 && { errors }),
      extensions: { holes: holesOf(context, ordered, contents) },
    };
    return { contents, result };
  }

  /** Registers that a request was refused as a whole, with this code, before it was looked at. Throws REGISTER_UNAVAILABLE. */
  async refuse(request: CallerRequest, code: string): Promise<void> {
    const policies = this.#parts.policies();
    const context = this.#context(request, policies, { notes: new Notes(), faults: new Notes() });
    await this.#record(context, [refusedRequest(context, policies.version, code)]);
  }

  async #check(context: GatewayContext, operation: Operation, policies: Policies): Promise<void> {
    try {
      checkNeeds(this.schema, operation, context, policies);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const code = String(error.extensions.code);
      await this.#record(context, [refusedRequest(context, policies.version, code)]);
      throw error;
    }
  }

  /** An answer that is too large discloses nothing, and is registered as refused, with the searches that were made for it. */
  async #checkSize(
    context: GatewayContext,
    result: GatewayResult,
    searches: Parameters<Register['record']>[0],
    version: string,
  ): Promise<void> {
    try {
      checkAnswerSize(result);
    } catch (error) {
      await this.#record(context, [...searches, refusedRequest(context, version, 'QUERY_REFUSED')]);
      throw error;
    }
  }

  async #record(context: GatewayContext, entries: Parameters<Register['record']>[0]): Promise<void> {
    if (entries.length === 0) return;
    try {
      await this.#served.record(entries);
    } catch (error) {
      throw requestFailure(error, context.agencies, context.now);
    }
  }

  #context(
    request: CallerRequest,
    policies: Policies,
    { notes, faults }: { notes: Notes; faults: Notes },
  ): GatewayContext {
    const { agencies, catalogue, requests } = this.#served;
    const at = this.#parts.now();
    const decisions = this.#decisions(request, policies, at);
    const people = this.#parts.peopleFor(request, decisions, at);
    const subjects = withStoreGuard(people.subjects, agencies, at);
    const [withdrawn, hosts] = [this.#parts.withdrawn(), this.#parts.hosts()];
    return {
      ...request,
      ...this.#served,
      ...{ now: at, policies, withdrawn, subjects },
      review: withReviewGuard(people.review, agencies, at),
      mayReview: isReviewer(policies, request),
      mayConfirm: isConfirmer(policies, request),
      mayGovern: isOfficer(request),
      mayReadPolicy: worksForAgency(policies, request.caller.role),
      decider: deciderOf(policies, request),
      permits: new RequestPermits((permit) => requests.use(permit, request.requestId, at)),
      decisionsAt: async (relationship, openings = []) => {
        const standing = request.reference
          ? (await subjects.standing()).standing
          : { place: null, consent: null };
        return decisions(relationship, standing, false, openings);
      },
      decisionsOf: (question) =>
        this.#decide({ ...question, policy: policies, catalogue, withdrawn, hosts, now: at }),
      authority: new SubjectAuthority(request, subjects, at, (agency, problem) => notes.add(agency, problem)),
      fault: (agency, problem) => faults.add(agency, problem),
      ledger: new Ledger(),
      loaders: new RequestLoaders(this.#parts.subschemas),
      turns: new Turns(),
    };
  }

  /** One object for each relationship, standing and what is open or wished, so that loaders can tell two people's decisions apart by identity. */
  #decisions({ caller, purpose }: CallerRequest, policy: Policies, now: Date): DecisionsAt {
    const { catalogue } = this.#served;
    const [withdrawn, hosts] = [this.#parts.withdrawn(), this.#parts.hosts()];
    const fixed = { caller, purpose: purpose ?? '', policy, catalogue, withdrawn, hosts, now };
    const made = new Map<string, Decisions>();
    return (relationship, standing, ownCaseload = false, openings = [], wishes = NO_WISHES) => {
      const open = openings.length === 0 && wishes === NO_WISHES ? '' : JSON.stringify([openings, wishes]);
      const key = `${relationship} ${standing.place} ${standing.consent} ${ownCaseload} ${open}`;
      const before =
        made.get(key) ?? this.#decide({ ...fixed, relationship, standing, ownCaseload, openings, wishes });
      made.set(key, before);
      return before;
    };
  }
}

const textPlace = ({ nodes }: GraphQLError): number => nodes?.[0]?.loc?.start ?? 0;

/**
 * Data-quality notes of one request, or its faults. However many rows have it, a problem is told once: a long answer must not flood
 * the log. They are told when the answer is whole, in the fixed order of agencies: the log must not say who was quicker.
 */
class Notes {
  readonly #problems = new Map<string, Set<string>>();

  add(agency: string, problem: string): void {
    const problems = this.#problems.get(agency) ?? new Set();
    this.#problems.set(agency, problems.add(problem));
  }

  inOrder(agencies: readonly string[]): { agency: string; problem: string }[] {
    return agencies.flatMap((agency) =>
      [...(this.#problems.get(agency) ?? [])].sort().map((problem) => ({ agency, problem })),
    );
  }
}
