import type { SubschemaConfig } from '@graphql-tools/delegate';
import type { GraphQLSchema } from 'graphql';
import type { RequestReview } from '../person-index/review/types.ts';
import type { RequestSubjects } from '../person-index/types.ts';
import type { Register } from '../register/register.ts';
import { decide } from '../sharing/decide.ts';
import type { Policies } from '../sharing/policies.ts';
import type { Catalogue, Decisions, ReferenceStanding, Relationship } from '../sharing/types.ts';
import { SubjectAuthority } from './authority.ts';
import type { GatewayContext } from './context.ts';
import type { AgencyDirectory } from './directory.ts';
import { executeOperation, type GatewayResult } from './execute.ts';
import { InFlight } from './in-flight.ts';
import { Ledger } from './ledger.ts';
import { RequestLoaders } from './loaders.ts';
import { checkNeeds } from './needs.ts';
import { refusedRequest, registerEntries } from './register-entries.ts';
import type { Asking, Operation } from './request.ts';
import { changesSomething, isReviewer } from './review-needs.ts';
import { registerUnavailable, withReviewGuard, withStoreGuard } from './store-guard.ts';

export interface GatewayParts {
  /** The public schema, shielded. */
  schema: GraphQLSchema;
  subschemas: ReadonlyMap<string, SubschemaConfig>;
  catalogue: Catalogue;
  agencies: AgencyDirectory;
  /** The policy in force for the next request. */
  policies(): Policies;
  /** Ids of agreements that are withdrawn at their present version. */
  withdrawn(): ReadonlySet<string>;
  /** The people of one request, and the reviews of who is who. */
  peopleFor(
    asking: Asking,
    decisionsAt: DecisionsAt,
    now: Date,
  ): { subjects: RequestSubjects; review: RequestReview };
  register: Pick<Register, 'record'>;
  now(): Date;
  /** A data-quality note or a defect, by agency; never with a value. */
  note(requestId: string, agency: string, problem: string): void;
}
export type DecisionsAt = (
  relationship: Relationship,
  standing: ReferenceStanding,
  ownCaseload?: boolean,
) => Decisions;

/** Answers operations: decides, asks, assembles, and releases nothing that the register has not taken. */
export class Gateway {
  readonly schema: GraphQLSchema;
  readonly #parts: GatewayParts;
  readonly #inFlight = new InFlight();

  constructor(parts: GatewayParts) {
    this.schema = parts.schema;
    this.#parts = parts;
  }

  /** An agreement was withdrawn: what is under way stops, and is answered anew under what now holds. */
  withdrawalsChanged(): void {
    this.#inFlight.restartAll('An agreement was withdrawn');
  }

  /** A human decided who is who: what is under way may speak of people who are no longer one. */
  linksChanged(): void {
    this.#inFlight.restartAll('Somebody decided on a link');
  }

  /**
   * Throws a GraphQLError with a code of `errors.ts` when the request is refused as a whole, REGISTER_UNAVAILABLE
   * when it cannot be recorded. Holes of an answer are part of the result.
   */
  async answer(asking: Asking, operation: Operation): Promise<GatewayResult> {
    const run = changesSomething(operation)
      ? <T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>) => work(signal)
      : this.#inFlight.run.bind(this.#inFlight);
    return run(asking.signal, async (signal) => {
      const context = this.#context({ ...asking, signal });
      await this.#check(context, operation);
      const result = await executeOperation(this.schema, operation, context);
      signal.throwIfAborted();
      const refusal = result.errors?.find((error) => error.extensions.code === 'REGISTER_UNAVAILABLE');
      if (refusal) throw refusal;
      await this.#record(context, await registerEntries(context));
      signal.throwIfAborted();
      return result;
    });
  }

  async #check(context: GatewayContext, operation: Operation): Promise<void> {
    const policies = this.#parts.policies();
    try {
      checkNeeds(this.schema, operation, context, policies);
    } catch (error) {
      const { code } = (error as { extensions: { code: string } }).extensions;
      await this.#record(context, [refusedRequest(context, policies.version, code)]);
      throw error;
    }
  }

  async #record(context: GatewayContext, entries: Parameters<Register['record']>[0]): Promise<void> {
    if (entries.length === 0) return;
    try {
      await this.#parts.register.record(entries);
    } catch (error) {
      throw registerUnavailable(context.agencies, context.now, error);
    }
  }

  #context(asking: Asking): GatewayContext {
    const { catalogue, agencies, subschemas, now, peopleFor, note } = this.#parts;
    const at = now();
    const decisions = this.#decisions(asking, at);
    const people = peopleFor(asking, decisions, at);
    const subjects = withStoreGuard(people.subjects, agencies, at);
    const review = withReviewGuard(people.review, agencies, at);
    // However many rows have it, a problem is told once a request: a long answer must not flood the log.
    const told = new Set<string>();
    const noted = (agency: string, problem: string) => {
      const known = told.size;
      if (told.add(`${agency}: ${problem}`).size > known) note(asking.requestId, agency, problem);
    };
    return {
      ...asking,
      now: at,
      catalogue,
      agencies,
      subjects,
      review,
      mayReview: isReviewer(this.#parts.policies(), asking),
      record: (entries) => this.#parts.register.record(entries),
      decisionsAt: async (relationship) => {
        const standing = asking.reference
          ? (await subjects.standing()).standing
          : { place: null, consent: null };
        return decisions(relationship, standing);
      },
      authority: new SubjectAuthority(asking, subjects, at, noted),
      ledger: new Ledger(),
      loaders: new RequestLoaders(subschemas),
    };
  }

  /** One object for each relationship and standing, so that loaders can tell two people's decisions apart by identity. */
  #decisions({ caller, purpose }: Asking, now: Date): DecisionsAt {
    const { policies, withdrawn, catalogue } = this.#parts;
    const fixed = {
      asker: caller,
      purpose: purpose ?? '',
      policy: policies(),
      catalogue,
      withdrawn: withdrawn(),
      now,
    };
    const made = new Map<string, Decisions>();
    return (relationship, standing, ownCaseload = false) => {
      const key = JSON.stringify([relationship, standing.place, standing.consent, ownCaseload]);
      const known = made.get(key) ?? decide({ ...fixed, relationship, standing, ownCaseload });
      made.set(key, known);
      return known;
    };
  }
}
