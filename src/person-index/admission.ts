import { randomUUID } from 'node:crypto';
import type { AgencyId } from '../../adapters/contract.ts';
import type { Caller, Reference } from '../caller/types.ts';
import type { Catalogue, Decisions, ReferenceStanding, Relationship } from '../sharing/types.ts';
import { type CallerAsPerson, loadCallerAsPerson } from './caller-as-person.ts';
import { createFeatureHash, type FeatureHash } from './feature-hash.ts';
import { loadFeedStates } from './feed-states.ts';
import { judge, type Verdict } from './gate.ts';
import type { Keys } from './keys.ts';
import { loadPeople } from './known-people.ts';
import { type Appearance, mayAppear, releasesAnything } from './may-appear.ts';
import { ownCaseload } from './own-caseload.ts';
import { SEARCH_LIMITS, type SearchLimits } from './search-policy.ts';
import { countSearch, limitFor } from './search-rate.ts';
import { type Settlement, settle } from './settle.ts';
import { referenceStanding, referenceText, type Standing } from './standing.ts';
import type { Store } from './tables.ts';
import type { FeedState, PersonId, ReferenceDirectory } from './types.ts';

export interface RequestSubjectsInput {
  store: Store;
  references: ReferenceDirectory;
  caller: Caller;
  purpose: string;
  /** Null for a request without a reference: nobody is related to it. */
  reference: Reference | null;
  /** `ownCaseload`: UNVERIFIED, but the person is on the caller's own caseload, so that their own organisation's data rest on that. */
  decisionsAt(relationship: Relationship, standing: ReferenceStanding, ownCaseload?: boolean): Decisions;
  catalogue: Catalogue;
  now: Date;
  keys: Keys;
  signal: AbortSignal;
  /** How often a login may search; the usual, unless given. */
  searchLimits?: SearchLimits | undefined;
}

/** What is the same for every look-up of a request. */
export interface RequestFacts {
  standing: Standing;
  caller: CallerAsPerson;
  feeds: ReadonlyMap<AgencyId, FeedState>;
}

/** The gate as one request passes it: every look-up runs the same statements, whoever is asked for. */
export interface Admission {
  facts(): Promise<RequestFacts>;
  hash: FeatureHash;
  decisions(relationship: Relationship, standing: Standing, ownCaseload?: boolean): Decisions;
  appearance(relationship: Relationship, standing: Standing): Appearance;
  /** Whose desks to name where nobody can be shown: agencies that may appear, or all where none may. */
  desks(standing: Standing): readonly AgencyId[];
  /** Verdicts of these persons, for those whom the index knows; null stands for an id that means nobody. */
  judge(
    people: readonly (PersonId | null)[],
    tie?: (person: PersonId) => Relationship | null,
  ): Promise<Map<PersonId, Verdict>>;
  /** Counts a search of this login. Throws TooManySearches; depends on nobody who is looked for. */
  countSearch(standing: Standing): Promise<void>;
  /** Writes down what came of a look-up, and gives the claims that stand. */
  settle(
    outcome: Pick<Settlement, 'claims' | 'missed' | 'missesCount' | 'alerts' | 'review'>,
  ): Promise<ReadonlySet<PersonId>>;
}

const SUBJECT_ACCESS = 'subject-access';

export function createAdmission(input: RequestSubjectsInput): Admission {
  const { store, caller, catalogue, now, signal, reference } = input;
  const hash = createFeatureHash(input.keys);
  const decisions = decisionsOnce(input);
  const facts = once(() => loadFacts(input, hash));
  const releases = (relationship: Relationship, standing: Standing) =>
    relationship !== 'NONE' && releasesAnything(catalogue, decisions(relationship, standing));
  const appearance: Admission['appearance'] = (relationship, standing) =>
    mayAppear(catalogue, caller.organisation, relationship, (at, agency) =>
      decisions(at, standing, at === 'UNVERIFIED' && agency === caller.organisation),
    );
  return {
    facts,
    hash,
    decisions,
    appearance,
    desks(standing) {
      const { agencies } = appearance(standing.relationship, standing);
      return [...(agencies.size > 0 ? agencies : catalogue.agencies.keys())];
    },
    async judge(people, tie = () => null) {
      const { standing, caller: asPerson } = await facts();
      signal.throwIfAborted();
      // An id that means nobody is looked up like any other, under a person who cannot be.
      const known = await loadPeople(
        store,
        people.map((person) => person ?? randomUUID()),
      );
      const caseload =
        standing.untied === 'UNVERIFIED'
          ? await ownCaseload({ ...input, people: known.values() })
          : new Set<string>();
      const gate = {
        caller: asPerson,
        standing,
        issuer: reference?.agency ?? null,
        ownRecord: input.purpose === SUBJECT_ACCESS,
        releases: (relationship: Relationship) => releases(relationship, standing),
        caseload,
        organisation: caller.organisation,
      };
      return new Map([...known].map(([person, one]) => [person, judge(one, gate, tie(person))]));
    },
    countSearch({ live }) {
      signal.throwIfAborted();
      return countSearch(store, caller, limitFor(caller, live, input.searchLimits ?? SEARCH_LIMITS), now);
    },
    settle(outcome) {
      signal.throwIfAborted();
      const { sub, organisation, role } = caller;
      const asked = reference && referenceText(reference);
      return settle(store, {
        sub,
        organisation,
        role,
        purpose: input.purpose,
        reference: asked,
        now,
        ...outcome,
      });
    },
  };
}

async function loadFacts(input: RequestSubjectsInput, hash: FeatureHash): Promise<RequestFacts> {
  input.signal.throwIfAborted();
  const [standing, caller, feeds] = await Promise.all([
    referenceStanding(input),
    loadCallerAsPerson(input.store, input.caller, hash),
    loadFeedStates(input.store, input.now),
  ]);
  return { standing, caller, feeds };
}

function decisionsOnce({ decisionsAt }: RequestSubjectsInput): Admission['decisions'] {
  const known = new Map<string, Decisions>();
  return (relationship, { standing }, ownCaseload = false) => {
    const key = `${relationship}|${ownCaseload}`;
    const decided = known.get(key) ?? decisionsAt(relationship, standing, ownCaseload);
    known.set(key, decided);
    return decided;
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
