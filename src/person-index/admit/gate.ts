import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { Relationship } from '../../sharing/policy/types.ts';
import { samePlace } from '../records/feature-hash.ts';
import { type KnownPerson, type KnownRecord, linksOf } from '../records/known-people.ts';
import type { PersonId, PersonRecords, WishesByAgency } from '../records/types.ts';
import type { CallerAsPerson } from './caller-as-person.ts';
import type { AttemptAlert } from './settle.ts';
import type { ReferenceWorth } from './standing.ts';

export interface GateFacts {
  caller: CallerAsPerson;
  standing: ReferenceWorth;
  /** Agency that issued the caller's reference; null for a request without one. */
  issuer: AgencyId | null;
  /** The caller may see their own record. */
  ownRecord: boolean;
  /** Whether any agency releases anything at this relationship. */
  releases(relationship: Relationship): boolean;
  /** Whether somebody whom the reference does not tie is among those who were, or still can be, shown on it. */
  mayClaim(person: PersonId): boolean;
  /** Records of the caller's own organisation on the caller's own caseload; asked only when UNVERIFIED. */
  caseload: ReadonlySet<RecordId>;
  organisation: AgencyId;
  /** What a person wants of each agency's data, as far as it is on record. */
  wishes(person: PersonRecords): WishesByAgency;
}

export interface GateVerdict {
  known: KnownPerson;
  relationship: Relationship;
  /** The reference itself ties the person, whoever else may lend a relationship. */
  tied: boolean;
  ownCaseload: boolean;
  /** Protected, or kept from this caller: whatever the relationship, there is nobody. */
  hidden: boolean;
  /** Kept from this caller in particular. */
  excluded: boolean;
  /** Some agency releases something at the relationship. */
  related: boolean;
  /** False: to this caller there is nobody, and nothing may tell why. */
  admitted: boolean;
  wishes: WishesByAgency;
  alerts: readonly AttemptAlert[];
}

/**
 * Whether this request may speak of a person, and in what relationship. `tie` is what the person through whom this
 * one was reached lends; null to go by the reference alone.
 */
export function judge(knownPerson: KnownPerson, facts: GateFacts, tie: Relationship | null): GateVerdict {
  const tied = tiedByReference(knownPerson, facts);
  const relationship = tied ? 'VERIFIED' : (tie ?? facts.standing.untied);
  const ownCaseload = relationship === 'UNVERIFIED' && onCaseload(knownPerson, facts);
  const protecting = knownPerson.protections.get('PROTECTED') ?? [];
  const excluding = [...excludingAgencies(knownPerson, facts.caller, facts.ownRecord)];
  const hidden = protecting.length > 0 || excluding.length > 0;
  const open = facts.releases(relationship) && (tie !== null || facts.mayClaim(knownPerson.person));
  const related = relationship !== 'NONE' && (relationship === 'VERIFIED' || ownCaseload || open);
  return {
    known: knownPerson,
    relationship,
    tied,
    ownCaseload,
    hidden,
    excluded: excluding.length > 0,
    related,
    admitted: related && !hidden,
    wishes: facts.wishes({ person: knownPerson.person, links: linksOf(knownPerson) }),
    alerts: [
      ...agenciesToAlert(protecting, facts).map((agency) => alert('PROTECTED_ATTEMPT', agency, knownPerson)),
      ...agenciesToAlert(excluding, facts).map((agency) => alert('EXCLUDED_ATTEMPT', agency, knownPerson)),
    ],
  };
}

/** Somebody whom the reference does not tie: shown by the caller's own word, and counted. */
export const isClaim = ({ relationship, ownCaseload }: GateVerdict): boolean =>
  relationship === 'CLAIMED' || (relationship === 'UNVERIFIED' && !ownCaseload);

/** Owners to alert: the caller's own organisation, where they have colleagues, only if no other knows of it. */
function agenciesToAlert(owners: readonly AgencyId[], { organisation }: GateFacts): readonly AgencyId[] {
  const others = owners.filter((agency) => agency !== organisation);
  return others.length > 0 ? others : owners;
}

function tiedByReference(known: KnownPerson, { standing, issuer }: GateFacts): boolean {
  return known.records.some(
    ({ agency, record, candidate }) => !candidate && agency === issuer && standing.people.has(record),
  );
}

function onCaseload(known: KnownPerson, { caseload, organisation }: GateFacts): boolean {
  return known.records.some(
    ({ agency, record, candidate }) => !candidate && agency === organisation && caseload.has(record),
  );
}

function alert(kind: AttemptAlert['kind'], agency: AgencyId, { records }: KnownPerson): AttemptAlert {
  return {
    kind,
    agency,
    records: records.filter((one) => one.agency === agency).map(({ record }) => record),
  };
}

/**
 * The agencies whose records keep this caller from this person: oneself, one's household and declared relatives, the
 * other side of an abuse case and their household, staff whom an agency has named; through candidate links as well,
 * on either side. Empty if nobody does. `ownRecord` is set where people may see their own record.
 */
function excludingAgencies(
  person: KnownPerson,
  caller: CallerAsPerson,
  ownRecord: boolean,
): ReadonlySet<AgencyId> {
  const named = everyRecord(person).filter((record) => record.excluded_staff.includes(caller.staff));
  const near = ownRecord && caller.persons.has(person.person) ? [] : nearCaller(person, caller);
  return new Set([...named.map(({ agency }) => agency), ...near]);
}

/** What was said by records that are no longer fed counts here as well. */
const everyRecord = ({ records, gone }: KnownPerson): readonly KnownRecord[] => [...records, ...gone];

function nearCaller(person: KnownPerson, caller: CallerAsPerson): AgencyId[] {
  const self = caller.persons.has(person.person) || caller.near.has(person.person);
  const tied = everyRecord(person).filter(
    (record) => self || caller.persons.has(record.holder) || caller.records.some((own) => ties(own, record)),
  );
  const apart = everyRecord(person).flatMap(({ holder }) => caller.apart.get(holder) ?? []);
  return [...tied.map(({ agency }) => agency), ...apart];
}

const placeOf = ({ place, place_was: placeWas }: KnownRecord) => ({ place, placeWas });

function ties(own: KnownRecord, other: KnownRecord): boolean {
  if (samePlace(placeOf(own), placeOf(other))) return true;
  if (own.agency !== other.agency) return false;
  return own.relatives.includes(other.record) || other.relatives.includes(own.record);
}
