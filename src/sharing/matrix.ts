import { decide } from './decide.ts';
import type { Grant, Policies } from './policy/policies.ts';
import type { Catalogue, Place, SectionDecision } from './policy/types.ts';
import { grantOf } from './rules/grant.ts';

/** What one supplier gives of one section to one role at one purpose, once the relationship is proven and consent recorded. */
export interface MatrixCell {
  section: string;
  agency: string;
  /** To staff of the agency itself. */
  own: SectionDecision;
  /** To staff of any other party. */
  others: SectionDecision;
}

export interface MatrixTable {
  role: string;
  purpose: string;
  cells: readonly MatrixCell[];
}

export interface MatrixInput {
  policy: Policies;
  catalogue: Catalogue;
  withdrawn: ReadonlySet<string>;
  now: Date;
}

/** One table for each role at each purpose that any agency grants, in the order of purposes.yaml. */
export function matrix(input: MatrixInput): readonly MatrixTable[] {
  const { policy, catalogue } = input;
  const agencies = [...policy.agencies.keys()];
  return [...policy.roles.keys()].flatMap((role) =>
    [...policy.purposes.keys()].flatMap((purpose) => {
      if (!agencies.some((agency) => grantOf(policy, agency, role, purpose))) return [];
      const cells = [...catalogue.sections.values()].flatMap(({ name, suppliers }) =>
        suppliers.map((agency) => cellOf(input, role, purpose, name, agency)),
      );
      return [{ role, purpose, cells }];
    }),
  );
}

function cellOf(
  input: MatrixInput,
  role: string,
  purpose: string,
  section: string,
  agency: string,
): MatrixCell {
  const place = placeOf(grantOf(input.policy, agency, role, purpose));
  const from = (organisation: string) =>
    decide({
      ...input,
      caller: { role, organisation, site: null },
      purpose,
      relationship: 'VERIFIED',
      standing: { place, consent: true },
    }).section(agency, section);
  return { section, agency, own: from(agency), others: from(anotherParty(input.policy, agency)) };
}

/** A place at which the grant carries anything: the matrix says what is shared where it is shared. */
function placeOf(grant: Grant | undefined): Place | null {
  const everywhere = grant?.gateways.some(({ place }) => place === null) ?? true;
  return everywhere ? null : (grant?.gateways[0]?.place ?? null);
}

/** Some party to the agency's agreement that is not the agency; empty if there is none. */
export function anotherParty(policy: Policies, agency: string): string {
  return policy.agencies.get(agency)?.agreement.parties.find((party) => party !== agency) ?? '';
}

/** What one role at one purpose no longer gets from one agency. */
interface Loss {
  role: string;
  purpose: string;
  agency: string;
  sections: readonly string[];
}

/** Who would lose what if this agreement were withdrawn now. */
export function lossesOf(input: MatrixInput, agreement: string): readonly Loss[] {
  const after = matrix({ ...input, withdrawn: new Set([...input.withdrawn, agreement]) });
  return matrix(input).flatMap(({ role, purpose, cells }, table) => {
    const lost = cells.filter((cell, index) => {
      const then = after[table]?.cells[index];
      const taken = (before: 'own' | 'others') => cell[before].level !== null && !then?.[before].level;
      return taken('own') || taken('others');
    });
    const agencies = [...new Set(lost.map(({ agency }) => agency))];
    return agencies.map((agency) => ({
      role,
      purpose,
      agency,
      sections: lost.filter((cell) => cell.agency === agency).map(({ section }) => section),
    }));
  });
}
