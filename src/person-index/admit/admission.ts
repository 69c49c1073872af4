import { randomUUID } from 'node:crypto';
import type { AgencyId } from '../../../adapters/contract.ts';
import type { Caller, Reference } from '../../caller/types.ts';
import type {
  Catalogue,
  Decisions,
  Opening,
  ReferenceStanding,
  Relationship,
  Wishes,
} from '../../sharing/policy/types.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { createFeatureHash, type FeatureHash } from '../records/feature-hash.ts';
import { loadFeedStates } from '../records/feed-states.ts';
import type { Keys } from '../records/keys.ts';
import { linksOf, loadPeople } from '../records/known-people.ts';
import type { IndexMemory } from '../records/memory.ts';
import type {
  FeedState,
  OpenedRecords,
  PersonId,
  PersonRecords,
  ReferenceDirectory,
  WishOnRecord,
} from '../records/types.ts';
import { type CallerAsPerson, loadCallerAsPerson } from './caller-as-person.ts';
import { type GateVerdict, judge } from './gate.ts';
import { type Appearance, mayAppear, type Reach, releasesAnything } from './may-appear.ts';
import { ownCaseload } from './own-caseload.ts';
import { SEARCH_LIMITS, type SearchLimits } from './search-policy.ts';
import { countSearch, limitFor, type SearchKind } from './search-rate.ts';
import { type Claims, loadClaims, type Settlement, settle } from './settle.ts';
import { type ReferenceWorth, referenceStanding, referenceText } from './standing.ts';
import { wishesOf } from './wishes.ts';

export interface RequestSubjectsInput {
  store: StoreDatabase;
  references: ReferenceDirectory;
  caller: Caller;
  purpose: string;
  /** Null for a request without a reference: nobody is related to it. */
  reference: Reference | null;
  /** `ownCaseload`: UNVERIFIED, but the person is on the caller's own caseload, so that their own organisation's data rest on that. */
  decisionsAt(
    relationship: Relationship,
    standing: ReferenceStanding,
    ownCaseload?: boolean,
    openings?: readonly Opening[],
    wishes?: Wishes,
  ): Decisions;
  /** What the caller has open on this reference: read once a request, never remembered. Nothing where it is left out. */
  openings?: (() => Promise<readonly OpenedRecords[]>) | undefined;
  /** What is on record of these people's wishes, for this caller's purpose: one statement, never remembered. Nothing where it is left out. */
  wishes?: ((people: readonly PersonRecords[]) => Promise<readonly WishOnRecord[]>) | undefined;
  catalogue: Catalogue;
  now: Date;
  keys: Keys;
  signal: AbortSignal;
  /** What is the same for every request; nothing is remembered where it is left out. */
  memory?: IndexMemory | undefined;
  /** How often a login may search; the usual, unless given. */
  searchLimits?: SearchLimits | undefined;
}

/** What is the same for every look-up of a request. */
export interface RequestFacts {
  standing: ReferenceWorth;
  caller: CallerAsPerson;
  feeds: ReadonlyMap<AgencyId, FeedState>;
  claims: Claims;
  openings: readonly OpenedRecords[];
}

/** The gate as one request passes it: every look-up runs the same statements, whoever is asked for. */
export interface Admission {
  facts(): Promise<RequestFacts>;
  hash: FeatureHash;
  decisions(
    relationship: Relationship,
    standing: ReferenceWorth,
    ownCaseload?: boolean,
    openings?: readonly Opening[],
    wishes?: Wishes,
  ): Decisions;
  appearance(relationship: Relationship, standing: ReferenceWorth): Appearance;
  /** Who may appear to the caller through which record. */
  reach(): Promise<Reach>;
  /** Whose desks to name where nobody can be shown: agencies that may appear, or all where none may. */
  desks(standing: ReferenceWorth): readonly AgencyId[];
  /** Verdicts of these persons, for those whom the index knows; null stands for an id that means nobody. */
  judge(
    people: readonly (PersonId | null)[],
    tie?: (person: PersonId) => Relationship | null,
  ): Promise<Map<PersonId, GateVerdict>>;
  /** Counts a search of this login, before it is run. Throws TooManySearches; depends on nobody who is looked for. */
  countSearch(counted: SearchKind, standing: ReferenceWorth): Promise<void>;
  /** Writes down what came of a look-up, and gives the claims that stand. */
  settle(
    outcome: Pick<Settlement, 'claims' | 'missed' | 'missesCount' | 'alerts' | 'review'>,
  ): Promise<ReadonlySet<PersonId>>;
}

const SUBJECT_ACCESS = 'subject-access';

