import type { AgencyId, IdentifierSystem, RecordId } from '../../../adapters/contract.ts';
import type { Catalogue, Decisions, Relationship } from '../../sharing/policy/types.ts';
import type { PersonId } from '../records/types.ts';

export type DecisionsOf = (relationship: Relationship, agency: AgencyId) => Decisions;

/** Through whose records people may appear, at a relationship: policy alone decides, before anybody is looked for. */
export interface Appearance {
  /** Agencies whose records of people may be seen whole. */
  agencies: ReadonlySet<AgencyId>;
  /** Those of them whose identifiers of this system the caller's grants name. */
  identifiers(system: IdentifierSystem): ReadonlySet<AgencyId>;
}

/**
 * Who may appear to the caller of a request through which record: the one answer to it, by which people are found,
 * weighed, counted, cut off, reviewed and told of, in the store and after. Nothing that lies beyond it may move what does
 * not.
 */
export interface Reach {
  /** Records that the caller's reference ties, and whose own they are for the caller. */
  tied: { agency: AgencyId; records: readonly RecordId[]; own: boolean };
  /** For people whom the reference ties, and for everybody else. */
  at: Readonly<Record<'tied' | 'untied', Appearance>>;
  /** Of those whom it does not tie: anybody, or these alone. */
  untied: 'ANYBODY' | readonly PersonId[];
  /** People who are kept from the caller; the protected are kept from everybody. */
  kept: readonly PersonId[];
}

/**
 * An agency that would give away what it is has no identity section released: `decide` sees to that. The own organisation
 * is no exception: what policy or a site keeps from this role finds nobody for it either.
 */
export function mayAppear(
  catalogue: Catalogue,
  relationship: Relationship,
  decisions: DecisionsOf,
): Appearance {
  const agencies = [...catalogue.agencies.keys()].filter((agency) =>
    isWhole(decisions(relationship, agency), agency, 'identity'),
  );
  return {
    agencies: new Set(agencies),
    identifiers: (system) =>
      new Set(agencies.filter((agency) => namesSystem(decisions(relationship, agency), agency, system))),
  };
}

/**
 * A section is released without a condition on rows or on a site: what is limited to some rows is not known to hold of a
 * record of the index.
 */
export function isWhole(decisions: Decisions, agency: AgencyId, section: string): boolean {
  const { level, rows, ownSite } = decisions.section(agency, section);
  return level !== null && level !== 'EXISTS' && ownSite === null && Object.keys(rows).length === 0;
}

/** Whether the caller's grant on an agency's identifiers names this system, and asks nothing else of a row. */
export function namesSystem(decisions: Decisions, agency: AgencyId, system: IdentifierSystem): boolean {
  const { level, rows, ownSite } = decisions.section(agency, 'identifiers');
  const { system: systems, ...others } = rows;
  if (level === null || ownSite !== null || Object.keys(others).length > 0) return false;
  return systems === undefined || (Array.isArray(systems) ? systems.includes(system) : systems === system);
}

/** What of one person may be used: the records through which they may appear, and the agencies whose numbers. */
export interface Usable {
  shows(record: { agency: AgencyId; record: RecordId }): boolean;
  identifiers(system: IdentifierSystem): ReadonlySet<AgencyId>;
}

/** What may be used of somebody whom the reference ties, or does not. */
export function usableOf({ tied, at }: Reach, isTied: boolean): Usable {
  const { agencies, identifiers } = at[isTied ? 'tied' : 'untied'];
  const isOwn = ({ agency, record }: { agency: AgencyId; record: RecordId }) =>
    isTied && tied.own && agency === tied.agency && tied.records.includes(record);
  return { identifiers, shows: (record) => agencies.has(record.agency) || isOwn(record) };
}

/** Whether any agency releases any section at these decisions. */
export function releasesAnything(catalogue: Catalogue, decisions: Decisions): boolean {
  return [...catalogue.sections.values()].some(({ name, suppliers }) =>
    suppliers.some((agency) => decisions.section(agency, name).level !== null),
  );
}
