import type { AgencyId, IdentifierSystem } from '../../adapters/contract.ts';
import type { Catalogue, Decisions, Relationship } from '../sharing/types.ts';

export type DecisionsOf = (relationship: Relationship, agency: AgencyId) => Decisions;

/** Whose features a search may rest on, at a relationship: policy alone decides, before anybody is looked for. */
export interface Appearance {
  /** Agencies that may appear to the caller: those whose identity section is released, and the caller's own. */
  agencies: ReadonlySet<AgencyId>;
  /** Those of them whose identifiers of this system the caller's grants name. */
  identifiers(system: IdentifierSystem): ReadonlySet<AgencyId>;
}

/** An agency that would give away what it is has no identity section released: `decide` sees to that. */
export function mayAppear(
  catalogue: Catalogue,
  organisation: AgencyId,
  relationship: Relationship,
  decisions: DecisionsOf,
): Appearance {
  const released = (agency: AgencyId) =>
    decisions(relationship, agency).section(agency, 'identity').level !== null;
  const agencies = [...catalogue.agencies.keys()].filter(
    (agency) => agency === organisation || released(agency),
  );
  return {
    agencies: new Set(agencies),
    identifiers: (system) =>
      new Set(agencies.filter((agency) => namesSystem(decisions(relationship, agency), agency, system))),
  };
}

/** Whether the caller's grant on an agency's identifiers names this system. */
export function namesSystem(decisions: Decisions, agency: AgencyId, system: IdentifierSystem): boolean {
  const { level, rows } = decisions.section(agency, 'identifiers');
  if (level === null) return false;
  const systems = rows.system;
  return systems === undefined || (Array.isArray(systems) ? systems.includes(system) : systems === system);
}

/** Whether any agency releases any section at these decisions. */
export function releasesAnything(catalogue: Catalogue, decisions: Decisions): boolean {
  return [...catalogue.sections.values()].some(({ name, suppliers }) =>
    suppliers.some((agency) => decisions.section(agency, name).level !== null),
  );
}