export function createAdmission(input: RequestSubjectsInput): Admission {
  const { store, caller, catalogue, now, signal, reference } = input;
  const hash = createFeatureHash(input.keys);
  const decisions: Admission['decisions'] = (relationship, { standing }, ownCaseload, openings, wishes) =>
    input.decisionsAt(relationship, standing, ownCaseload, openings, wishes);
  const facts = once(() => loadFacts(input, hash));
  const ownRecord = input.purpose === SUBJECT_ACCESS;
  const releases = (relationship: Relationship, standing: ReferenceWorth) =>
    relationship !== 'NONE' && releasesAnything(catalogue, decisions(relationship, standing));
  const appearance: Admission['appearance'] = (relationship, standing) =>
    mayAppear(catalogue, relationship, (at, agency) =>
      decisions(at, standing, at === 'UNVERIFIED' && agency === caller.organisation),
    );
  const mayClaim = ({ left, people }: Claims, person: PersonId) => left > 0 || people.has(person);
  return {
    async reach() {
      const { standing, claims, caller: asPerson } = await facts();
      const { untied, people } = standing;
      const anybody = releases(untied, standing) && claims.left > 0;
      const issuer = reference?.agency ?? '';
      return {
        tied: { agency: issuer, records: [...people], own: issuer === caller.organisation },
        at: { tied: appearance('VERIFIED', standing), untied: appearance(untied, standing) },
        untied: anybody ? 'ANYBODY' : releases(untied, standing) ? [...claims.people] : [],
        kept: asPerson.kept.filter((person) => !(ownRecord && asPerson.persons.has(person))),
      };
    },
    facts,
    hash,
    decisions,
    appearance,
    desks(standing) {
      const { agencies } = appearance(standing.relationship, standing);
      return [...(agencies.size > 0 ? agencies : catalogue.agencies.keys())];
    },
    async judge(people, tie = () => null) {
      const { standing, claims, caller: asPerson } = await facts();
      signal.throwIfAborted();
      // An id that means nobody is looked up like any other, under a person who cannot be.
      const found = await loadPeople(
        store,
        people.map((person) => person ?? randomUUID()),
      );
      const caseload =
        standing.untied === 'UNVERIFIED'
          ? await ownCaseload({ ...input, people: found.values() })
          : new Set<string>();
      const linked = [...found.values()].map((one) => ({ person: one.person, links: linksOf(one) }));
      const onRecord = (await input.wishes?.(linked)) ?? [];
      const gate = {
        wishes: (one: PersonRecords) => wishesOf(one, onRecord),
        caller: asPerson,
        standing,
        issuer: reference?.agency ?? null,
        ownRecord,
        releases: (relationship: Relationship) => releases(relationship, standing),
        mayClaim: (person: PersonId) => mayClaim(claims, person),
        caseload,
        organisation: caller.organisation,
      };
      return new Map([...found].map(([person, one]) => [person, judge(one, gate, tie(person))]));
    },
    countSearch(counted, { live }) {
      signal.throwIfAborted();
      const limit = limitFor(counted, caller, live, input.searchLimits ?? SEARCH_LIMITS);
      return countSearch(store, counted, caller, limit, now);
    },
    async settle(outcome) {
      const { standing } = await facts();
      signal.throwIfAborted();
      const { sub, organisation, role } = caller;
      const asked = reference && referenceText(reference);
      return settle(store, {
        sub,
        organisation,
        role,
        purpose: input.purpose,
        reference: asked,
        unverified: standing.untied === 'UNVERIFIED',
        now,
        ...outcome,
      });
    },
  };
}

async function loadFacts(input: RequestSubjectsInput, hash: FeatureHash): Promise<RequestFacts> {
  input.signal.throwIfAborted();
  const [standing, caller, feeds, openings] = await Promise.all([
    referenceStanding(input),
    callerAsPerson(input, hash),
    loadFeedStates(input.store, input.now, input.memory),
    input.openings?.() ?? [],
  ]);
  const reference = input.reference && referenceText(input.reference);
  const unverified = standing.untied === 'UNVERIFIED';
  const claims = await loadClaims(input.store, { ...input.caller, reference, unverified, now: input.now });
  return { standing, caller, feeds, claims, openings };
}

function callerAsPerson(
  { store, caller, memory }: RequestSubjectsInput,
  hash: FeatureHash,
): Promise<CallerAsPerson> {
  const load = () => loadCallerAsPerson(store, caller, hash);
  const { organisation, staff, person } = caller;
  return memory?.keep(JSON.stringify([organisation, staff, person?.system, person?.value]), load) ?? load();
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
