import type { AgencyId, RecordId } from '../../adapters/contract.ts';
import type { Relationship } from '../sharing/types.ts';
import type { CallerAsPerson } from './caller-as-person.ts';
import { excludingAgencies } from './exclusion.ts';
import type { KnownPerson } from './known-people.ts';
import type { Alert } from './settle.ts';
import type { Standing } from './standing.ts';

export interface GateFacts {
  caller: CallerAsPerson;
  standing: Standing;
  /** Agency that issued the caller's reference; null for a request without one. */
  issuer: AgencyId | null;
  /** The caller may see their own record. */
  ownRecord: boolean;
  /** Whether any agency releases anything at this relationship. */
  releases(relationship: Relationship): boolean;
  /** Records of the caller's own organisation on the caller's own caseload; asked only when UNVERIFIED. */
  caseload: ReadonlySet<RecordId>;
  organisation: AgencyId;
}

export interface Verdict {
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
  alerts: readonly Alert[];
}

/**
 * Whether this request may speak of a person, and in what relationship. `tie` is what the person through whom this
 * one was reached lends; null to go by the reference alone.
 */
export function judge(known: KnownPerson, facts: GateFacts, tie: Relationship | null): Verdict {
  const tied = tiedByReference(known, facts);
  const relationship = tied ? 'VERIFIED' : (tie ?? facts.standing.untied);
  const ownCaseload = relationship === 'UNVERIFIED' && onCaseload(known, facts);
  const protecting = known.protections.get('PROTECTED') ?? [];
  const excluding = [...excludingAgencies(known, facts.caller, facts.ownRecord)];
  const hidden = protecting.length > 0 || excluding.length > 0;
  const related =
    relationship !== 'NONE' && (relationship === 'VERIFIED' || ownCaseload || facts.releases(relationship));
  return {
    known,
    relationship,
    tied,
    ownCaseload,
    hidden,
    excluded: excluding.length > 0,
    related,
    admitted: related && !hidden,
    alerts: [
      ...told(protecting, facts).map((agency) => alert('PROTECTED_ATTEMPT', agency, known)),
      ...told(excluding, facts).map((agency) => alert('EXCLUDED_ATTEMPT', agency, known)),
    ],
  };
}

/** Owners to alert: the caller's own organisation, where they have colleagues, only if no other knows of it. */
function told(owners: readonly AgencyId[], { organisation }: GateFacts): readonly AgencyId[] {
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

function alert(kind: Alert['kind'], agency: AgencyId, { records }: KnownPerson): Alert {
  return {
    kind,
    agency,
    records: records.filter((one) => one.agency === agency).map(({ record }) => record),
  };
}
