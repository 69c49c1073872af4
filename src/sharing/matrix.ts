import type { WithheldReason } from '../states.ts';
import { decide } from './decide.ts';
import type { Access, Grant, Policies } from './policy/policies.ts';
import type { Catalogue, Place, SectionDecision } from './policy/types.ts';
import { opensField } from './rules/break-glass.ts';
import { grantOf } from './rules/grant.ts';

/** What one supplier gives of one section to one role at one purpose, once the relationship is proven and consent recorded. */
export interface MatrixCell {
  section: string;
  agency: string;
  /** To staff of the agency itself. */
  own: SectionDecision;
  /** To staff of any other party. */
  others: SectionDecision;
  /** The fields that it gives, as dotted paths within the section; of break-glass, those that it opens. */
  fields(): readonly string[];
}

/** The decision that a cell shows: that of the agency's own staff where nobody else is given anything. */
export const shownDecision = ({ own, others }: Pick<MatrixCell, 'own' | 'others'>): SectionDecision =>
  own.level !== null && others.level === null ? own : others;

const WORD_OF_LEVEL = { FULL: 'full', SUMMARY: 'summary', EXISTS: 'exists' } as const;
const WORD_OF_REASON: Readonly<Partial<Record<WithheldReason, Access>>> = {
  NOT_OFFERED: 'sealed',
  NEEDS_REVIEW: 'review',
  NEEDS_BREAK_GLASS: 'break-glass',
};

/** What a cell gives, in the words of policy files. */
export function accessOf(cell: Pick<MatrixCell, 'own' | 'others'>): Access {
  const shown = shownDecision(cell);
  if (shown.level !== null) return shown === cell.own ? 'own' : WORD_OF_LEVEL[shown.level];
  return (shown.reason && WORD_OF_REASON[shown.reason]) ?? 'withheld';
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

/** Which cells are wanted; what is not said is all of it. */
export interface MatrixFilter {
  role?: string | null | undefined;
  purpose?: string | null | undefined;
  agency?: string | null | undefined;
  section?: string | null | undefined;
}

/** One table for each role at each purpose that any agency grants, in the order of purposes.yaml; none without a cell that is wanted. */
export function matrix(input: MatrixInput, wanted: MatrixFilter = {}): readonly MatrixTable[] {
  const { policy, catalogue } = input;
  const agencies = [...policy.agencies.keys()];
  const among = (names: Iterable<string>, only: string | null | undefined) =>
    [...names].filter((name) => (only ?? name) === name);
  return among(policy.roles.keys(), wanted.role).flatMap((role) =>
    among(policy.purposes.keys(), wanted.purpose).flatMap((purpose) => {
      if (!agencies.some((agency) => grantOf(policy, agency, role, purpose))) return [];
      const cells = among(catalogue.sections.keys(), wanted.section).flatMap((section) =>
        among(catalogue.sections.get(section)?.suppliers ?? [], wanted.agency).map((agency) =>
          cellOf(input, role, purpose, section, agency),
        ),
      );
      return cells.length > 0 ? [{ role, purpose, cells }] : [];
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
      wishes: { consented: true, objected: [] },
    });
  const decisions = { own: from(agency), others: from(anotherParty(input.policy, agency)) };
  const own = decisions.own.section(agency, section);
  const others = decisions.others.section(agency, section);
  const fields = () => {
    const shown = shownDecision({ own, others });
    const { withholds } = shown === own ? decisions.own : decisions.others;
    return fieldsOf(input.catalogue, agency, section).filter((path) =>
      shown.level === null
        ? opensField(shown.breakGlass?.opens ?? [], path)
        : withholds(agency, section, path) === null,
    );
  };
  return { section, agency, own, others, fields };
}

/** What an agency supplies of a section, as dotted paths within it. */
export const fieldsOf = ({ sections }: Catalogue, agency: string, section: string): readonly string[] =>
  [...(sections.get(section)?.fields ?? [])]
    .filter(([, { suppliers }]) => suppliers.includes(agency))
    .map(([path]) => path);

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
